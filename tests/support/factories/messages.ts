import { eq } from "drizzle-orm";

import { outgoingHosts, robots, ruleFigures, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { newId } from "~/platform/ids.server";

import type { TestCity } from "../factories";

/** Lets messages of the city leave for a host. */
export async function allowHost(city: TestCity, host: string, regionId = city.regionId): Promise<string> {
  const id = newId();
  await city.db
    .insert(outgoingHosts)
    .values({ id, regionId, host, note: "测试", addedBy: "test", addedAt: new Date() });
  return id;
}

/** A robot that is switched on, of the region unless a unit is named. */
export async function makeRobot(city: TestCity, more: Partial<typeof robots.$inferInsert> = {}): Promise<string> {
  const id = newId();
  await city.db.insert(robots).values({
    id,
    regionId: city.regionId,
    name: `群${id.slice(-6)}`,
    brand: "dingtalk",
    url: "https://oapi.dingtalk.com/robot/send?access_token=abc",
    secret: "SECtest",
    enabled: true,
    ...more,
  });
  return id;
}

/** Gives a person a mail address. */
export async function giveAddress(
  city: TestCity,
  { userId }: Actor,
  email = `${userId}@test.invalid`,
): Promise<string> {
  await city.db.update(users).set({ email }).where(eq(users.id, userId));
  return email;
}

/** Another value of a figure from now on, for the whole test file. */
export async function setFigure(city: TestCity, code: string, value: string): Promise<void> {
  await city.db.delete(ruleFigures).where(eq(ruleFigures.code, code));
  await city.db.insert(ruleFigures).values({
    id: newId(),
    code,
    name: code,
    value,
    unit: "次",
    source: "测试",
    inForceFrom: localDate("2021-01-01"),
  });
}
