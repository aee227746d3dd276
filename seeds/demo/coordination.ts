import { and, asc, eq, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import {
  coordinationMatters,
  domainEvents,
  monthlyReports,
  monthlyReportVersions,
  projects,
  supervisionItems,
  supervisionSequences,
} from "@db/schema";
import { type LocalDate, localDate, localDateOf } from "~/kernel/local-date";
import { addWorkdays } from "~/kernel/work-calendar";
import { hearReport } from "~/modules/progress/index";
import { supervisionNumber } from "~/modules/supervision/index";
import type { RuleFigures } from "~/platform/figures.server";

import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow, type EventRow } from "./events";
import { insertAll } from "./insert";
import type { Person } from "./people";
import { DEMO_TODAY } from "./today";

type MatterRow = typeof coordinationMatters.$inferInsert;

/** What the leading group and the bureau did with a project's matter beside the usual; days are those of the demonstration. */
interface Handled {
  /** it waits: nobody has answered yet */
  readonly unanswered?: true;
  readonly advice: string;
  readonly answer: string;
  /** made an item of a unit on a day */
  readonly itemised?: { readonly on: string; readonly unit: string; readonly requirement: string };
  /** the bureau found it settled on a day */
  readonly settled?: { readonly on: string; readonly reason: string } | undefined;
}

const USUAL: Handled = {
  advice: "建议由数据局牵头，一周内召集相关单位明确联络人和接口要求。",
  answer: "同意数据局意见，由数据局牵头协调，进展每周报领导小组办公室。",
};

const HANDLED: Readonly<Record<string, Handled>> = {
  医联体综合管理平台: {
    unanswered: true,
    advice: "经了解，三家镇卫生院尚未确定联络人。建议由市卫生健康局指定专人驻场，数据局按周核对接口。",
    answer: "",
  },
  智慧城管: {
    advice: "公安、交通的视频接口已具备条件，建议明确开放时限。",
    answer: "请数据局会同市公安局落实接口开放，超过时限的按督办处理。",
    itemised: {
      on: "2026-07-17",
      unit: "市公安局",
      requirement: "向智慧城管开放视频接口，派专人参加联合测试，按周通报进展。",
    },
  },
  政务数据融合中台: {
    ...USUAL,
    settled: { on: "2026-05-08", reason: "接口规范已印发，测试数据已交付，现场核实可用。" },
  },
};

/** Workdays from the raising to the bureau's advice and to the answer. */
const ADVISED_AFTER = 3;
const ANSWERED_AFTER = 9;

/** A signed version of a report, as the matters hear of it. */
interface Said {
  readonly projectId: string;
  readonly projectName: string;
  readonly unitId: string;
  readonly reportId: string;
  readonly period: string;
  readonly text: string;
  readonly at: Date;
  /** an accepted project reports no more: what it still asked for ends with it */
  readonly acceptedOn: LocalDate | null;
}

/** The matters that the demonstration's signed reports raised, heard one after the other by the rule of real ones. */
export async function writeCoordination(tx: Transaction, city: City, figures: RuleFigures): Promise<void> {
  const said = await signedVersions(tx, city.regionId);
  const byProject = new Map<string, Said[]>();
  for (const version of said) byProject.set(version.projectId, [...(byProject.get(version.projectId) ?? []), version]);
  const lives = [...byProject.values()].map((versions) => liveOf(city, figures, versions));
  const items = lives.flatMap(({ item }) => item ?? []).sort((a, b) => a.registeredOn.localeCompare(b.registeredOn));
  for (const item of items) await insertItem(tx, city, item);
  await insertAll(
    tx,
    coordinationMatters,
    lives.flatMap(({ matters }) => matters),
  );
  await insertAll(
    tx,
    domainEvents,
    lives.flatMap(({ events }) => events),
  );
}

