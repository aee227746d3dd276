import { sql } from "drizzle-orm";

import { commonComponents } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import type { ComponentRefusal } from "./component.refusals";
import type { ComponentInput } from "./component.schema";
import { lockRegister, inputProblems, subjectOf } from "./load-component.server";

/**
 * The bureau adds a component; filings ask for it from its first day on. It gets the next number of the register.
 * Refuses with nameTaken, providerUnknown.
 * @throws DomainError forbidden
 * @source domain.md §3 (common components)
 */
export async function addComponent(
  ctx: Ctx,
  input: ComponentInput,
): Promise<Result<{ code: string }, ComponentRefusal>> {
  return inTransaction<{ code: string }, ComponentRefusal>(ctx, async (tx) => {
    const { actor } = ctx;
    authorize(actor, "component:edit", { unitId: actor.unitId, regionId: actor.regionId });
    await lockRegister(tx);
    const problems = await inputProblems(tx, ctx, input);
    if (problems.length > 0) return refuse(...problems);
    const [last] = await tx
      .select({ position: sql<number>`coalesce(max(${commonComponents.position}), 0)::int` })
      .from(commonComponents);
    const position = (last?.position ?? 0) + 1;
    const [added] = await tx
      .insert(commonComponents)
      .values({
        ...input,
        code: `zj-${String(position).padStart(3, "0")}`,
        position,
        updatedBy: actor.userId,
        updatedAt: ctx.now,
      })
      .returning();
    if (!added) throw new Error("the component was not written");
    await record(tx, ctx, {
      action: "component:edit",
      event: "componentAdded",
      object: { type: "component", id: subjectOf(added.code), regionId: actor.regionId },
      after: added,
      payload: { code: added.code, name: added.name },
    });
    return accept({ code: added.code });
  });
}
