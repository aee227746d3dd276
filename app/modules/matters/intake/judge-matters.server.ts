import type { Transaction } from "@db/client";
import { foldName } from "~/kernel/names";
import { keysOf, MATTER_TYPES } from "~/kernel/vocabulary";
import type { IntakeProblem, JudgedRow } from "~/platform/intake/intake.types";
import type { Ctx } from "~/platform/transaction.server";
import type { TableRow } from "~/platform/xlsx/table-reader";
import { can } from "~/policy";

import type { Matter } from "../load-matter.server";
import { factChanges, type MatterFacts } from "../matter-facts";
import { MOST_CASES } from "../matter.schema";
import { matterKey, readMatterGround, type MatterGround, type Paper } from "./matter-ground.server";
import { namesIn, NOT_REQUIRED } from "./register.columns";

/** What a row would write. */
export interface MatterRow {
  readonly before: Matter | undefined;
  readonly unitId: string;
  /** an empty code is the next one */
  readonly facts: MatterFacts;
  /** undefined: the row does not say */
  readonly systemIds: readonly string[] | undefined;
  readonly papers: readonly Paper[] | undefined;
}

type Wrong = (column: string, message: string) => unknown;

/** Codes that this system gives: nobody chooses one of them. */
const OWN_CODE = /^SX-\d+$/;

/** Judges rows of a list of matters: matched by code, otherwise by unit and name. */
export async function judgeMatters(
  tx: Transaction,
  ctx: Ctx,
  rows: readonly TableRow[],
): Promise<JudgedRow<MatterRow>[]> {
  const ground = await readMatterGround(tx, ctx, rows);
  const seen = new Set<string>();
  return rows.map((row) => judgeRow(ctx, ground, seen, row));
}

function judgeRow(
  ctx: Ctx,
  ground: MatterGround,
  seen: Set<string>,
  { rowNumber, values }: TableRow,
): JudgedRow<MatterRow> {
  const { code = "", name = "" } = values;
  const problems: IntakeProblem[] = [];
  const wrong: Wrong = (column, message) => problems.push({ column, message });
  const unitId = ground.units.get(values.unit ?? "");
  const key = matterKey(unitId ?? "", name);
  const before = code ? ground.byCode.get(code) : ground.byName.get(key)?.[0];
  const type = keysOf(MATTER_TYPES).find((each) => MATTER_TYPES[each] === values.type);
  if (!name) wrong("name", "请填写事项名称。");
  if (name.length > 100) wrong("name", "事项名称最多 100 个字，请改短。");
  if (!type) wrong("type", "请从下拉列表中选择事项类型。");
  checkUnit(ctx, unitId, wrong);
  checkCode(code, before, unitId, wrong);
  if (before?.state === "abolished") wrong("name", "事项已取消，请先在事项页恢复办理。");
  const twin = ground.byName.get(key)?.find((matter) => matter.id !== before?.id);
  if (twin) wrong("name", `本单位已有同名事项（${twin.code}），请填写该编码或改名。`);
  const keys = [key, before?.id ?? key, code || key];
  if (keys.some((each) => seen.has(each))) wrong("name", "表中有另一行是同一个事项，请合并为一行。");
  for (const each of keys) seen.add(each);
  const yearlyCases = casesOf(values.yearlyCases ?? "", before, wrong);
  const systemIds = systemsOf(ground, before, values.systems ?? "", wrong);
  const papers = papersOf(values.materials ?? "", wrong);
  const label = [before?.code ?? code, name].filter(Boolean).join(" ");
  if (problems.length > 0 || !unitId || !type) return { rowNumber, label, outcome: "problem", changes: [], problems };
  const facts: MatterFacts = {
    code: before?.code ?? code,
    name,
    type,
    online: values.online ? values.online === "是" : (before?.online ?? false),
    yearlyCases,
    tags: before?.tags ?? [],
  };
  const data: MatterRow = { before, unitId, facts, systemIds, papers };
  const changes = changesOf(ground, data);
  const outcome = !before ? "add" : changes.length > 0 ? "change" : "same";
  return { rowNumber, label, outcome, changes, problems, data };
}

