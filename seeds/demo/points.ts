import { and, inArray, isNotNull } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { demands, resourceUses } from "@db/schema";
import { addDays, localDateOf, startOfDay, type LocalDate } from "~/kernel/local-date";
import { firstDay, lastDay, periodOf, periodsBetween, type Period } from "~/kernel/period";
import type { UpdateCycle } from "~/kernel/vocabulary";
import { isWorkday } from "~/kernel/work-calendar";
import { settlePoints } from "~/modules/catalog/index.server";

import { chance } from "./chance";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { insertAll } from "./insert";
import { DEMO_TODAY } from "./today";

type UseRow = typeof resourceUses.$inferInsert;

/** How many calls or records a unit takes on a day of use, by how often it needs the data. */
const TIMES: Readonly<Record<UpdateCycle, readonly [low: number, high: number]>> = {
  realTime: [120, 900],
  daily: [60, 400],
  weekly: [30, 200],
  monthly: [20, 160],
  quarterly: [10, 80],
  yearly: [10, 60],
  irregular: [5, 40],
};

const DAYS_A_MONTH = 4;

/** What was delivered is used, month after month; then the accounts are settled by the product's own rule. */
export async function writeUsesAndPoints(tx: Transaction, city: City): Promise<void> {
  const delivered = await tx
    .select()
    .from(demands)
    .where(
      and(
        isNotNull(demands.deliveredAt),
        isNotNull(demands.resourceId),
        inArray(demands.state, ["delivered", "ended"]),
      ),
    );
  await insertAll(
    tx,
    resourceUses,
    delivered.sort((a, b) => (a.id < b.id ? -1 : 1)).flatMap((demand) => usesOf(city, demand)),
  );
  const time = { today: DEMO_TODAY, now: startOfDay(DEMO_TODAY) };
  await settlePoints(tx, time, {}, (key, on) => demoId("points", `${city.regionId} ${key}`, startOfDay(on)));
}

function usesOf(city: City, demand: typeof demands.$inferSelect): UseRow[] {
  const { deliveredAt, resourceId, unitId } = demand;
  if (!deliveredAt || !resourceId) return [];
  const from = addDays(localDateOf(deliveredAt), 1);
  const filer = city.people.find((person) => person.unit.id === unitId && person.role === "filer");
  return periodsBetween(periodOf(from), periodOf(DEMO_TODAY)).flatMap((month) =>
    daysOfUse(city, demand.id, month, from).map((usedOn) => {
      const [low, high] = TIMES[demand.frequency];
      return {
        id: demoId("use", `${demand.id} ${usedOn}`, officeHours(usedOn, demand.id)),
        resourceId,
        regionId: demand.regionId,
        userUnitId: unitId,
        demandId: demand.id,
        basis: demand.scene,
        usedOn,
        times: chance("use", demand.id, usedOn).between(low, high),
        recordedBy: filer?.id ?? "",
        recordedAt: officeHours(usedOn, demand.id, "record"),
      };
    }),
  );
}

/** Some working days of a month, none before the delivery, none after today. */
function daysOfUse(city: City, demandId: string, month: Period, from: LocalDate): LocalDate[] {
  const { between } = chance("days of use", demandId, month);
  const begins = firstDay(month) > from ? firstDay(month) : from;
  const ends = lastDay(month) < DEMO_TODAY ? lastDay(month) : addDays(DEMO_TODAY, -1);
  const days = new Set<LocalDate>();
  for (let drawn = 0; drawn < DAYS_A_MONTH; drawn++) {
    const day = addDays(firstDay(month), between(0, 27));
    if (day >= begins && day <= ends && isWorkday(city.calendar, day)) days.add(day);
  }
  return [...days].sort();
}
