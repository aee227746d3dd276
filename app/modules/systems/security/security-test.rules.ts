import { addMonths, type LocalDate } from "~/kernel/local-date";
import type { Refusal } from "~/kernel/result";
import type { Ownership, TestKind, TestResult } from "~/kernel/vocabulary";
import type { RuleFigures } from "~/platform/figures.server";

/** How long a passed test is valid. @unit months */
export interface ValidityFigures {
  /** 等保测评 of level 3 and above */
  readonly mlpsMonths: number;
  /** 等保测评 below level 3 */
  readonly mlpsLowerMonths: number;
  readonly cryptoMonths: number;
}

/** The validity of tests among the figures in force. */
export const validityFiguresOf = (figures: RuleFigures): ValidityFigures => ({
  mlpsMonths: figures.number("security.mlpsMonths"),
  mlpsLowerMonths: figures.number("security.mlpsLowerMonths"),
  cryptoMonths: figures.number("security.cryptoMonths"),
});

/** From this level on a system is tested every year. @source 信息安全等级保护管理办法 第十四条 */
const YEARLY_FROM_LEVEL = 3;

/** How long a test of this kind and level may be valid. @unit months */
export function validityMonths(kind: TestKind, level: number | null, figures: ValidityFigures): number {
  if (kind === "crypto") return figures.cryptoMonths;
  return (level ?? 0) >= YEARLY_FROM_LEVEL ? figures.mlpsMonths : figures.mlpsLowerMonths;
}

/** What a unit says of a test. */
export interface TestDraft {
  readonly kind: TestKind;
  readonly level: number | null;
  readonly filingNumber: string;
  readonly passed: TestResult;
  readonly testedOn: LocalDate;
  /** null: as long as the rule allows */
  readonly validUntil: LocalDate | null;
}

/** What the rules must know of the system. */
export interface TestedSystem {
  readonly ownership: Ownership;
  readonly secret: boolean;
  readonly retiredOn: LocalDate | null;
  readonly mlpsLevel: number | null;
}

export type TestProblemCode =
  | "systemNotTested"
  | "systemRetired"
  | "levelMissing"
  | "levelDiffers"
  | "filingNumberMissing"
  | "testedInFuture"
  | "validBeforeTested"
  | "validTooLong";

/** The longest that a draft may be valid: its last day. */
export const longestValid = (
  draft: Pick<TestDraft, "kind" | "level" | "testedOn">,
  figures: ValidityFigures,
): LocalDate => addMonths(draft.testedOn, validityMonths(draft.kind, draft.level, figures));

/** The last day on which a test is valid; one that was failed never is, its day stands for the column only. */
export const validUntilOf = (draft: TestDraft, figures: ValidityFigures): LocalDate =>
  draft.passed === "failed" ? draft.testedOn : (draft.validUntil ?? longestValid(draft, figures));

/**
 * What stands against entering a test. Vertical systems are tested where they are built, secret ones are under another
 * regime. A 等保 test names the level and number under which the system is filed.
 * @source domain.md §6; rule figures security.*
 */
export function testProblems(
  draft: TestDraft,
  system: TestedSystem,
  today: LocalDate,
  figures: ValidityFigures,
): Refusal<TestProblemCode>[] {
  const { kind, level, filingNumber, passed, testedOn, validUntil } = draft;
  const problems: Refusal<TestProblemCode>[] = [];
  if (system.ownership !== "own" || system.secret) problems.push({ code: "systemNotTested" });
  if (system.retiredOn !== null && system.retiredOn <= today)
    problems.push({ code: "systemRetired", facts: { retiredOn: system.retiredOn } });
  if (kind === "mlps") {
    if (level === null) problems.push({ code: "levelMissing", field: "level" });
    else if (level !== system.mlpsLevel)
      problems.push({ code: "levelDiffers", field: "level", facts: { level, registered: system.mlpsLevel ?? 0 } });
    if (filingNumber.trim() === "") problems.push({ code: "filingNumberMissing", field: "filingNumber" });
  }
  if (testedOn > today) problems.push({ code: "testedInFuture", field: "testedOn" });
  if (passed === "failed" || validUntil === null) return problems;
  const [limit, months] = [longestValid(draft, figures), validityMonths(kind, level, figures)];
  if (validUntil < testedOn) problems.push({ code: "validBeforeTested", field: "validUntil" });
  if (validUntil > limit) problems.push({ code: "validTooLong", field: "validUntil", facts: { months, limit } });
  return problems;
}
