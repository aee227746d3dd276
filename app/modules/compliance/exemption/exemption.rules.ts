import { addDays, addMonths, type LocalDate } from "~/kernel/local-date";
import type { Refusal } from "~/kernel/result";

export type ExemptionProblemCode = "reasonMissing" | "paperMissing" | "endBeforeBegin" | "tooLong" | "beginsInPast";

/** The last day of an exemption that begins on a day and lasts as long as is allowed. @unit months */
export const longestUntil = (fromOn: LocalDate, maxMonths: number): LocalDate =>
  addDays(addMonths(fromOn, maxMonths), -1);

/**
 * What keeps an exemption from being handed to the unit's leader.
 * @source domain.md §5: approved with reason and signature
 */
export function exemptionProblems(
  exemption: {
    readonly reason: string;
    readonly fileId: string | null;
    readonly fromOn: LocalDate;
    readonly untilOn: LocalDate;
  },
  today: LocalDate,
  maxMonths: number,
): Refusal<ExemptionProblemCode>[] {
  const { reason, fileId, fromOn, untilOn } = exemption;
  const longest = longestUntil(fromOn, maxMonths);
  return [
    ...(reason.trim() ? [] : [{ code: "reasonMissing", field: "reason" } as const]),
    ...(fileId ? [] : [{ code: "paperMissing", field: "file" } as const]),
    ...(fromOn < today ? [{ code: "beginsInPast", field: "fromOn" } as const] : []),
    ...(untilOn < fromOn ? [{ code: "endBeforeBegin", field: "untilOn" } as const] : []),
    ...(untilOn > longest
      ? [{ code: "tooLong", field: "untilOn", facts: { months: maxMonths, until: longest } } as const]
      : []),
  ];
}

/** How an exemption is called. */
export const exemptionName = (number: number): string => `第${number}次豁免申请`;