function checkUnit({ actor }: Ctx, unitId: string | undefined, wrong: Wrong): void {
  if (!unitId) wrong("unit", "没有这个单位，请填写本地区单位的全称。");
  else if (!can(actor, "matter:edit", { unitId, regionId: actor.regionId }))
    wrong("unit", "只能导入本单位的事项，请删去这一行。");
}

function checkCode(code: string, before: Matter | undefined, unitId: string | undefined, wrong: Wrong): void {
  if (code.length > 40) wrong("code", "事项编码最多 40 个字符，请核对。");
  if (code && !before && OWN_CODE.test(code))
    wrong("code", `本地区没有编码为“${code}”的事项，请核对编码；新事项请留空，由系统编号。`);
  if (before && unitId && before.unitId !== unitId) wrong("code", "这个编码是其他单位的事项，请核对编码和单位。");
}

function casesOf(text: string, before: Matter | undefined, wrong: Wrong): number | null {
  if (!text) return before?.yearlyCases ?? null;
  const cases = Number(text.replaceAll(/[,，]/g, ""));
  if (Number.isInteger(cases) && cases >= 0 && cases <= MOST_CASES) return cases;
  wrong("yearlyCases", "年办件量应为不小于 0 的整数，请改正。");
  return null;
}

/** Systems that the matter has already stay whoever owns them; a new one must be open to the person. */
function systemsOf(
  { handled, systemsNamed, open }: MatterGround,
  before: Matter | undefined,
  cell: string,
  wrong: Wrong,
): string[] | undefined {
  if (!cell) return undefined;
  const has = new Set(before && handled.get(before.id));
  const ids = namesIn(cell).flatMap((name) => {
    const found = (systemsNamed.get(name) ?? []).filter(({ id, secret }) => has.has(id) || !secret);
    const [system] = found;
    if (!system) wrong("systems", `没有系统“${name}”，请填写系统清单中的名称或编号。`);
    else if (found.length > 1) wrong("systems", `有多个系统叫“${name}”，请改填系统编号。`);
    else if (!has.has(system.id) && (!open.has(system.id) || system.state === "retired"))
      wrong("systems", `不能关联“${name}”：只能关联在用的本单位系统或数据局的公共平台。`);
    return system ? [system.id] : [];
  });
  return [...new Set(ids)];
}

function papersOf(cell: string, wrong: Wrong): Paper[] | undefined {
  if (!cell) return undefined;
  const papers = namesIn(cell).map((part) => {
    const name = part.replace(/[（(]非必要[）)]$/, "").trim();
    return { name, required: name === part };
  });
  if (papers.some(({ name }) => name.length > 100 || foldName(name) === ""))
    wrong("materials", "材料名称最多 100 个字，须有文字，多个材料用顿号分开。");
  return [...new Map(papers.map((paper) => [foldName(paper.name), paper])).values()];
}

const sayPapers = (papers: readonly Paper[]): string =>
  papers
    .map(({ name, required }) => (required ? name : `${name}${NOT_REQUIRED}`))
    .sort()
    .join("、");

function changesOf(ground: MatterGround, { before, facts, systemIds, papers }: MatterRow) {
  const blank = { code: "", name: "", type: facts.type, online: false, yearlyCases: null, tags: [] };
  const nameOf = (id: string) => {
    const system = ground.systems.get(id);
    return system?.secret ? system.code : (system?.name ?? "");
  };
  const listed = (ids: readonly string[]) => ids.map(nameOf).sort().join("、");
  const had = (before && ground.handled.get(before.id)) ?? [];
  const asked = (before && ground.asked.get(before.id)) ?? [];
  // The same paper may be written a little differently: it keeps the name it has.
  const wanted = papers?.map((paper) => ({
    ...paper,
    name: asked.find(({ name }) => foldName(name) === foldName(paper.name))?.name ?? paper.name,
  }));
  return [
    ...factChanges(before ?? blank, facts),
    { title: "系统", before: listed(had), after: listed(systemIds ?? had) },
    { title: "材料名称", before: sayPapers(asked), after: sayPapers(wanted ?? asked) },
  ].filter((change) => change.before !== change.after);
}
