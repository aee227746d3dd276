import { and, asc, count, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import {
  monthlyReports,
  projects,
  regions,
  reportReminders,
  supervisionItems,
  supervisionSlips,
  supervisionTalks,
} from "@db/schema";
import { makeCity, makeUnit, type TestCity } from "@tests/support/factories";
import { makeProjectUnderWay, type TestProject } from "@tests/support/factories/progress";
import { accepted } from "@tests/support/factories/projects";
import { dayAfter } from "@tests/support/simulated-year/days";
import { LIMITS, recount, type Colour, type RecountedDay, type Status } from "@tests/support/simulated-year/recount";
import { MESSAGE_LIMITS, recountReminders, recountSlips } from "@tests/support/simulated-year/recount-messages";
import {
  writeScript,
  type ScriptedItem,
  type ScriptedProject,
  type ScriptedReport,
} from "@tests/support/simulated-year/script";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate, startOfDay } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import { openReports } from "~/modules/progress/duty/open-reports.server";
import { remindReports } from "~/modules/progress/duty/remind-reports.server";
import { progressListeners } from "~/modules/progress/index.server";
import { refreshLights } from "~/modules/progress/light/refresh-lights.server";
import { reportStatus } from "~/modules/progress/progress.rules";
import { signReport } from "~/modules/progress/report/sign-report.server";
import { submitReport } from "~/modules/progress/report/submit-report.server";
import { STAGES_UNDER_WAY } from "~/modules/projects";
import { resumeProject } from "~/modules/projects/resume-project.server";
import { suspendProject } from "~/modules/projects/suspend-project.server";
import { closeItem } from "~/modules/supervision/close-item.server";
import { registerItem } from "~/modules/supervision/register-item.server";
import { replyItem } from "~/modules/supervision/reply-item.server";
import { issueSlips } from "~/modules/supervision/slips/issue-slips.server";
import { callTalks } from "~/modules/supervision/talks/call-talks.server";
import { verifyItem } from "~/modules/supervision/verify-item.server";
import { loadFigures } from "~/platform/figures.server";
import { setDemonstrationToday } from "~/platform/installation.server";
import { relayOutbox } from "~/platform/outbox.server";

const SEED = 20_260_101;
const script = writeScript(SEED, { projects: Number(process.env.SIMULATED_PROJECTS ?? 200), items: 60 });
const expected = recount(script);

const HOUR_MS = 3_600_000;

const db = testDatabase();

/** People of a unit of the script. */
interface People {
  readonly unitId: string;
  readonly regionId: string;
  readonly filer: Actor;
  readonly lead: Actor;
}

let city: TestCity;
let bureau: Actor;
const people: People[] = [];
const made = new Map<string, TestProject>();

beforeAll(async () => {
  city = await makeCity(db);
  const [own, other] = script.reportingDays;
  await db.update(regions).set({ reportingDay: own }).where(eq(regions.id, city.regionId));
  await db.update(regions).set({ reportingDay: other }).where(eq(regions.id, city.otherRegionId));
  bureau = await city.as("bureauReviewer");
  bureau = { ...bureau, regionIds: [city.regionId, city.otherRegionId] };
  for (const [index, { region }] of script.units.entries()) {
    const regionId = region === 0 ? city.regionId : city.otherRegionId;
    const unitId = await makeUnit(db, regionId, `模拟单位${index + 1}`);
    people.push({
      unitId,
      regionId,
      filer: { ...(await city.as("filer", unitId)), regionId, regionIds: [regionId] },
      lead: { ...(await city.as("unitLead", unitId)), regionId, regionIds: [regionId] },
    });
  }
});

const peopleOf = ({ unit }: { readonly unit: number }): People => people[unit] ?? expect.fail("no such unit");
const idOf = ({ name }: ScriptedProject): string => made.get(name)?.id ?? expect.fail(`${name} was not begun`);

async function begin(project: ScriptedProject): Promise<void> {
  const { unitId, regionId } = peopleOf(project);
  made.set(
    project.name,
    await makeProjectUnderWay(city, {
      startedOn: project.startedOn,
      plan: project.milestones,
      more: { name: project.name, unitId, regionId },
    }),
  );
}

/** Fills a month's report and has it signed: what the unit does in the product. */
async function report(project: ScriptedProject, { month, proves }: ScriptedReport, percent: string, day: string) {
  const { filer, lead } = peopleOf(project);
  const projectId = idOf(project);
  const [row] = await db
    .select({ version: monthlyReports.version })
    .from(monthlyReports)
    .where(and(eq(monthlyReports.projectId, projectId), eq(monthlyReports.period, period(month))));
  const ref = { projectId, period: period(month), version: row?.version ?? expect.fail(`${project.name} ${month}`) };
  const claims = proves.map((at) => ({
    milestoneId: made.get(project.name)?.milestoneIds[at] ?? expect.fail("no milestone"),
    completedOn: localDate(project.milestones[at]?.completedOn ?? expect.fail("never completed")),
    evidence: "阶段验收单",
  }));
  const text = { doneThisMonth: "按计划推进", nextMonth: "继续推进", problems: "", mattersToSettle: "" };
  const { version } = accepted(
    await submitReport(city.ctx(filer, day), ref, { actualPercent: percent, ...text, claims }),
  );
  accepted(await signReport(city.ctx(lead, day), { ...ref, version }));
}

