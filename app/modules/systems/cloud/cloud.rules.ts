import type { LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Result } from "~/kernel/result";
import {
  CLOUD_STEPS,
  type CloudStep,
  type Ownership,
  type ProjectClass,
  type ScopeReason,
  type ScopeResult,
} from "~/kernel/vocabulary";

export interface CompletedStep {
  readonly step: CloudStep;
  readonly completedOn: LocalDate;
}

export type CloudStepRefusalCode =
  "stepAlreadyDone" | "previousStepMissing" | "dateInFuture" | "dateBeforePreviousStep" | "outOfScope";

/**
 * May this step be completed on this day? The seven steps come in order, none before the one ahead of it, none in the
 * future, and not for a system that the scope rule leaves out.
 * @source domain.md §6
 */
export function decideCloudStep(
  state: { readonly done: readonly CompletedStep[]; readonly outOfScope: boolean; readonly today: LocalDate },
  step: CloudStep,
  completedOn: LocalDate,
): Result<null, CloudStepRefusalCode> {
  if (state.outOfScope) return refuse({ code: "outOfScope" });
  if (state.done.some((done) => done.step === step)) return refuse({ code: "stepAlreadyDone", facts: { step } });
  const previous = CLOUD_STEPS[CLOUD_STEPS.indexOf(step) - 1];
  const previousDone = state.done.find((done) => done.step === previous);
  if (previous && !previousDone) return refuse({ code: "previousStepMissing", facts: { step, previous } });
  if (completedOn > state.today) return refuse({ code: "dateInFuture", field: "completedOn" });
  if (previousDone && completedOn < previousDone.completedOn) {
    return refuse({
      code: "dateBeforePreviousStep",
      field: "completedOn",
      facts: { previous: previousDone.step, completedOn: previousDone.completedOn },
    });
  }
  return accept(null);
}

/** The step that comes next, or undefined when all seven are done. */
export function nextCloudStep(done: readonly { readonly step: CloudStep }[]): CloudStep | undefined {
  return CLOUD_STEPS.find((step) => !done.some((d) => d.step === step));
}

/** A system counts as migrated only when 安全检测 was passed and 服务开通 is done. @source domain.md §6 */
export function isMigrated(done: readonly { readonly step: CloudStep }[]): boolean {
  return (["安全检测", "服务开通"] as const).every((step) => done.some((d) => d.step === step));
}

/**
 * Is a system outside the cloud rate, and why? Vertical systems are listed but not judged; units of public and state
 * security, secret systems and MLPS level 4 and above stay out.
 * @source domain.md §6
 */
export function outOfCloudScope(system: {
  readonly ownership: Ownership;
  readonly secret: boolean;
  readonly mlpsLevel: number | null;
  readonly unitExempt: boolean;
  /** the MLPS level from which a system stays out: rule figure cloud.excludedFromLevel */
  readonly excludedFromLevel: number;
}): ScopeReason | undefined {
  if (system.ownership !== "own") return "verticalSystem";
  if (system.unitExempt) return "exemptUnit";
  if (system.secret) return "secretSystem";
  if (system.mlpsLevel !== null && system.mlpsLevel >= system.excludedFromLevel) return "highLevel";
  return undefined;
}

/** How a system stands to the cloud rate on some day. */
export interface Standing {
  readonly scope: ScopeResult;
  readonly managed: boolean;
}

/**
 * Is a system of this standing in the denominator of the cloud rate? What is out is not; a special system may stay where
 * it is, but leaves the denominator only once the city manages it (纳管) and its interfaces are open.
 * @source domain.md §6
 */
export const countsInRate = ({ scope, managed }: Standing): boolean =>
  scope === "in" || (scope === "special" && !managed);

/**
 * Does a project of this class leave a system behind? Maintenance, operation and services work on what is there; a filing
 * that named no class is taken to build one.
 * @source domain.md §2, §6
 */
export function buildsSystem(projectClass: ProjectClass | null): boolean {
  switch (projectClass) {
    case "maintenanceInfrastructure":
    case "maintenanceSoftware":
    case "businessOperation":
    case "thirdParty":
      return false;
    case "infrastructureCommon":
    case "infrastructureSpecial":
    case "softwarePlatform":
    case "softwareGeneral":
    case "softwareSpecial":
    case null:
      return true;
  }
}
