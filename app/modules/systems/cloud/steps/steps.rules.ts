import type { LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Result } from "~/kernel/result";
import { CLOUD_STEPS, type CloudStep, type TestResult } from "~/kernel/vocabulary";

export interface CompletedStep {
  readonly step: CloudStep;
  readonly completedOn: LocalDate;
}

/** A step as it is kept: one that was rolled back counted until the day before. */
export interface KeptStep extends CompletedStep {
  /** the first day on which it no longer counts */
  readonly rolledBackOn: LocalDate | null;
}

/** How a system stands when somebody wants to move it. */
export interface CloudState {
  /** every step ever completed, the rolled back ones included */
  readonly steps: readonly KeptStep[];
  readonly outOfScope: boolean;
  readonly retired: boolean;
  readonly today: LocalDate;
}

/** A step as somebody says that it was taken. */
export interface ClaimedStep extends CompletedStep {
  readonly hasFile: boolean;
  /** how 安全检测 came out; no other step has a result */
  readonly testResult: TestResult | undefined;
}

export type CloudClosedCode = "systemRetired" | "outOfScope";

export type CloudStepRefusalCode =
  | CloudClosedCode
  | "stepAlreadyDone"
  | "previousStepMissing"
  | "testResultMissing"
  | "evidenceFileMissing"
  | "dateInFuture"
  | "dateBeforePreviousStep"
  | "dateBeforeRollback";

export type RollbackRefusalCode = "systemRetired" | "stepNotDone";

const TEST_STEP: CloudStep = "安全检测";
/** The two that make a system count as migrated. @source domain.md §6 */
const DECIDING_STEPS = [TEST_STEP, "服务开通"] as const satisfies readonly CloudStep[];

const placeOf = (step: CloudStep): number => CLOUD_STEPS.indexOf(step);

/** Does this step have a result, or is it simply done? Only 安全检测 can fail. */
export const isTest = (step: CloudStep): boolean => step === TEST_STEP;

/**
 * Must the proof of this step be uploaded, or is it enough to name it? What makes a system count as migrated is proved by
 * its report and its notice.
 * @source domain.md §6
 */
export const needsEvidenceFile = (step: CloudStep): boolean => DECIDING_STEPS.some((each) => each === step);

/** The steps that count on a day: completed by then and not rolled back by then. */
export const stepsStandingOn = <Kept extends KeptStep>(steps: readonly Kept[], day: LocalDate): Kept[] =>
  steps.filter(({ completedOn, rolledBackOn }) => completedOn <= day && (rolledBackOn === null || rolledBackOn > day));

/** The step that comes next, or undefined when all seven are done. */
export function nextCloudStep(done: readonly { readonly step: CloudStep }[]): CloudStep | undefined {
  return CLOUD_STEPS.find((step) => !done.some((d) => d.step === step));
}

/** A system counts as migrated only when 安全检测 was passed and 服务开通 is done. @source domain.md §6 */
export function isMigrated(done: readonly { readonly step: CloudStep }[]): boolean {
  return DECIDING_STEPS.every((step) => done.some((d) => d.step === step));
}

/** Is the system one whose migration is no longer followed? Nothing is entered for what has ended or is left out. */
export function closedToCloud({
  outOfScope,
  retired,
}: Pick<CloudState, "outOfScope" | "retired">): CloudClosedCode | undefined {
  if (retired) return "systemRetired";
  return outOfScope ? "outOfScope" : undefined;
}

/**
 * May this step be completed on this day? The seven steps come in order, none before the one ahead of it, none in the
 * future, none before the day on which it was rolled back, with the proof it needs, and not for a system that is retired
 * or that the scope rule leaves out.
 * @source domain.md §6
 */
export function decideCloudStep(state: CloudState, claim: ClaimedStep): Result<null, CloudStepRefusalCode> {
  const closed = closedToCloud(state);
  if (closed) return refuse({ code: closed });
  const { step } = claim;
  const done = state.steps.filter(({ rolledBackOn }) => rolledBackOn === null);
  const before = done.find((each) => each.step === step);
  if (before) return refuse({ code: "stepAlreadyDone", facts: { step, completedOn: before.completedOn } });
  const previous = CLOUD_STEPS[placeOf(step) - 1];
  const previousDone = done.find((each) => each.step === previous);
  if (previous && !previousDone) return refuse({ code: "previousStepMissing", facts: { step, previous } });
  if (isTest(step) && claim.testResult === undefined) return refuse({ code: "testResultMissing", field: "testResult" });
  if (needsEvidenceFile(step) && !claim.hasFile)
    return refuse({ code: "evidenceFileMissing", field: "file", facts: { step } });
  return decideDate(state, claim, previousDone);
}

function decideDate(
  { steps, today }: CloudState,
  { step, completedOn }: ClaimedStep,
  previous: CompletedStep | undefined,
): Result<null, CloudStepRefusalCode> {
  const field = "completedOn";
  if (completedOn > today) return refuse({ code: "dateInFuture", field });
  if (previous && completedOn < previous.completedOn) {
    const facts = { previous: previous.step, completedOn: previous.completedOn };
    return refuse({ code: "dateBeforePreviousStep", field, facts });
  }
  const rolledBackOn = lastRollbackOf(steps, step);
  if (rolledBackOn && completedOn < rolledBackOn)
    return refuse({ code: "dateBeforeRollback", field, facts: { step, rolledBackOn } });
  return accept(null);
}

const lastRollbackOf = (steps: readonly KeptStep[], step: CloudStep): LocalDate | undefined =>
  steps
    .flatMap((each) => (each.step === step && each.rolledBackOn ? [each.rolledBackOn] : []))
    .sort()
    .at(-1);

/**
 * Which steps no longer count when one is rolled back: it and all that were built on it. A retired system stays as it
 * ended; one that is out of scope can be put right, for it may come back into scope.
 * @source domain.md §6
 */
export function decideRollback(
  state: Pick<CloudState, "steps" | "retired">,
  from: CloudStep,
): Result<readonly CloudStep[], RollbackRefusalCode> {
  if (state.retired) return refuse({ code: "systemRetired" });
  const done = state.steps.filter(({ rolledBackOn }) => rolledBackOn === null).map(({ step }) => step);
  if (!done.includes(from)) return refuse({ code: "stepNotDone", field: "step", facts: { step: from } });
  return accept(CLOUD_STEPS.filter((step) => placeOf(step) >= placeOf(from) && done.includes(step)));
}
