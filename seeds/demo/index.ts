import { eq } from "drizzle-orm";

import type { Database, Transaction } from "@db/client";
import {
  installation,
  regions,
  unitCollectionMembers,
  unitCollections,
  unitNames,
  units,
  userRoles,
  users,
} from "@db/schema";
import { hashPassword } from "~/modules/identity/index.server";
import { env } from "~/platform/env.server";
import { setDemonstrationToday } from "~/platform/installation.server";

import { seedStarterScheme } from "../reference/starter-scheme";
import { demoId } from "./demo-id";
import { insertAll } from "./insert";
import { accountRows, cityPeople } from "./people";
import { CITY_CODE, cityRegions, FOUNDED_AT } from "./regions";
import { DEMO_TODAY } from "./today";
import { cityCollections, cityUnitNames, cityUnits } from "./units";

/** Thrown when the database belongs to somebody: a demonstration is never poured over real data. */
export class NotADemonstrationError extends Error {
  constructor() {
    super("该数据库已有业务数据,且未标记为演示环境:拒绝写入演示数据。请改用空数据库,或设置另一个 DATA_DIR。");
    this.name = "NotADemonstrationError";
  }
}

/**
 * Makes the demonstration city in an empty database, all of it or nothing. A database that already is a demonstration
 * keeps what its visitors did.
 * @returns whether the city was made now
 * @throws NotADemonstrationError when the database holds data and is no demonstration
 */
export async function seedDemo(db: Database): Promise<boolean> {
  const passwordHash = await hashPassword(env().DEMO_PASSWORD);
  return db.transaction(async (tx) => {
    if (await isDemonstration(tx)) return false;
    if (await holdsBusinessData(tx)) throw new NotADemonstrationError();
    await seedCity(tx, passwordHash);
    await setDemonstrationToday(tx, DEMO_TODAY);
    return true;
  });
}

async function isDemonstration(tx: Transaction): Promise<boolean> {
  return (await tx.$count(installation, eq(installation.key, "demonstrationToday"))) > 0;
}

/** Everything in the product belongs to a unit, which belongs to a region. */
async function holdsBusinessData(tx: Transaction): Promise<boolean> {
  return (await tx.$count(regions)) + (await tx.$count(users)) > 0;
}

async function seedCity(tx: Transaction, passwordHash: string): Promise<void> {
  const regionRows = cityRegions();
  const regionId = regionRows.find(({ code }) => code === CITY_CODE)?.id ?? "";
  const unitRows = cityUnits(regionId);
  const people = cityPeople(unitRows);
  const { collections, members } = cityCollections(regionId, unitRows);
  const { accounts, roles } = accountRows(people, passwordHash);

  await insertAll(tx, regions, regionRows);
  await insertAll(tx, units, unitRows);
  await insertAll(tx, unitNames, cityUnitNames(unitRows));
  await insertAll(tx, unitCollections, collections);
  await insertAll(tx, unitCollectionMembers, members);
  await insertAll(tx, users, accounts);
  await insertAll(tx, userRoles, roles);
  await seedStarterScheme(tx, regionId, demoId("scheme", "starter", FOUNDED_AT));
}
