import type { Transaction } from "@db/client";
import { calendarDays, domainEvents } from "@db/schema";
import { localDate } from "~/kernel/local-date";

import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow } from "./events";
import { insertAll } from "./insert";

/** The day before a typhoon came ashore the city stopped work for it, and made the day up on the Saturday after. */
const ORDERED_ON = localDate("2025-09-23");
const SOURCE = "市防汛防旱防风指挥部关于台风停工停课的通告（2025年9月23日）";
const DAYS = [
  { day: localDate("2025-09-24"), off: true, name: "台风停工", reason: "台风正面影响，全市停工、停业、停课" },
  { day: localDate("2025-09-27"), off: false, name: "台风停工补班", reason: "补回 9 月 24 日停工，机关事业单位上班" },
] as const;

/** The days that the city ordered for itself beside the country's lists. */
export async function writeCalendar(tx: Transaction, city: City): Promise<void> {
  const actor = city.person("sysadmin");
  const at = officeHours(ORDERED_ON, "calendar", SOURCE);
  const { regionId } = city;
  const regionName = city.regions.find(({ id }) => id === regionId)?.name ?? "";
  const built = DAYS.map(({ reason, ...ordered }) => {
    const id = demoId("calendarDay", ordered.day, at);
    const row = { id, regionId, ...ordered, source: SOURCE, enteredBy: actor.id, enteredAt: at };
    const event = eventRow(actor, {
      type: "calendarDayAdded",
      subject: { type: "calendarDay", id },
      at,
      reason,
      payload: { ...ordered, source: SOURCE, regionName },
    });
    return { row, event };
  });
  await insertAll(
    tx,
    calendarDays,
    built.map(({ row }) => row),
  );
  await insertAll(
    tx,
    domainEvents,
    built.map(({ event }) => event),
  );
}
