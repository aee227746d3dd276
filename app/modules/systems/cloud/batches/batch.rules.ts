import type { LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Result } from "~/kernel/result";
import type { ScopeResult } from "~/kernel/vocabulary";

/** A system that is to be put into a batch, as it stands now. */
export interface Placeable {
  readonly name: string;
  readonly retiredOn: LocalDate | null;
  readonly scope: ScopeResult;
  readonly batchId: string | null;
}

/**
 * Whose standing changes when systems are put into a batch: those that are in it already stay as they are.
 * Refuses with notPlaceable for one that no longer runs or is out of scope.
 */
export function toPlace<S extends Placeable>(
  chosen: readonly S[],
  batchId: string,
  today: LocalDate,
): Result<S[], "notPlaceable"> {
  const wrong = chosen.filter(({ retiredOn, scope }) => scope === "out" || (retiredOn !== null && retiredOn <= today));
  if (wrong.length > 0) {
    return refuse(...wrong.map(({ name }) => ({ code: "notPlaceable" as const, field: "systemId", facts: { name } })));
  }
  return accept(chosen.filter((system) => system.batchId !== batchId));
}

/** Whose standing changes when systems are taken out. Refuses with notInBatch for one that another hand moved meanwhile. */
export function toRemove<S extends Placeable>(
  chosen: readonly S[],
  batchId: string,
): Result<readonly S[], "notInBatch"> {
  const gone = chosen.filter((system) => system.batchId !== batchId);
  if (gone.length === 0) return accept(chosen);
  return refuse(...gone.map(({ name }) => ({ code: "notInBatch" as const, field: "systemId", facts: { name } })));
}
