import { eq } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { units, type systems } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { loadFigures } from "~/platform/figures.server";

import type { ScopeFacts } from "./scope.rules";

/** What the rule of scope is asked with for a system, on a day. */
export async function readScopeFacts(
  db: DatabaseOrTransaction,
  system: Pick<typeof systems.$inferSelect, "unitId" | "ownership" | "secret" | "mlpsLevel">,
  on: LocalDate,
): Promise<ScopeFacts> {
  const [unit] = await db.select({ exempt: units.cloudExempt }).from(units).where(eq(units.id, system.unitId));
  const figures = await loadFigures(db, on);
  return {
    ownership: system.ownership,
    unitExempt: unit?.exempt ?? false,
    secret: system.secret,
    mlpsLevel: system.mlpsLevel,
    excludedFromLevel: figures.number("cloud.excludedFromLevel"),
  };
}