async function turn(verb: typeof suspendProject, project: ScriptedProject, day: string): Promise<void> {
  const projectId = idOf(project);
  const [row] = await db.select({ version: projects.version }).from(projects).where(eq(projects.id, projectId));
  accepted(await verb(city.ctx(bureau, day), { projectId, version: row?.version ?? 0, reason: "场地调整" }));
}

/** What the clock does in a night: twice at once, as two nodes would. */
async function runJobs(day: string): Promise<void> {
  const today = localDate(day);
  await Promise.all([openReports(db, today), openReports(db, today)]);
  await refreshLights(db, today);
  await refreshLights(db, today);
  const clock = { today, now: new Date(startOfDay(today).getTime() + 8 * HOUR_MS) };
  await Promise.all([remindReports(db, clock), remindReports(db, clock)]);
  await Promise.all([issueSlips(db, clock), issueSlips(db, clock)]);
  await Promise.all([callTalks(db, clock), callTalks(db, clock)]);
}

/** What people do in a day. */
async function act(day: string): Promise<void> {
  for (const project of script.projects) {
    if (project.startedOn > day) continue;
    for (const each of project.reports) {
      if (each.day === day) await report(project, each, each.percent, day);
      if (each.correction?.day === day) await report(project, each, each.correction.percent, day);
    }
    if (project.halt?.from === day) await turn(suspendProject, project, day);
    if (project.halt?.until === day) await turn(resumeProject, project, day);
  }
  for (const item of script.items) {
    if (item.registeredOn === day) await register(item, day);
    if (item.closedOn === day) await settle(item, day);
  }
}

async function register({ title, unit, dueOn }: ScriptedItem, day: string): Promise<void> {
  const { unitId } = peopleOf({ unit });
  const input = { unitId, origin: "manual" as const, title, requirement: "按期办结", dueOn: localDate(dueOn) };
  accepted(await registerItem(city.ctx(bureau, day), input));
}

/** The unit replies, the bureau verifies and closes, all on one day. */
async function settle({ title, unit }: ScriptedItem, day: string): Promise<void> {
  const step = async () => {
    const [item] = await db.select().from(supervisionItems).where(eq(supervisionItems.title, title));
    return { id: item?.id ?? expect.fail(title), version: item?.version ?? 0 };
  };
  accepted(await replyItem(city.ctx(peopleOf({ unit }).filer, day), { ...(await step()), reply: "已按要求办结" }));
  accepted(await verifyItem(city.ctx(bureau, day), await step()));
  accepted(await closeItem(city.ctx(bureau, day), { ...(await step()), proof: "验收单" }));
}

/** What the product says at the end of a day. */
async function standing(day: string): Promise<RecountedDay> {
  const statuses: Record<Status, number> = { onTime: 0, late: 0, missing: 0, notDue: 0 };
  const duties = await db
    .select({
      dueOn: monthlyReports.dueOn,
      submittedOn: sql<string | null>`(${monthlyReports.firstSubmittedAt} at time zone 'Asia/Shanghai')::date::text`,
    })
    .from(monthlyReports);
  for (const { dueOn, submittedOn } of duties)
    statuses[
      reportStatus({ dueOn, submittedOn: submittedOn === null ? null : localDate(submittedOn), today: localDate(day) })
    ]++;
  const lights: Record<Colour, number> = { green: 0, yellow: 0, red: 0 };
  const lit = await db
    .select({ light: projects.light, n: count() })
    .from(projects)
    .where(and(inArray(projects.stage, [...STAGES_UNDER_WAY]), isNotNull(projects.lightAsOf)))
    .groupBy(projects.light);
  for (const { light, n } of lit) lights[light] = n;
  return { statuses, lights };
}

