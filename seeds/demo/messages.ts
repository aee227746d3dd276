import { and, asc, eq, gte, inArray, isNull, lt, or, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import {
  domainEvents,
  messages,
  monthlyReports,
  outgoingHosts,
  projects,
  reportReminders,
  robots,
  sendings,
  users,
} from "@db/schema";
import { addDays, localDate, localDateOf, startOfDay, type LocalDate } from "~/kernel/local-date";
import { formatPeriod } from "~/kernel/period";
import { isWorkday } from "~/kernel/work-calendar";
import { reminderFiguresOf, reminderStage, reminderTitle, reportsHref, type ReminderStage } from "~/modules/progress";
import type { RuleFigures } from "~/platform/figures.server";

import { chance } from "./chance";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow } from "./events";
import { insertAll } from "./insert";
import { FOUNDED_AT } from "./regions";
import { DEMO_TODAY } from "./today";

type MessageRow = typeof messages.$inferInsert;
type SendingRow = typeof sendings.$inferInsert;

/** Reports due since then are still in the log. */
const LOG_FROM = localDate("2026-04-20");
/** What came since then was not read yet. */
const UNREAD_FROM = localDate("2026-07-16");
/** The bureau urged the reports that were missing on this day. */
const URGED_ON = localDate("2026-07-17");
/** Reminders are looked for this long before a due day. @unit days */
const BEFORE_DUE = 21;
const REMINDED_AT_MS = (8 * 60 + 30) * 60_000;
/** Mails that did not arrive at once, out of a hundred; the unit whose mailbox is no more. */
const SLOW_PERCENT = 4;
const DEAD_MAILBOX_UNIT = "市水利局";

const HOSTS = [
  ["oapi.dingtalk.com", "钉钉群机器人"],
  ["qyapi.weixin.qq.com", "企业微信群机器人"],
] as const;

/**
 * Messages that left the house in the last months: addresses under .invalid, two robots that are switched off, and the
 * reminders and urgings of the monthly reports as the rule gives them for every day up to today, so that the first run of
 * the job has nothing to make up for.
 */
export async function writeMessages(tx: Transaction, city: City, figures: RuleFigures): Promise<void> {
  const regionIds = city.regions.map(({ id }) => id);
  await tx
    .update(users)
    .set({ email: sql`${users.username} || '@demo.invalid'` })
    .where(inArray(users.regionId, regionIds));
  const groups = await writeChannels(tx, city);
  const reports = await reportsOf(tx, city);
  const told = [...reminders(city, figures, reports), ...urgings(reports)];
  await insertAll(
    tx,
    reportReminders,
    told.flatMap(({ stage, day, reports: of }) =>
      stage ? of.map(({ id: reportId, regionId }) => ({ reportId, regionId, stage, sentOn: day })) : [],
    ),
  );
  await insertAll(
    tx,
    domainEvents,
    told.flatMap(({ stage, at, reports: of }) =>
      stage
        ? []
        : of.map(({ id, projectId, projectName, period }) =>
            eventRow(city.person("bureau"), {
              subject: { type: "report", id },
              type: "reportUrged",
              at,
              payload: { projectId, projectName, period },
            }),
          ),
    ),
  );
  const sent = told.map((one) => leave(city, groups, one));
  await insertAll(
    tx,
    messages,
    sent.flatMap((one) => one.inbox),
  );
  await insertAll(
    tx,
    sendings,
    sent.flatMap((one) => one.outside),
  );
}

interface Groups {
  readonly region: { readonly id: string; readonly name: string };
  readonly unit: { readonly id: string; readonly name: string; readonly unitId: string };
}

async function writeChannels(tx: Transaction, city: City): Promise<Groups> {
  const { regionId } = city;
  const addedAt = officeHours(localDate("2026-03-02"), "outgoing hosts");
  await insertAll(
    tx,
    outgoingHosts,
    HOSTS.map(([host, note]) => ({
      ...{ id: demoId("outgoing host", host, addedAt), regionId, host, note, addedAt },
      addedBy: city.person("secadmin").id,
    })),
  );
  const unitId = city.unit("市自然资源局").id;
  const robotId = (name: string) => demoId("robot", name, FOUNDED_AT);
  const region = { id: robotId("region"), name: "数据局月报催办群（演示环境不外发）" };
  const unit = { id: robotId("unit"), name: "自然资源局项目群（演示环境不外发）", unitId };
  await insertAll(tx, robots, [
    {
      ...{ ...region, regionId, brand: "dingtalk", enabled: false, secret: "SEC-demonstration" },
      url: "https://oapi.dingtalk.com/robot/send?access_token=demonstration",
    },
    {
      ...{ ...unit, regionId, brand: "wecom", enabled: false },
      url: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=demonstration",
    },
  ]);
  return { region, unit };
}

async function reportsOf(tx: Transaction, city: City) {
  const rows = await tx
    .select({ report: monthlyReports, projectName: projects.name })
    .from(monthlyReports)
    .innerJoin(projects, eq(projects.id, monthlyReports.projectId))
    .where(
      and(
        eq(monthlyReports.regionId, city.regionId),
        gte(monthlyReports.dueOn, LOG_FROM),
        lt(monthlyReports.dueOn, addDays(DEMO_TODAY, BEFORE_DUE)),
        or(isNull(monthlyReports.firstSubmittedAt), gte(monthlyReports.firstSubmittedAt, startOfDay(LOG_FROM))),
      ),
    )
    .orderBy(asc(monthlyReports.id));
  return rows.map(
    ({ report: { id, projectId, unitId, regionId, period, dueOn, state, firstSubmittedAt }, projectName }) => ({
      ...{ id, projectId, unitId, regionId, period, dueOn, projectName },
      awaitsSignature: state === "awaitingSignature",
      submittedOn: firstSubmittedAt && localDateOf(firstSubmittedAt),
    }),
  );
}

