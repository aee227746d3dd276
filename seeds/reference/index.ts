import type { Database } from "@db/client";

import { seedBasicDatabases } from "./basic-databases";
import { seedCalendar } from "./calendar";
import { seedCategories } from "./catalog-categories";
import { seedCommonComponents } from "./common-components";
import { seedRuleFigures } from "./rule-figures";

/**
 * What every installation needs before its first user: rule figures, the working calendar, the catalog's classification,
 * the basic databases and the register of common components. Idempotent; a row that an administrator changed is left as it is.
 */
export async function seedReference(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await seedRuleFigures(tx);
    await seedCalendar(tx);
    await seedCategories(tx);
    await seedBasicDatabases(tx);
    await seedCommonComponents(tx);
  });
}
