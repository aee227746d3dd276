import { isLocalDate, type LocalDate } from "~/kernel/local-date";
import { HOSTINGS, keysOf, OWNERSHIPS } from "~/kernel/vocabulary";

import { FACT_TITLES, MLPS_LEVELS, splitTags, type SystemFacts } from "./system-facts";
import { YES_NO } from "./systems.columns";

/** A cell that does not say what its column is for. */
export interface CellProblem {
  readonly column: string;
  readonly message: string;
}

const TEXTS = {
  name: 100,
  purpose: 500,
  mlpsFilingNumber: 50,
  location: 200,
  builder: 100,
  contactName: 50,
  contactPhone: 50,
} as const;

/** What an entry says before its first row: nothing. */
const BLANK: SystemFacts = {
  name: "",
  purpose: "",
  ownership: "own",
  secret: false,
  mlpsLevel: null,
  mlpsFilingNumber: "",
  mlpsFiledOn: null,
  hosting: "governmentCloud",
  location: "",
  backedUp: false,
  builder: "",
  contactName: "",
  contactPhone: "",
  launchedOn: null,
  tags: [],
  operatorUnitId: null,
  projectId: null,
};

/** Columns that a new entry cannot do without: what they say decides whether it is judged. */
const NEEDED = ["name", "ownership", "secret", "hosting"] as const;

/**
 * Reads the facts that a row of the sheet says. A blank cell leaves what the inventory says; of a new entry what decides
 * whether it is judged must be said.
 */
export function readFacts(
  values: Readonly<Record<string, string>>,
  before: SystemFacts | undefined,
  operators: ReadonlyMap<string, string>,
): { readonly facts: SystemFacts; readonly problems: CellProblem[] } {
  const problems: CellProblem[] = [];
  const base = before ?? BLANK;
  const said = (column: string): string => (values[column] ?? "").trim();
  const wrong = (column: string, message: string) => problems.push({ column, message });

  const choice = <T>(column: string, kept: T, find: (text: string) => T | undefined): T => {
    const text = said(column);
    if (text === "") return kept;
    const found = find(text);
    if (found === undefined) wrong(column, `“${text}”不在可选内容中，请按模板的下拉列表填写。`);
    return found ?? kept;
  };
  const text = (column: keyof typeof TEXTS): string => {
    const typed = said(column);
    if (typed.length > TEXTS[column]) wrong(column, `最多 ${TEXTS[column]} 个字，请缩短。`);
    return typed === "" ? base[column] : typed;
  };
  const day = (column: "mlpsFiledOn" | "launchedOn"): LocalDate | null => {
    const typed = said(column);
    if (typed === "") return base[column];
    if (isLocalDate(typed)) return typed;
    wrong(column, `${FACT_TITLES[column]}应为真实的年月日，例如 2026-07-01。`);
    return base[column];
  };
  const yes = (column: "secret" | "backedUp") =>
    choice(column, base[column], (typed) => ({ [YES_NO[0]]: true, [YES_NO[1]]: false })[typed]);

  if (!before) {
    for (const column of NEEDED) if (said(column) === "") wrong(column, `请填写${FACT_TITLES[column]}。`);
  }
  const operator = said("operator");
  const operatorUnitId = operator === "" ? base.operatorUnitId : (operators.get(operator) ?? null);
  if (operator !== "" && operatorUnitId === null)
    wrong("operator", `没有名为“${operator}”的运营单位，请填写运营方全称，自行运维的留空。`);
  const facts: SystemFacts = {
    name: text("name"),
    purpose: text("purpose"),
    ownership: choice("ownership", base.ownership, (typed) => keysOf(OWNERSHIPS).find((k) => OWNERSHIPS[k] === typed)),
    secret: yes("secret"),
    mlpsLevel: choice("mlpsLevel", base.mlpsLevel, (typed) => {
      const level = keysOf(MLPS_LEVELS).find((key) => MLPS_LEVELS[key] === typed || key === typed);
      return level === undefined ? undefined : Number(level);
    }),
    mlpsFilingNumber: text("mlpsFilingNumber"),
    mlpsFiledOn: day("mlpsFiledOn"),
    hosting: choice("hosting", base.hosting, (typed) => keysOf(HOSTINGS).find((k) => HOSTINGS[k] === typed)),
    location: text("location"),
    backedUp: yes("backedUp"),
    builder: text("builder"),
    contactName: text("contactName"),
    contactPhone: text("contactPhone"),
    launchedOn: day("launchedOn"),
    tags: said("tags") === "" ? base.tags : splitTags(said("tags")),
    operatorUnitId,
    projectId: base.projectId,
  };
  return { facts, problems };
}
