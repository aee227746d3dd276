import type { supervisionItems } from "@db/schema";
import { type LocalDate, localDate } from "~/kernel/local-date";
import { keysOf, SUPERVISION_ORIGINS, SUPERVISION_STATES } from "~/kernel/vocabulary";
import { addWorkdays } from "~/kernel/work-calendar";
import { supervisionNumber } from "~/modules/supervision/index";

import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow, type EventRow } from "./events";
import type { Person } from "./people";
import { readSeedCsv } from "./regions";

type ItemRow = typeof supervisionItems.$inferInsert;

/** The year whose sequence numbers the items. */
export const SUPERVISION_YEAR = 2026;

/** The supervised items of `heshan-supervision.csv`, numbered in the order of their registration, with their history. */
export function citySupervision(city: City): { items: ItemRow[]; events: EventRow[] } {
  const records = readSeedCsv("heshan-supervision.csv").sort((a, b) =>
    (a["登记日"] ?? "").localeCompare(b["登记日"] ?? ""),
  );
  const items = records.map((record, index) => itemRow(city, record, index + 1));
  return { items, events: items.flatMap((item) => itemEvents(city, item)) };
}

function itemRow(city: City, record: Readonly<Record<string, string>>, running: number): ItemRow {
  const field = (name: string) => record[name] ?? "";
  const later = (day: LocalDate, workdays: string | number) => addWorkdays(city.calendar, day, Number(workdays));
  const registeredOn = localDate(field("登记日"));
  const dueOn = later(registeredOn, field("期限工作日"));
  const title = field("事项");
  const state = keysOf(SUPERVISION_STATES).find((each) => each === field("状态")) ?? "assigned";
  const endedOn = field("办结工作日") ? later(registeredOn, field("办结工作日")) : undefined;
  const repliedOn = endedOn ?? (state === "replied" ? later(registeredOn, 14) : undefined);
  return {
    id: demoId("supervision", title, officeHours(registeredOn, title)),
    regionId: city.regionId,
    number: supervisionNumber("item", SUPERVISION_YEAR, running),
    origin: keysOf(SUPERVISION_ORIGINS).find((each) => SUPERVISION_ORIGINS[each] === field("来源")) ?? "manual",
    unitId: city.unit(field("单位")).id,
    title,
    requirement: field("要求"),
    state,
    registeredOn,
    dueOn,
    reply: field("反馈") || null,
    repliedAt: repliedOn ? officeHours(repliedOn, title, "reply") : null,
    verifiedBy: state === "verified" || state === "closed" ? city.person("bureau").id : null,
    closedAt: state === "closed" && endedOn ? officeHours(later(endedOn, 1), title, "close") : null,
    reopenedCount: Number(field("重办")),
  };
}

function itemEvents(city: City, item: ItemRow): EventRow[] {
  const { number, title, unitId, state, registeredOn, repliedAt, closedAt } = item;
  const unit = city.units.find(({ id }) => id === unitId);
  if (!unit) return [];
  const [assessor, bureau, filer] = [city.person("assessor"), city.person("bureau"), city.filerOf(unit)];
  const event = (type: string, actor: Person, at: Date) =>
    eventRow(actor, {
      type,
      subject: { type: "supervisionItem", id: item.id },
      at,
      payload: { number, title, unitId },
    });
  const acceptedOn = addWorkdays(city.calendar, registeredOn, 1);
  return [
    event("supervisionRegistered", assessor, officeHours(registeredOn, title)),
    ...(state === "assigned" ? [] : [event("supervisionAccepted", filer, officeHours(acceptedOn, title, "accept"))]),
    ...(repliedAt ? [event("supervisionReplied", filer, repliedAt)] : []),
    ...(repliedAt && item.verifiedBy
      ? [event("supervisionVerified", bureau, new Date(repliedAt.getTime() + 3_600_000))]
      : []),
    ...(closedAt ? [event("supervisionClosed", bureau, closedAt)] : []),
  ];
}
