import { eq, sql } from "drizzle-orm";

import { cloudResources } from "@db/schema";
import { accept, type Result } from "~/kernel/result";
import { CLOUD_RESOURCE_KINDS, CLOUD_RESOURCE_STAGES, keysOf } from "~/kernel/vocabulary";
import { newId } from "~/platform/ids.server";
import type { Ctx } from "~/platform/transaction.server";

import { actOnCloud } from "./act-on-cloud.server";
import { decideResources, resourceField, type ResourceFigure, type ResourceRefusalCode } from "./resources.rules";
import type { CloudResourcesInput } from "./steps.schema";

/**
 * Enters how much of the cloud a system applied for, was opened and uses as of a day. What is left blank stays as it was;
 * figures of the same day are replaced.
 * Refuses with the codes of decideResources.
 * @throws DomainError notFound, forbidden; conflict when the system was changed meanwhile
 * @source domain.md §6
 */
export async function recordCloudResources(
  ctx: Ctx,
  systemId: string,
  { version, asOf, ...typed }: CloudResourcesInput,
): Promise<Result<null, ResourceRefusalCode>> {
  const given = keysOf(CLOUD_RESOURCE_KINDS).flatMap((kind) =>
    keysOf(CLOUD_RESOURCE_STAGES).flatMap((stage): ResourceFigure[] => {
      const amount = typed[resourceField(kind, stage)];
      return amount === undefined ? [] : [{ kind, stage, amount, asOf }];
    }),
  );
  return actOnCloud<ResourceRefusalCode>(ctx, { systemId, version }, "cloud:record", async (tx, { system, state }) => {
    const known = await tx.select().from(cloudResources).where(eq(cloudResources.systemId, systemId));
    const decided = decideResources(state, known, given, asOf);
    if (!decided.ok) return decided;
    const entered = { systemId, regionId: system.regionId, recordedBy: ctx.actor.userId, recordedAt: ctx.now };
    const after = await tx
      .insert(cloudResources)
      .values(given.map((figure) => ({ ...figure, ...entered, id: newId() })))
      .onConflictDoUpdate({
        target: [cloudResources.systemId, cloudResources.kind, cloudResources.stage, cloudResources.asOf],
        set: {
          amount: sql`excluded.amount`,
          recordedBy: sql`excluded.recorded_by`,
          recordedAt: sql`excluded.recorded_at`,
        },
      })
      .returning();
    const before = known.filter((figure) => figure.asOf === asOf);
    return accept({ event: "cloudResourcesRecorded", before, after, payload: { asOf, figures: given.length } });
  });
}
