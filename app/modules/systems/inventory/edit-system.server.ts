import { accept, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, can } from "~/policy";

import { reconsiderScope } from "../cloud/scope/propose-by-rule.server";
import { checkVersion, holdSystem, writeSystem } from "./change-system.server";
import { editableFields, factProblems, foreignFields, touchesScope, type FactCode } from "./inventory.rules";
import type { EditInput } from "./inventory.schema";
import { holdNumbering } from "./next-system-code.server";
import { namesIn, readSurroundings } from "./surroundings.server";
import { changedFields, factChanges, factsOf, type SystemFacts } from "./system-facts";
import { factColumns } from "./system-row.server";

type Code = FactCode | "nothingChanged" | "isRetired";

/**
 * Corrects what the inventory says of a system. What weighs on the cloud rate or on secrecy is the bureau's to say; what
 * the form did not ask stays. The history keeps each changed fact, before and after, in words.
 * Refuses with what factProblems finds, fieldNotYours, nothingChanged, isRetired.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §6
 */
export async function editSystem(
  ctx: Ctx,
  systemId: string,
  { version, ...input }: EditInput,
): Promise<Result<null, Code>> {
  return inTransaction<null, Code>(ctx, async (tx) => {
    const system = await holdSystem(tx, ctx, systemId);
    authorize(ctx.actor, "system:edit", system);
    checkVersion(system, version);
    if (system.state === "retired") return refuse({ code: "isRetired" });
    const before = factsOf(system);
    const facts: SystemFacts = {
      ...input,
      ownership: input.ownership ?? before.ownership,
      secret: input.secret ?? before.secret,
    };
    const changed = changedFields(before, facts);
    if (changed.length === 0) return refuse({ code: "nothingChanged" });
    const governs = can(ctx.actor, "system:govern", system);
    const foreign = foreignFields(changed, editableFields({ governs, edits: true }));
    if (foreign.length > 0) return refuse(...foreign);
    await holdNumbering(tx, system.regionId);
    const around = await readSurroundings(tx, system, facts, ctx.today);
    // A project of the former owner stays where it is said; only a new one has to be the unit's own.
    const kept = facts.projectId === before.projectId;
    const problems = factProblems(facts, { ...around, isOwnProject: kept || around.isOwnProject });
    if (problems.length > 0) return refuse(...problems);

    const after = await writeSystem(tx, ctx, system, factColumns(facts));
    const changes = factChanges(before, facts, await namesIn(tx, [before, facts]));
    await record(tx, ctx, {
      action: "system:edit",
      event: "systemEdited",
      object: { type: "system", id: systemId, regionId: system.regionId },
      before: system,
      after,
      payload: { name: after.name, code: after.code, unitId: after.unitId, changes },
    });
    if (touchesScope(changed)) await reconsiderScope(tx, ctx, after);
    return accept(null);
  });
}
