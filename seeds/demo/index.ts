import { asc, eq } from "drizzle-orm";

import type { Database, Transaction } from "@db/client";
import { commonComponents, installation, regions, users } from "@db/schema";
import { hashPassword } from "~/modules/identity/index.server";
import { env } from "~/platform/env.server";
import { loadNationalCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { setDemonstrationToday } from "~/platform/installation.server";

import { makeCity } from "./city";
import { replayPeriods } from "./replay-periods";
import { writeCity } from "./write-city";
import { DEMO_TODAY } from "./today";

/** Thrown when the database belongs to somebody: a demonstration is never poured over real data. */
export class NotADemonstrationError extends Error {
  constructor() {
    super("该数据库已有业务数据，且未标记为演示环境：拒绝写入演示数据。请改用空数据库，或设置另一个 DATA_DIR。");
    this.name = "NotADemonstrationError";
  }
}

/**
 * Makes the demonstration city in an empty database that holds the reference data, all of it or nothing. A database that
 * already is a demonstration keeps what its visitors did.
 * @returns whether the city was made now
 * @throws NotADemonstrationError when the database holds data and is no demonstration
 */
export async function seedDemo(db: Database): Promise<boolean> {
  const passwordHash = await hashPassword(env().DEMO_PASSWORD);
  const made = await db.transaction(async (tx) => {
    if (await isDemonstration(tx)) return false;
    if (await holdsBusinessData(tx)) throw new NotADemonstrationError();
    const [calendar, figures, components] = await Promise.all([
      loadNationalCalendar(tx),
      loadFigures(tx, DEMO_TODAY),
      tx.select().from(commonComponents).orderBy(asc(commonComponents.position)),
    ]);
    await writeCity(tx, makeCity(calendar), { figures, components, passwordHash });
    await setDemonstrationToday(tx, DEMO_TODAY);
    return true;
  });
  await replayPeriods(db);
  return made;
}

async function isDemonstration(tx: Transaction): Promise<boolean> {
  return (await tx.$count(installation, eq(installation.key, "demonstrationToday"))) > 0;
}

/** Everything in the product belongs to a region and was done by somebody. */
async function holdsBusinessData(tx: Transaction): Promise<boolean> {
  return (await tx.$count(regions)) + (await tx.$count(users)) > 0;
}