type Report = Awaited<ReturnType<typeof reportsOf>>[number];

/** What one unit was told at one moment. */
interface Told {
  /** undefined: the bureau urged */
  readonly stage: ReminderStage | undefined;
  readonly day: LocalDate;
  readonly at: Date;
  readonly reports: readonly Report[];
  readonly title: string;
}

/** The reminders that the daily run would have given: each stage on the first day on which an unsent report reached it. */
function reminders({ calendar }: City, figures: RuleFigures, reports: readonly Report[]): Told[] {
  const limits = reminderFiguresOf(figures);
  const groups = new Map<string, { stage: ReminderStage; day: LocalDate; reports: Report[] }>();
  for (const report of reports) {
    const { dueOn, unitId, submittedOn } = report;
    const given = new Set<ReminderStage>();
    for (
      let day = addDays(dueOn, -BEFORE_DUE);
      day <= DEMO_TODAY && !(submittedOn && submittedOn <= day);
      day = addDays(day, 1)
    ) {
      const stage = reminderStage({ calendar, dueOn, today: day, figures: limits });
      if (!stage || given.has(stage)) continue;
      given.add(stage);
      const key = `${day} ${unitId} ${stage}`;
      const group = groups.get(key) ?? { stage, day, reports: [] };
      group.reports.push(report);
      groups.set(key, group);
    }
  }
  return [...groups.values()]
    .map((group) => ({
      ...group,
      at: new Date(startOfDay(group.day).getTime() + REMINDED_AT_MS),
      title: reminderTitle(calendar, group.reports, group.day),
    }))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** The bureau's urging of what was missing. */
function urgings(reports: readonly Report[]): Told[] {
  const missing = reports.filter(
    ({ submittedOn, dueOn }) => dueOn < URGED_ON && !(submittedOn && submittedOn <= URGED_ON),
  );
  return missing.map((report) => {
    const { projectName, period, dueOn, id } = report;
    const title = `催报：请报送${projectName}${formatPeriod(period)}月报（截止 ${dueOn}，已超期）`;
    return { stage: undefined, day: URGED_ON, at: officeHours(URGED_ON, "urged", id), reports: [report], title };
  });
}

/** One message in the inboxes of the unit's people, and as it left by mail and to the groups. */
function leave(city: City, groups: Groups, { stage, day, at, reports, title }: Told) {
  const [first] = reports;
  if (!first) throw new Error("a message about no report");
  const unit = city.units.find(({ id }) => id === first.unitId);
  if (!unit) throw new Error("a report of no unit");
  const { regionId } = city;
  const href = reports.length === 1 ? `/projects/${first.projectId}/reports/${first.period}` : reportsHref(reports);
  const occasion = stage ? `report-reminder ${stage} ${first.id}` : `report-urged ${day} ${first.id}`;
  const people = [city.filerOf(unit), city.leadOf(unit)];
  const inbox = people.map((person): MessageRow => {
    const id = demoId("message", `${occasion} ${person.username}`, at);
    const readAt = day >= UNREAD_FROM ? null : officeHours(nextWorkday(city, day), "read", person.username, occasion);
    return { id, regionId, userId: person.id, title, href, createdAt: at, readAt, occasion };
  });
  const common = { regionId, subject: title, createdAt: at, nextAttemptAt: at };
  const mails = people.map((person): SendingRow => {
    const address = `${person.username}@demo.invalid`;
    const id = demoId("sending", `${occasion} ${address}`, at);
    const body = `${title}\n\n本邮件由明镜系统自动发出，请勿回复。\n`;
    const shared = { ...common, id, kind: "mail" as const, userId: person.id, address, body, occasion };
    if (unit.name === DEAD_MAILBOX_UNIT && person.role === "unitLead") {
      return { ...shared, state: "dead", attempts: 1, lastError: "mail 550 5.1.1 mailbox unavailable" };
    }
    const { between } = chance("mail", id);
    const isSlow = between(1, 100) <= SLOW_PERCENT;
    const seconds = isSlow ? between(60, 300) : between(1, 9);
    return { ...shared, state: "sent", attempts: isSlow ? 3 : 1, sentAt: new Date(at.getTime() + seconds * 1_000) };
  });
  const told = [...(stage ? [] : [groups.region]), ...(unit.id === groups.unit.unitId ? [groups.unit] : [])];
  const toGroups = told.map((group): SendingRow => {
    const id = demoId("sending", `${occasion} ${group.id}`, at);
    // What was urged of a day reached a group together.
    const batchId = demoId("batch", `${day} ${group.id}`, at);
    const sentAt = new Date(at.getTime() + 2_000);
    return {
      ...{ ...common, id, kind: "robot", robotId: group.id, address: group.name, body: title, batchId, sentAt },
      ...{ occasion: `${occasion} ${group.id}`, state: "sent", attempts: 1 },
    };
  });
  return { inbox, outside: [...mails, ...toGroups] };
}

function nextWorkday({ calendar }: City, from: LocalDate): LocalDate {
  let day = addDays(from, 1);
  while (!isWorkday(calendar, day)) day = addDays(day, 1);
  return day;
}
