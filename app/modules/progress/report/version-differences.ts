import { fen, formatWan } from "~/kernel/fen";
import { LIGHTS, type Light } from "~/kernel/vocabulary";

import { REPORT_FIELDS, trimZeros } from "./report-values";
import type { SignedContent } from "./signed-content";

/** A field that a correction changed, as people read it. */
export interface VersionDifference {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

const percent = (text: string | null | undefined): string => (text ? `${trimZeros(text)}%` : "");
const money = (amount: number | null | undefined): string =>
  amount === null || amount === undefined ? "" : `${formatWan(fen(amount))} 万元`;

/** A version as people read it, field by field, in the order of the page. */
function fieldsOf(
  content: Partial<SignedContent>,
  milestoneNames: Readonly<Record<string, string>>,
): readonly (readonly [label: string, text: string])[] {
  const nameOf = (id: string | null) => (id === null ? "本月" : (milestoneNames[id] ?? "里程碑"));
  const { claims = [], files = [], light } = content;
  return [
    ["计划进度", percent(content.plannedPercent)],
    [REPORT_FIELDS.actualPercent, percent(content.actualPercent)],
    ["本月支付", money(content.spentFen)],
    ["累计支付", money(content.spentTotalFen)],
    ["进度灯", light ? (LIGHTS[light as Light] ?? light) : ""],
    [REPORT_FIELDS.doneThisMonth, content.doneThisMonth ?? ""],
    [REPORT_FIELDS.nextMonth, content.nextMonth ?? ""],
    [REPORT_FIELDS.problems, content.problems ?? ""],
    [REPORT_FIELDS.mattersToSettle, content.mattersToSettle ?? ""],
    [
      "里程碑完成情况",
      claims
        .map(({ milestoneId, completedOn, evidence }) => `${nameOf(milestoneId)} · ${completedOn} · ${evidence}`)
        .sort()
        .join("\n"),
    ],
    [
      "佐证材料",
      files
        .map(({ milestoneId, name }) => `${nameOf(milestoneId)}：${name}`)
        .sort()
        .join("\n"),
    ],
  ];
}

/** What one signed version says otherwise than the one before it; only the fields that differ. */
export function versionDifferences(
  before: Partial<SignedContent>,
  after: Partial<SignedContent>,
  milestoneNames: Readonly<Record<string, string>>,
): VersionDifference[] {
  const was = new Map(fieldsOf(before, milestoneNames));
  return fieldsOf(after, milestoneNames).flatMap(([label, text]) => {
    const earlier = was.get(label) ?? "";
    return earlier === text ? [] : [{ label, before: earlier, after: text }];
  });
}
