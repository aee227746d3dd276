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
import type { DemoPaper } from "./supervision-papers";

type ItemRow = typeof supervisionItems.$inferInsert;
type Field = (name: string) => string;

/** The year whose sequences number items, slips and talks. */
export const SUPERVISION_YEAR = 2026;

/** A stretch of time in which an item was with its unit, in which round. */
export interface WithUnit {
  readonly round: number;
  /** it came on this day */
  readonly from: LocalDate;
  /** and was replied to on this one; null: it is there still */
  readonly until: LocalDate | null;
}

/** A supervised item of the demonstration with what became of it. */
export interface DemoItem {
  readonly row: ItemRow;
  readonly spans: readonly WithUnit[];
  /** when it was closed, the first time and the last; empty while it never was */
  readonly closings: readonly { readonly round: number; readonly on: LocalDate }[];
  /** the due day before it was extended, and since when it is another */
  readonly extended: { readonly on: LocalDate; readonly before: LocalDate } | null;
  readonly events: readonly EventRow[];
  readonly papers: readonly DemoPaper[];
}

/** The items of `heshan-supervision.csv` with their history, numbered in the order of their registration. */
export function demoItems(city: City): DemoItem[] {
  const records = readSeedCsv("heshan-supervision.csv").sort((a, b) =>
    (a["登记日"] ?? "").localeCompare(b["登记日"] ?? ""),
  );
  return records.map((record, index) => makeDemoItem(city, (name) => record[name] ?? "", index + 1));
}

function makeDemoItem(city: City, field: Field, running: number): DemoItem {
  const later = (day: LocalDate, workdays: string | number) => addWorkdays(city.calendar, day, Number(workdays));
  const registeredOn = localDate(field("登记日"));
  const since = (name: string) => (field(name) ? later(registeredOn, field(name)) : null);
  const title = field("事项");
  const state = keysOf(SUPERVISION_STATES).find((each) => each === field("状态")) ?? "assigned";
  const reopened = Number(field("重办"));
  const isClosed = state === "closed";
  const repliedOn = since("办结工作日") ?? (state === "replied" ? later(registeredOn, 14) : null);
  const closedOn = isClosed && repliedOn ? later(repliedOn, 1) : null;
  // Closed within the limit at first, and taken up again when a check found it wanting.
  const first =
    reopened > 0
      ? { repliedOn: later(registeredOn, 8), closedOn: later(registeredOn, 9), reopenedOn: later(registeredOn, 12) }
      : null;
  const [originalDue, extendedDue] = [later(registeredOn, field("期限工作日")), since("延期后工作日")];
  const extendedOn = since("延期于工作日");
  const id = demoId("supervision", title, officeHours(registeredOn, title));
  const at = (day: LocalDate, what: string) => officeHours(day, title, what);
  const repliedAt = repliedOn && at(repliedOn, "reply");
  const closedAt = closedOn && at(closedOn, "close");
  const row: ItemRow = {
    id,
    regionId: city.regionId,
    number: supervisionNumber("item", SUPERVISION_YEAR, running),
    origin: keysOf(SUPERVISION_ORIGINS).find((each) => SUPERVISION_ORIGINS[each] === field("来源")) ?? "manual",
    unitId: city.unit(field("单位")).id,
    title,
    requirement: field("要求"),
    state,
    registeredOn,
    dueOn: extendedDue ?? originalDue,
    reply: field("反馈") || null,
    repliedAt,
    verifiedBy: state === "verified" || isClosed ? city.person("bureau").id : null,
    closedAt,
    reopenedCount: reopened,
  };
  const papers = papersOf(city, field, row);
  return {
    row,
    spans: [
      ...(first ? [{ round: 0, from: registeredOn, until: first.repliedOn }] : []),
      { round: reopened, from: first?.reopenedOn ?? registeredOn, until: repliedOn },
    ],
    closings: [
      ...(first ? [{ round: 0, on: first.closedOn }] : []),
      ...(closedOn ? [{ round: reopened, on: closedOn }] : []),
    ],
    extended: extendedOn && extendedDue ? { on: extendedOn, before: originalDue } : null,
    papers,
    events: itemEvents(city, row, papers, {
      accepted: state === "assigned" ? null : at(later(registeredOn, 1), "accept"),
      urged: [since("催办工作日")].map((on) => on && at(on, "urge"))[0] ?? null,
      extended: extendedOn && {
        at: at(extendedOn, "extend"),
        from: originalDue,
        to: row.dueOn,
        why: field("延期原因"),
      },
      first: first && {
        repliedAt: at(first.repliedOn, "first reply"),
        closedAt: at(first.closedOn, "first close"),
        reopenedAt: at(first.reopenedOn, "reopen"),
      },
      proof: field("销号依据"),
    }),
  };
}

