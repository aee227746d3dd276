import type { supervisionTalks } from "@db/schema";
import { addWorkdays } from "~/kernel/work-calendar";

import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow, type EventRow } from "./events";
import type { DemoPaper } from "./supervision-papers";

type TalkRow = typeof supervisionTalks.$inferInsert;

/** What came of the talks that were held, by the unit that was talked to. */
const HELD = [
  {
    unit: "桃源镇人民政府",
    /** after the talk was called @unit workdays */
    afterWorkdays: 6,
    attendees: "市政务服务数据管理局副局长、督办科负责人；桃源镇镇长、党政办主任",
    conclusion:
      "三个事项未按期办结，主要原因是人员变动后无人接手。镇政府明确由党政办专人负责，四月十日前全部办结，每周五报送进展。",
  },
] as const;

/** The talks as they stand: those that were held with their record and minutes, the others as they were called. */
export function heldTalks(city: City, called: readonly TalkRow[]) {
  const [events, papers]: [EventRow[], DemoPaper[]] = [[], []];
  const bureau = city.person("bureau");
  const rows = called.map((talk): TalkRow => {
    const facts = HELD.find(({ unit }) => city.unit(unit).id === talk.unitId);
    const { id = "", number, unitId } = talk;
    if (!facts) return talk;
    const heldOn = addWorkdays(city.calendar, talk.calledOn, facts.afterWorkdays);
    const at = officeHours(heldOn, number, "held");
    const name = `${facts.unit}约谈纪要`;
    const paperId = demoId("supervision-paper", number, at);
    papers.push({ id: paperId, owner: { talkId: id }, unitId, round: 0, purpose: "talk", name, at, by: bureau });
    const { attendees, conclusion } = facts;
    events.push(
      eventRow(bureau, {
        type: "supervisionTalkHeld",
        subject: { type: "supervisionTalk", id },
        at,
        reason: conclusion,
        payload: { number, unitId, title: number, heldOn, papers: [{ id: paperId, name: `${name}.pdf` }] },
      }),
    );
    return { ...talk, state: "held", heldOn, attendees, conclusion, heldBy: bureau.id, version: 2 };
  });
  return { rows, events, papers };
}
