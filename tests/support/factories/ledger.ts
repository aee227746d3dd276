import type { Database } from "@db/client";
import { ledgerPlans } from "@db/schema";
import { localDate } from "~/kernel/local-date";
import { newId } from "~/platform/ids.server";

type PlanRow = typeof ledgerPlans.$inferInsert;

/** A plan whose tasks are followed; under way unless said otherwise. */
export async function makePlan(db: Database, regionId: string, more: Partial<PlanRow> = {}): Promise<string> {
  const id = newId();
  await db.insert(ledgerPlans).values({
    id,
    regionId,
    title: `工作方案${id.slice(-6)}`,
    issuedOn: localDate("2026-01-05"),
    state: "active",
    importedBy: "tester",
    importedAt: new Date("2026-01-05T02:00:00Z"),
    ...more,
  });
  return id;
}
