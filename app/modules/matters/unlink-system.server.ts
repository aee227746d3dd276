import { and, eq } from "drizzle-orm";

import { matterSystems, systems } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { holdMatter, matterFacts, touchMatter, type MatterRef } from "./load-matter.server";

type Code = "matterIsAbolished" | "systemNotLinked";

/**
 * Says that a matter is no longer handled in a system.
 * Refuses with matterIsAbolished, systemNotLinked.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function unlinkSystem(ctx: Ctx, ref: MatterRef, systemId: string): Promise<Result<null, Code>> {
  return inTransaction<null, Code>(ctx, async (tx) => {
    const matter = await holdMatter(tx, ctx, ref);
    authorize(ctx.actor, "matter:edit", matter);
    if (matter.state === "abolished") return refuse({ code: "matterIsAbolished" });
    const [removed] = await tx
      .delete(matterSystems)
      .where(and(eq(matterSystems.matterId, matter.id), eq(matterSystems.systemId, systemId)))
      .returning();
    if (!removed) return refuse({ code: "systemNotLinked" });
    const [system] = await tx
      .select({ systemName: systems.name, systemCode: systems.code })
      .from(systems)
      .where(eq(systems.id, systemId));
    const after = await touchMatter(tx, ctx, matter);
    await record(tx, ctx, {
      action: "matter:edit",
      event: "matterSystemUnlinked",
      object: { type: "matter", id: matter.id, regionId: matter.regionId },
      before: { ...matter, systemId },
      after,
      payload: { ...matterFacts(after), systemId, ...system },
    });
    return accept(null);
  });
}