describe("a year of 200 projects, day by day", () => {
  it("is judged by the limits that the recount knows", async () => {
    const figures = await loadFigures(db, localDate(script.firstDay));
    expect({
      redLag: figures.number("light.redLagPoints"),
      yellowLag: figures.number("light.yellowLagPoints"),
      redDays: figures.number("light.redOverdueDays"),
      redMissing: figures.number("light.redMissingReports"),
    }).toEqual(LIMITS);
    expect({
      first: figures.number("report.remindFirstWorkdays"),
      again: figures.number("report.remindAgainWorkdays"),
      last: figures.number("report.remindLastWorkdays"),
      every: figures.number("report.overdueEveryWorkdays"),
      times: figures.number("report.overdueReminders"),
      blue: figures.number("supervision.blueWorkdays"),
      red: figures.number("supervision.redWorkdays"),
      reds: figures.number("supervision.talkAfterReds"),
    }).toEqual(MESSAGE_LIMITS);
  });

  it("has of everything enough to prove something", () => {
    const ends = [...expected.duties.values()].map(({ status }) => status);
    for (const status of ["onTime", "late", "missing"] as const)
      expect(ends.filter((each) => each === status).length, status).toBeGreaterThan(script.projects.length / 20);
    const reds = [...expected.days.values()].filter(({ lights }) => lights.red > 0 && lights.yellow > 0);
    expect(reds.length).toBeGreaterThan(200);
    expect(script.projects.some(({ halt }) => halt)).toBe(true);
    expect(script.projects.some(({ reports }) => reports.some(({ correction }) => correction))).toBe(true);
  });

  it(
    "on every day the product counts what the recount counts",
    async () => {
      const differences: string[] = [];
      for (let day = script.firstDay; day <= script.lastDay; day = dayAfter(day)) {
        for (const project of script.projects) if (project.startedOn === day) await begin(project);
        await setDemonstrationToday(db, localDate(day));
        await runJobs(day);
        await act(day);
        await relayOutbox(db, progressListeners);
        const [is, should] = [await standing(day), expected.days.get(day)];
        if (JSON.stringify(is) !== JSON.stringify(should))
          differences.push(`${day}: ${JSON.stringify(is)} instead of ${JSON.stringify(should)}`);
        if (differences.length > 5) break;
      }
      expect(differences).toEqual([]);
    },
    20 * 60_000,
  );

  it("owes at the end exactly the duties of the recount, each with its due day and fate", async () => {
    const rows = await db
      .select({
        name: projects.name,
        month: monthlyReports.period,
        dueOn: monthlyReports.dueOn,
        submittedOn: sql<string | null>`(${monthlyReports.firstSubmittedAt} at time zone 'Asia/Shanghai')::date::text`,
      })
      .from(monthlyReports)
      .innerJoin(projects, eq(projects.id, monthlyReports.projectId))
      .orderBy(asc(projects.name), asc(monthlyReports.period));
    const today = localDate(script.lastDay);
    const stand = rows.map(({ name, month, dueOn, submittedOn }) => [
      `${name} ${month}`,
      {
        dueOn,
        status: reportStatus({ dueOn, submittedOn: submittedOn === null ? null : localDate(submittedOn), today }),
      },
    ]);
    expect(Object.fromEntries(stand)).toEqual(Object.fromEntries(expected.duties));
  });

  it("reminded of each report at each stage once, on the day of the recount", async () => {
    const rows = await db
      .select({
        name: projects.name,
        month: monthlyReports.period,
        stage: reportReminders.stage,
        on: reportReminders.sentOn,
      })
      .from(reportReminders)
      .innerJoin(monthlyReports, eq(monthlyReports.id, reportReminders.reportId))
      .innerJoin(projects, eq(projects.id, monthlyReports.projectId));
    const sent = Object.fromEntries(rows.map(({ name, month, stage, on }) => [`${name} ${month} ${stage}`, on]));
    const owed = new Set(expected.duties.keys());
    // The reminders of a duty that was taken back went with it.
    const should = [...recountReminders(script)].filter(([key]) => owed.has(key.split(" ").slice(0, 2).join(" ")));
    expect(should.length).toBeGreaterThan(script.projects.length);
    expect(sent).toEqual(Object.fromEntries(should));
  });

  it("issued each slip once, on its day, numbered without a gap; and called each talk once", async () => {
    const should = recountSlips(script);
    const slips = await db
      .select({
        id: supervisionSlips.id,
        title: supervisionItems.title,
        colour: supervisionSlips.colour,
        on: supervisionSlips.issuedOn,
        number: supervisionSlips.number,
      })
      .from(supervisionSlips)
      .innerJoin(supervisionItems, eq(supervisionItems.id, supervisionSlips.itemId));
    const issued = Object.fromEntries(slips.map(({ title, colour, on }) => [`${title} ${colour}`, on]));
    expect(issued).toEqual(Object.fromEntries(should.slips));
    for (const colour of ["blue", "orange", "red"]) expect(Object.keys(issued).join()).toContain(colour);
    const running = slips.map(({ number }) => number).filter((number) => number.includes("2026"));
    expect(new Set(running)).toEqual(new Set(running.map((_, index) => `督单〔2026〕${index + 1}号`)));

    const titleOf = new Map(slips.map(({ id, title }) => [id, title]));
    const talks = await db.select().from(supervisionTalks);
    expect(should.talks.size).toBeGreaterThan(0);
    const called = talks.map(({ unitId, calledOn, slipIds }) => [
      `${people.findIndex((each) => each.unitId === unitId)} ${calledOn}`,
      slipIds.map((id) => titleOf.get(id)),
    ]);
    expect(Object.fromEntries(called)).toEqual(Object.fromEntries(should.talks));
  });
});
