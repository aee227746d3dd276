import type { FieldSense, FormValues } from "~/kernel/form-conflict";

import type { MilestoneClaim, ReportTyping } from "./report.rules";

/** What a report's fields are called on every page, sheet and comparison. */
export const REPORT_FIELDS = {
  actualPercent: "实际进度",
  doneThisMonth: "本月完成情况",
  nextMonth: "下月计划",
  problems: "存在问题",
  mattersToSettle: "需协调事项",
} as const satisfies Record<keyof ReportTyping, string>;

/** "45.5000" as people type it: "45.5" */
export const trimZeros = (percent: string): string => percent.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");

/** The milestones that a report's form offers: what another month's report proved is a fact, not a field. */
export const claimableOf = <Milestone extends { readonly completedOn: unknown; readonly claim: unknown }>(
  milestones: readonly Milestone[],
): Milestone[] => milestones.filter(({ completedOn, claim }) => completedOn === null || claim !== null);

/** What a report's form holds: the texts, and a row for each milestone that can be claimed. */
export const reportValues = (
  typed: ReportTyping,
  milestones: readonly { readonly id: string; readonly claim: Omit<MilestoneClaim, "milestoneId"> | null }[],
) => ({
  ...typed,
  claims: milestones.map(({ id, claim }) => ({
    milestoneId: id,
    completedOn: claim?.completedOn ?? "",
    evidence: claim?.evidence ?? "",
  })),
});

const isClaimed = (row: Readonly<Record<string, string>>): boolean =>
  (row.completedOn ?? "") !== "" || (row.evidence ?? "") !== "";

/** How two people's typing of a report is compared and read. */
export const reportSense = (milestoneNames: Readonly<Record<string, string>>): FieldSense => {
  const linesOf = (field: string, value: FormValues[string] | undefined): string[] => {
    if (value === undefined) return [];
    if (typeof value !== "string")
      return value
        .filter(isClaimed)
        .map(({ milestoneId = "", completedOn = "", evidence = "" }) =>
          [milestoneNames[milestoneId] ?? milestoneId, completedOn, evidence].filter(Boolean).join(" · "),
        );
    const text = value.normalize("NFC").replaceAll("\r\n", "\n").trim();
    if (text === "") return [];
    return [field === "actualPercent" ? `${trimZeros(text)}%` : text];
  };
  return {
    linesOf,
    comparable: (field, value) => linesOf(field, value).sort().join("\n"),
    labelOf: (field) => REPORT_FIELDS[field as keyof typeof REPORT_FIELDS] ?? "里程碑完成情况",
  };
};
