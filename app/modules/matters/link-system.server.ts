import { and, eq, sql } from "drizzle-orm";

import { matterSystems, systems } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { isLinkable } from "./linkable-systems.server";
import { holdMatter, matterFacts, touchMatter, type MatterRef } from "./load-matter.server";

type Code = "matterIsAbolished" | "systemNotOpen" | "systemIsSecret" | "systemIsRetired" | "systemLinked";

/**
 * Says that a matter is handled in a system: one of its own unit's or of the bureau's platforms, any system of the region
 * when the bureau says it. Secret systems are never named beside a public matter.
 * Refuses with matterIsAbolished, systemNotOpen, systemIsSecret, systemIsRetired, systemLinked.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §6 (asset graph)
 */
export async function linkSystem(ctx: Ctx, ref: MatterRef, systemId: string): Promise<Result<null, Code>> {
  return inTransaction<null, Code>(ctx, async (tx) => {
    const matter = await holdMatter(tx, ctx, ref);
    authorize(ctx.actor, "matter:edit", matter);
    if (matter.state === "abolished") return refuse({ code: "matterIsAbolished" });
    const [system] = await tx
      .select({ name: systems.name, code: systems.code, secret: systems.secret, state: systems.state })
      .from(systems)
      .where(and(eq(systems.id, systemId), isLinkable(ctx, matter)));
    if (!system) return refuse({ code: "systemNotOpen", field: "systemId" });
    if (system.secret) return refuse({ code: "systemIsSecret", field: "systemId" });
    if (system.state === "retired") return refuse({ code: "systemIsRetired", field: "systemId" });
    const written = await tx
      .insert(matterSystems)
      .values({ matterId: matter.id, systemId, regionId: matter.regionId })
      .onConflictDoNothing()
      .returning({ one: sql`1` });
    if (written.length === 0) return refuse({ code: "systemLinked", field: "systemId" });
    const after = await touchMatter(tx, ctx, matter);
    await record(tx, ctx, {
      action: "matter:edit",
      event: "matterSystemLinked",
      object: { type: "matter", id: matter.id, regionId: matter.regionId },
      before: matter,
      after: { ...after, systemId },
      payload: { ...matterFacts(after), systemId, systemName: system.name, systemCode: system.code },
    });
    return accept(null);
  });
}
