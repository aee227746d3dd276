import type { supervisionSlips, supervisionTalks } from "@db/schema";
import { addDays, localDate, startOfDay, type LocalDate } from "~/kernel/local-date";
import { addWorkdays } from "~/kernel/work-calendar";
import { redsInRow, slipLimitsOf, slipsDue, supervisionNumber } from "~/modules/supervision/index";
import { slipContent, slipRow } from "~/modules/supervision/index.server";
import type { RuleFigures } from "~/platform/figures.server";

import type { City } from "./city";
import { demoId } from "./demo-id";
import type { EventRow } from "./events";
import { SUPERVISION_YEAR, type DemoItem } from "./supervision-items";
import { DEMO_TODAY } from "./today";

type SlipRow = typeof supervisionSlips.$inferInsert;
type TalkRow = typeof supervisionTalks.$inferInsert;
type Issued = ReturnType<typeof slipContent>;

/** When the daily run is: before the offices open. @unit ms after midnight */
const RUN_MS = 6.5 * 3_600_000;
const FIRST_DAY = localDate(`${SUPERVISION_YEAR}-01-01`);

/**
 * What the daily run would have issued and called on each day of the year until the demonstration's today, by the rules
 * themselves: it sees in the morning what had happened by the evening before.
 */
export function replaySlips(city: City, figures: RuleFigures, items: readonly DemoItem[]) {
  const { calendar, regionId } = city;
  const limits = slipLimitsOf(figures);
  const [slips, talks, events]: [Issued[], TalkRow[], EventRow[]] = [[], [], []];
  for (let day = FIRST_DAY; day <= DEMO_TODAY; day = addDays(day, 1)) {
    const runAt = new Date(startOfDay(day).getTime() + RUN_MS);
    const clocked = items.flatMap((item) => withUnitOn(item, day));
    const known = slips.map(({ itemId, round, colour }) => ({ itemId, round, colour }));
    for (const { item, colour } of slipsDue(clocked, known, calendar, day, limits)) {
      const number = supervisionNumber("slip", SUPERVISION_YEAR, slips.length + 1);
      // A millisecond apart, so that their ids keep the order of their numbers.
      const at = new Date(runAt.getTime() + slips.length);
      const unitName = city.units.find(({ id }) => id === item.unitId)?.name ?? "";
      const slip = { id: demoId("supervision-slip", number, at), number };
      const issued = slipContent(slip, { ...item, unitName }, colour, { calendar, limits }, day);
      slips.push(issued);
      const { itemId, ...payload } = issued;
      events.push(runEvent(regionId, "supervisionSlipIssued", { type: "supervisionItem", id: itemId }, at, payload));
    }
    for (const unit of city.units) {
      const called = callTalk(city, figures, unit, { items, slips, talks }, day, runAt);
      if (!called) continue;
      talks.push(called.talk);
      events.push(called.event);
    }
  }
  const rows: SlipRow[] = slips.map((slip) => slipRow(slip, regionId));
  return { slips: rows, talks, events };
}

/** The item as the run of a day sees it, when it is with its unit. */
function withUnitOn({ row, spans, extended }: DemoItem, day: LocalDate) {
  const span = spans.find(({ from, until }) => from < day && (until === null || until >= day));
  if (!span) return [];
  const { id = "", number, title, requirement, unitId } = row;
  const dueOn = extended && extended.on >= day ? extended.before : row.dueOn;
  return [{ id, number, title, requirement, unitId, dueOn, round: span.round, state: "accepted" as const }];
}

interface Known {
  readonly items: readonly DemoItem[];
  readonly slips: readonly Issued[];
  readonly talks: readonly TalkRow[];
}

function callTalk(
  city: City,
  figures: RuleFigures,
  unit: City["units"][number],
  { items, slips, talks }: Known,
  day: LocalDate,
  runAt: Date,
) {
  const reds = slips.filter(({ unitId, colour }) => unitId === unit.id && colour === "red");
  if (reds.length === 0) return undefined;
  const closed = items.flatMap(({ row, closings }) => {
    const closing = closings.findLast(({ on }) => on < day);
    const wasRed = reds.some(({ itemId, round }) => itemId === row.id && round === closing?.round);
    if (row.unitId !== unit.id || !closing || wasRed) return [];
    return [{ itemId: row.id ?? "", dueOn: row.dueOn, redSlipId: null, knownOn: closing.on }];
  });
  const lastTalk = talks.findLast(({ unitId }) => unitId === unit.id);
  const slipIds = redsInRow(
    [
      ...closed,
      ...reds.map(({ itemId, dueOn, slipId, issuedOn }) => ({ itemId, dueOn, redSlipId: slipId, knownOn: issuedOn })),
    ],
    lastTalk?.calledOn ?? null,
    figures.number("supervision.talkAfterReds"),
  );
  if (!slipIds) return undefined;
  const number = supervisionNumber("talk", SUPERVISION_YEAR, talks.length + 1);
  const dueOn = addWorkdays(city.calendar, day, figures.number("supervision.talkWorkdays"));
  const id = demoId("supervision-talk", number, runAt);
  const talk = {
    id,
    regionId: city.regionId,
    unitId: unit.id,
    number,
    state: "called" as const,
    calledOn: day,
    dueOn,
    slipIds,
  };
  const named = slipIds.flatMap((slipId) => reds.filter((slip) => slip.slipId === slipId));
  const payload = {
    ...{ number, unitId: unit.id, unitName: unit.name, calledOn: day, dueOn, title: `约谈${unit.name}` },
    slips: named.map((slip) => ({
      slipNumber: slip.slipNumber,
      issuedOn: slip.issuedOn,
      dueOn: slip.dueOn,
      itemNumber: slip.number,
      title: slip.title,
    })),
  };
  const event = runEvent(city.regionId, "supervisionTalkCalled", { type: "supervisionTalk", id }, runAt, payload);
  return { talk, event };
}

/** Something that the daily run did: the trail names the system. */
const runEvent = (
  regionId: string,
  type: string,
  subject: { readonly type: string; readonly id: string },
  at: Date,
  payload: Readonly<Record<string, unknown>>,
): EventRow => ({
  id: demoId("event", `${subject.id} ${type} ${at.toISOString()}`, at),
  regionId,
  type,
  subjectType: subject.type,
  subjectId: subject.id,
  at,
  actorId: "system",
  actorName: "自动办理",
  actorRole: "bureauReviewer",
  unitName: "系统",
  reason: null,
  payload: { ...payload },
});