/** In the order in which they were signed. */
const signedVersions = (tx: Transaction, regionId: string): Promise<Said[]> =>
  tx
    .select({
      projectId: projects.id,
      projectName: projects.name,
      unitId: projects.unitId,
      reportId: monthlyReports.id,
      period: monthlyReports.period,
      text: sql<string>`coalesce(${monthlyReportVersions.content}->>'mattersToSettle', '')`,
      at: monthlyReportVersions.submittedAt,
      acceptedOn: projects.acceptedOn,
    })
    .from(monthlyReportVersions)
    .innerJoin(monthlyReports, eq(monthlyReports.id, monthlyReportVersions.reportId))
    .innerJoin(projects, eq(projects.id, monthlyReports.projectId))
    .where(eq(projects.regionId, regionId))
    .orderBy(asc(projects.code), asc(monthlyReportVersions.submittedAt), asc(monthlyReports.period));

type Item = Omit<typeof supervisionItems.$inferInsert, "number">;

interface Life {
  readonly matters: MatterRow[];
  readonly events: EventRow[];
  readonly item?: Item | undefined;
}

/** One project's matters: each version is heard in its turn, and between them the offices do their part. */
function liveOf(city: City, figures: RuleFigures, versions: readonly Said[]): Life {
  const matters: MatterRow[] = [];
  const events: EventRow[] = [];
  let newestPeriod = "";
  let isEndedByUnit = false;
  let item: Item | undefined;
  for (const version of versions) {
    item = handle(city, version, localDateOf(version.at), matters.at(-1), events) ?? item;
    if (version.period < newestPeriod) continue;
    newestPeriod = version.period;
    const newest = matters.at(-1);
    const heard = hearReport(version, newest && { ...newest, isEndedByUnit });
    if (heard === "nothing") continue;
    const on = localDateOf(version.at);
    if (heard === "raise") {
      matters.push(raised(city, figures, version, on));
      isEndedByUnit = false;
    } else if (newest) {
      tellEvent(events, lead(city, version), version, newest, EVENT_OF[heard], version.at, {
        ...(heard === "revise" && { text: version.text, textBefore: newest.text }),
      });
      newest.version = (newest.version ?? 1) + 1;
      newest.lastReportId = version.reportId;
      if (heard === "revise") newest.text = version.text;
      else {
        Object.assign(newest, { state: heard === "withdraw" ? "withdrawn" : "settled", endedOn: on });
        isEndedByUnit = true;
      }
    }
    const raisedNow = matters.at(-1);
    if (heard === "raise" && raisedNow) {
      tellEvent(events, lead(city, version), version, raisedNow, "coordinationRaised", version.at, {
        period: version.period,
        text: version.text,
      });
    }
  }
  const last = versions.at(-1);
  if (last) item = handle(city, last, DEMO_TODAY, matters.at(-1), events) ?? item;
  return { matters, events, item };
}

const EVENT_OF = {
  revise: "coordinationRevised",
  withdraw: "coordinationWithdrawn",
  clear: "coordinationCleared",
} as const;

const lead = (city: City, { unitId }: Said): Person => {
  const unit = city.units.find(({ id }) => id === unitId);
  if (!unit) throw new Error(`the demonstration has no unit ${unitId}`);
  return city.leadOf(unit);
};

function tellEvent(
  events: EventRow[],
  actor: Person,
  { projectId, projectName, unitId }: Said,
  matter: MatterRow,
  type: string,
  at: Date,
  more: Readonly<Record<string, unknown>> = {},
  reason?: string,
): void {
  const payload = { projectId, projectName, unitId, ...more };
  events.push(eventRow(actor, { type, subject: { type: "coordinationMatter", id: matter.id }, at, payload, reason }));
}

function raised(city: City, figures: RuleFigures, said: Said, on: LocalDate): MatterRow {
  const { projectId, projectName, unitId, reportId, text, at } = said;
  return {
    id: demoId("coordination", `${projectName} ${at.toISOString()}`, at),
    regionId: city.regionId,
    ...{ projectId, unitId, text },
    raisedByReportId: reportId,
    lastReportId: reportId,
    state: "raised",
    raisedOn: on,
    answerDueOn: addWorkdays(city.calendar, on, figures.number("coordination.answerWorkdays")),
    version: 1,
  };
}

