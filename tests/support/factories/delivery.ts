import { and, asc, eq, sql } from "drizzle-orm";

import { catalogDeliveries, deliveryAttempts, projects, type projects as projectTable } from "@db/schema";
import { startCatalogPlatform, type CatalogPlatformStandIn } from "@tests/support/catalog-platform";
import { localDate } from "~/kernel/local-date";
import { accept } from "~/kernel/result";
import { platformAt } from "~/modules/delivery/catalog-platform.server";
import { deliverAcceptedProject } from "~/modules/delivery/index.server";
import { sendDeliveries, type SenderSettings } from "~/modules/delivery/send-deliveries.server";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import type { TestCity } from "../factories";
import { makeProject } from "./assessment";

/** A project whose final acceptance passed, as acceptance hands it over. */
export async function makeAccepted(
  city: TestCity,
  bureau: Ctx,
  more: Partial<typeof projectTable.$inferInsert> = {},
): Promise<string> {
  const id = await makeProject(city, "智慧管网系统", [["accepted", "2026-07-20"]], {
    acceptedOn: localDate("2026-07-20"),
    mlpsLevel: 2,
    hosting: "governmentCloud",
    secret: false,
    ...more,
  });
  await deliver(bureau, id);
  return id;
}

/** Hands a project over once more, in a transaction of its own. */
export async function deliver(bureau: Ctx, projectId: string): Promise<void> {
  await inTransaction<null, never>(bureau, async (tx) => {
    const [project] = await tx.select().from(projects).where(eq(projects.id, projectId)).for("update");
    if (!project) throw new Error("no such project");
    await deliverAcceptedProject(tx, bureau, project);
    return accept(null);
  });
}

/** A project's deliveries in their order. */
export const deliveriesOf = ({ db }: Pick<Ctx, "db">, projectId: string) =>
  db
    .select()
    .from(catalogDeliveries)
    .where(eq(catalogDeliveries.projectId, projectId))
    .orderBy(asc(catalogDeliveries.number));

/** A delivery's attempts in their order. */
export const attemptsOf = ({ db }: Pick<Ctx, "db">, deliveryId: string) =>
  db
    .select()
    .from(deliveryAttempts)
    .where(eq(deliveryAttempts.deliveryId, deliveryId))
    .orderBy(asc(deliveryAttempts.number));

/** Whatever waits for its time is due now. */
export async function makeDue({ db }: Pick<Ctx, "db">, projectId: string): Promise<void> {
  await db
    .update(catalogDeliveries)
    .set({ nextAttemptAt: sql`clock_timestamp()` })
    .where(and(eq(catalogDeliveries.projectId, projectId), sql`${catalogDeliveries.state} in ('waiting', 'retrying')`));
}

/** Sends what is due to a stand-in, without patience. */
export const sendTo = (
  { db }: Pick<Ctx, "db">,
  platform: Pick<CatalogPlatformStandIn, "url">,
  more: Partial<SenderSettings> = {},
): Promise<number> =>
  sendDeliveries(db, {
    platform: platformAt(platform.url, { timeoutMs: 300 }),
    backOff: { firstMs: 60_000, longestMs: 60_000 },
    leaseMs: 2_000,
    lanes: 2,
    chance: () => 0.9,
    ...more,
  });

/** A stand-in for one test. */
export async function withPlatform<T>(
  play: Parameters<typeof startCatalogPlatform>[0],
  work: (platform: CatalogPlatformStandIn) => Promise<T>,
): Promise<T> {
  const platform = await startCatalogPlatform(play);
  try {
    return await work(platform);
  } finally {
    await platform.stop();
  }
}