const papersOf = (city: City, field: Field, { id, unitId, title, repliedAt, closedAt, reopenedCount = 0 }: ItemRow) => {
  const unit = city.units.find((each) => each.id === unitId);
  const paper = (
    name: string,
    purpose: "reply" | "closing",
    at: Date | null | undefined,
    by: Person | undefined,
  ): DemoPaper[] =>
    name && at && by
      ? [
          {
            id: demoId("supervision-paper", `${title} ${purpose}`, at),
            owner: { itemId: id ?? "" },
            unitId,
            round: reopenedCount,
            purpose,
            name,
            at,
            by,
          },
        ]
      : [];
  return [
    ...paper(field("反馈材料"), "reply", repliedAt, unit && city.filerOf(unit)),
    ...paper(field("销号依据"), "closing", closedAt, city.person("bureau")),
  ];
};

/** The moments of an item's life that its row does not tell. */
interface Moments {
  readonly accepted: Date | null;
  readonly urged: Date | null;
  readonly extended: {
    readonly at: Date;
    readonly from: LocalDate;
    readonly to: LocalDate;
    readonly why: string;
  } | null;
  readonly first: { readonly repliedAt: Date; readonly closedAt: Date; readonly reopenedAt: Date } | null;
  readonly proof: string;
}

const HOUR_MS = 3_600_000;

function itemEvents(city: City, item: ItemRow, papers: readonly DemoPaper[], moments: Moments): EventRow[] {
  const { number, title, unitId, registeredOn, repliedAt, closedAt, reply } = item;
  const unit = city.units.find(({ id }) => id === unitId);
  if (!unit) return [];
  const [assessor, bureau, filer] = [city.person("assessor"), city.person("bureau"), city.filerOf(unit)];
  const event = (type: string, actor: Person, at: Date, reason?: string | null, facts: object = {}) =>
    eventRow(actor, {
      type,
      subject: { type: "supervisionItem", id: item.id ?? "" },
      at,
      payload: { number, title, unitId, ...facts },
      ...(reason && { reason }),
    });
  const named = (purpose: DemoPaper["purpose"]) => {
    const list = papers
      .filter((paper) => paper.purpose === purpose)
      .map(({ id, name }) => ({ id, name: `${name}.pdf` }));
    return list.length > 0 ? { papers: list } : {};
  };
  const { accepted, urged, extended, first, proof } = moments;
  return [
    event("supervisionRegistered", assessor, officeHours(registeredOn, title)),
    ...(accepted ? [event("supervisionAccepted", filer, accepted)] : []),
    ...(urged ? [event("supervisionUrged", assessor, urged)] : []),
    ...(extended
      ? [event("supervisionExtended", bureau, extended.at, extended.why, { from: extended.from, to: extended.to })]
      : []),
    ...(first
      ? [
          event("supervisionReplied", filer, first.repliedAt, "已完成名单比对。"),
          event("supervisionVerified", bureau, new Date(first.repliedAt.getTime() + HOUR_MS)),
          event("supervisionClosed", bureau, first.closedAt, "名单比对结果"),
          event("supervisionReopened", bureau, first.reopenedAt, "抽查发现比对范围不全，须补充比对。"),
        ]
      : []),
    ...(repliedAt ? [event("supervisionReplied", filer, repliedAt, reply, named("reply"))] : []),
    ...(repliedAt && item.verifiedBy
      ? [event("supervisionVerified", bureau, new Date(repliedAt.getTime() + HOUR_MS))]
      : []),
    ...(closedAt ? [event("supervisionClosed", bureau, closedAt, proof || "经核实已办结", named("closing"))] : []),
  ];
}