/** What bureau and leading group did with an open matter before a day. */
function handle(
  city: City,
  said: Said,
  until: LocalDate,
  matter: MatterRow | undefined,
  events: EventRow[],
): Item | undefined {
  if (!matter || matter.endedOn) return undefined;
  const { unanswered, advice, answer, itemised, settled = endOf(said) } = HANDLED[said.projectName] ?? USUAL;
  const [bureau, leader] = [city.person("bureau"), city.person("leader")];
  const later = (workdays: number) => addWorkdays(city.calendar, matter.raisedOn, workdays);
  const moment = (on: LocalDate, what: string) => officeHours(on, said.projectName, what);
  const step = (actor: Person, type: string, at: Date, change: Partial<MatterRow>, reason?: string) => {
    tellEvent(events, actor, said, matter, type, at, {}, reason);
    Object.assign(matter, change, { version: (matter.version ?? 1) + 1 });
  };
  if (!matter.advisedAt && later(ADVISED_AFTER) < until) {
    const at = moment(later(ADVISED_AFTER), "advice");
    step(bureau, "coordinationAdvised", at, { advice, advisedBy: bureau.id, advisedAt: at });
  }
  if (!unanswered && matter.state === "raised" && later(ANSWERED_AFTER) < until) {
    const at = moment(later(ANSWERED_AFTER), "answer");
    step(leader, "coordinationAnswered", at, { state: "answered", answer, answeredBy: leader.id, answeredAt: at });
  }
  if (matter.state !== "answered") return undefined;
  if (settled && matter.raisedOn < settled.on && settled.on < until) {
    const on = localDate(settled.on);
    step(bureau, "coordinationSettled", moment(on, "settle"), { state: "settled", endedOn: on }, settled.reason);
  }
  if (!itemised || itemised.on >= until) return undefined;
  const on = localDate(itemised.on);
  const at = moment(on, "itemise");
  const item = itemOf(city, said, matter, on, itemised);
  step(leader, "coordinationItemised", at, { state: "itemised", answeredAt: at, itemId: item.id });
  return item;
}

const endOf = ({ acceptedOn }: Said): Handled["settled"] =>
  acceptedOn === null ? undefined : { on: acceptedOn, reason: "项目已通过终验，联合测试已完成，事项不再需要协调。" };

const ITEM_WORKDAYS = 20;

function itemOf(
  city: City,
  { projectName }: Said,
  matter: MatterRow,
  on: LocalDate,
  { unit, requirement }: { readonly unit: string; readonly requirement: string },
): Item {
  return {
    id: demoId("supervision", `coordination ${projectName}`, officeHours(on, projectName, "itemise")),
    regionId: city.regionId,
    origin: "coordination",
    originId: matter.id,
    unitId: city.unit(unit).id,
    title: `${projectName}需协调事项`,
    requirement,
    state: "assigned",
    registeredOn: on,
    dueOn: addWorkdays(city.calendar, on, ITEM_WORKDAYS),
  };
}

/** The next number of the year: items are numbered in the order of their registration. */
async function insertItem(tx: Transaction, city: City, item: Item): Promise<void> {
  const year = Number(item.registeredOn.slice(0, 4));
  const [sequence] = await tx
    .update(supervisionSequences)
    .set({ last: sql`${supervisionSequences.last} + 1` })
    .where(
      and(
        eq(supervisionSequences.regionId, city.regionId),
        eq(supervisionSequences.series, "item"),
        eq(supervisionSequences.year, year),
      ),
    )
    .returning();
  if (!sequence) throw new Error("the demonstration has no supervised items yet");
  const number = supervisionNumber("item", year, sequence.last);
  const { unitId, title, dueOn } = item;
  await tx.insert(supervisionItems).values({ ...item, number });
  await tx.insert(domainEvents).values(
    eventRow(city.person("leader"), {
      type: "supervisionRegistered",
      subject: { type: "supervisionItem", id: item.id },
      at: officeHours(item.registeredOn, title, "register"),
      payload: { number, title, unitId, dueOn },
    }),
  );
}
