import type { LocalDate } from "~/kernel/local-date";
import type { Refusal } from "~/kernel/result";
import { keysOf, SANCTION_RUNGS, type ProjectStage, type SanctionRung, type SanctionState } from "~/kernel/vocabulary";

/** What the ladder must know of a sanction that was imposed before. */
export interface EarlierSanction {
  readonly id: string;
  readonly rung: SanctionRung;
  readonly state: SanctionState;
  /** null: on the unit as a whole */
  readonly projectId: string | null;
  readonly dueOn: LocalDate | null;
}

export interface ProposedSanction {
  readonly rung: SanctionRung;
  readonly projectId: string | null;
  /** where the project stands */
  readonly stage: ProjectStage | null;
  readonly dueOn: LocalDate | null;
  readonly basis: string;
  readonly skipReason: string;
}

export type LadderCode =
  "projectMissing" | "projectNotStoppable" | "dueMissing" | "duePassed" | "basisMissing" | "rungSkipped";

/** Where a project must stand to be halted or ended; the rows of its lifecycle say the same, and a test compares them. */
export const STOPPABLE_STAGES = {
  halt: ["procurement", "implementation", "initialAccepted", "trialRun"],
  terminate: ["approved", "procurement", "implementation", "initialAccepted", "trialRun", "suspended"],
} as const satisfies Readonly<Partial<Record<SanctionRung, readonly ProjectStage[]>>>;

const isStopping = (rung: SanctionRung): rung is keyof typeof STOPPABLE_STAGES => rung in STOPPABLE_STAGES;

/** The rung below; undefined for the first. */
export function rungBelow(rung: SanctionRung): SanctionRung | undefined {
  const rungs = keysOf(SANCTION_RUNGS);
  return rungs[rungs.indexOf(rung) - 1];
}

/**
 * The sanction that gives the ground for the next rung: one rung below, on the same project or on the unit as a whole,
 * still standing, and not heeded by its day.
 */
export function unheededBelow(
  { rung, projectId }: Pick<ProposedSanction, "rung" | "projectId">,
  earlier: readonly EarlierSanction[],
  today: LocalDate,
): EarlierSanction | undefined {
  const below = rungBelow(rung);
  return earlier.find(
    (sanction) =>
      sanction.rung === below &&
      sanction.state === "standing" &&
      sanction.dueOn !== null &&
      sanction.dueOn < today &&
      (sanction.projectId === null || sanction.projectId === projectId),
  );
}

/**
 * What stands against a sanction on this day: a rung is reached from the one below it that was not heeded, or with a
 * written reason for skipping it; what stops a project needs a project that can be stopped, and ending one its basis.
 * @source 国办发〔2019〕57号 (the ladder)
 */
export function ladderProblems(
  proposed: ProposedSanction,
  earlier: readonly EarlierSanction[],
  today: LocalDate,
): Refusal<LadderCode>[] {
  const { rung, projectId, stage, dueOn, basis, skipReason } = proposed;
  const stopping = isStopping(rung);
  const stages: readonly ProjectStage[] = stopping ? STOPPABLE_STAGES[rung] : [];
  const skipped = rungBelow(rung) !== undefined && !unheededBelow(proposed, earlier, today);
  return [
    ...(stopping && !projectId ? [{ code: "projectMissing", field: "projectId", facts: { rung } } as const] : []),
    ...(stopping && projectId && !(stage && stages.includes(stage))
      ? [{ code: "projectNotStoppable", field: "projectId", facts: { rung, stage: stage ?? "" } } as const]
      : []),
    ...(rung === "rectify" && !dueOn ? [{ code: "dueMissing", field: "dueOn" } as const] : []),
    ...(dueOn && dueOn <= today ? [{ code: "duePassed", field: "dueOn" } as const] : []),
    ...(rung === "terminate" && !basis.trim() ? [{ code: "basisMissing", field: "basis" } as const] : []),
    ...(skipped && !skipReason.trim()
      ? [{ code: "rungSkipped", field: "skipReason", facts: { below: rungBelow(rung) ?? "" } } as const]
      : []),
  ];
}

/** How a sanction is called. */
export const sanctionName = ({ number, rung }: { readonly number: number; readonly rung: SanctionRung }): string =>
  `惩戒${number}号（${SANCTION_RUNGS[rung]}）`;
