import type { LocalDate } from "~/kernel/local-date";
import { formatPeriod, type Period } from "~/kernel/period";
import { isWorkday, workdaysBetween, type WorkCalendar } from "~/kernel/work-calendar";

/** When unsent reports are reminded of, in working days. */
export interface ReminderFigures {
  readonly firstWorkdays: number;
  readonly againWorkdays: number;
  readonly lastWorkdays: number;
  readonly overdueEveryWorkdays: number;
  readonly overdueReminders: number;
}

/** The figures by the rule table's codes. */
export const reminderFiguresOf = (figures: { number(code: string): number }): ReminderFigures => ({
  firstWorkdays: figures.number("report.remindFirstWorkdays"),
  againWorkdays: figures.number("report.remindAgainWorkdays"),
  lastWorkdays: figures.number("report.remindLastWorkdays"),
  overdueEveryWorkdays: figures.number("report.overdueEveryWorkdays"),
  overdueReminders: figures.number("report.overdueReminders"),
});

/** Which reminder of a report: the nearest before its due day that is reached, or the how manieth after it. */
export type ReminderStage = "first" | "again" | "last" | `overdue-${number}`;

interface Asked {
  readonly calendar: WorkCalendar;
  readonly dueOn: LocalDate;
  readonly today: LocalDate;
  readonly figures: ReminderFigures;
}

/**
 * The reminder that an unsent report has reached; undefined when there is none to give, as on every day off. A stage
 * reached on a day off is still the one reached on the next working day. After the last reminder the bureau urges.
 * @source domain.md §7; product.md (messages)
 */
export function reminderStage({ calendar, dueOn, today, figures }: Asked): ReminderStage | undefined {
  if (!isWorkday(calendar, today)) return undefined;
  if (today > dueOn) {
    const passed = Math.max(workdaysBetween(calendar, dueOn, today) - 1, 0);
    const number = 1 + Math.floor(passed / figures.overdueEveryWorkdays);
    return number <= figures.overdueReminders ? `overdue-${number}` : undefined;
  }
  const left = workdaysBetween(calendar, today, dueOn);
  if (left <= figures.lastWorkdays) return "last";
  if (left <= figures.againWorkdays) return "again";
  return left <= figures.firstWorkdays ? "first" : undefined;
}

/** A report that was not handed in, as a message tells of it. */
export interface UnsentReport {
  readonly projectName: string;
  readonly period: Period;
  readonly dueOn: LocalDate;
  /** it is filled in and lacks only the leader's signature */
  readonly awaitsSignature: boolean;
}

/** More reports are not named in one message. */
const MOST_NAMED = 5;

/** The months of several reports, when they are all of one. */
const samePeriod = (reports: readonly UnsentReport[]): Period | undefined => {
  const [period] = new Set(reports.map((report) => report.period));
  return reports.every((report) => report.period === period) ? period : undefined;
};

/** Some of the reports by name, and how many there are. */
export function namesOf(reports: readonly UnsentReport[]): string {
  const one = samePeriod(reports);
  const names = reports
    .slice(0, MOST_NAMED)
    .map(({ projectName, period }) => (one ? projectName : `${projectName}（${formatPeriod(period)}）`));
  return names.join("、") + (reports.length > MOST_NAMED ? `等 ${reports.length} 份` : "");
}

/** How far the due day of several reports is, in words. */
function dueWords(calendar: WorkCalendar, reports: readonly UnsentReport[], today: LocalDate): string {
  const [dueOn, ...others] = new Set(reports.map((report) => report.dueOn));
  if (dueOn === undefined || others.length > 0) return today > (dueOn ?? today) ? "已逾期" : "即将截止";
  const left = workdaysBetween(calendar, today, dueOn);
  if (today > dueOn) return left === 0 ? `已逾期（截止 ${dueOn}）` : `已逾期 ${-left} 个工作日（截止 ${dueOn}）`;
  return left === 0 ? `今日截止（${dueOn}）` : `距截止还有 ${left} 个工作日（${dueOn}）`;
}

/** The reminder of the reports of one unit and one stage, as a person is told of them. */
export function reminderTitle(calendar: WorkCalendar, reports: readonly UnsentReport[], today: LocalDate): string {
  const period = samePeriod(reports);
  const unsigned = reports.filter(({ awaitsSignature }) => awaitsSignature).length;
  const signing = unsigned > 0 ? `，其中 ${unsigned} 份待签批` : "";
  const what = `${reports.length} 份${period ? formatPeriod(period) : ""}月报`;
  return `月报提醒：您单位有 ${what}${dueWords(calendar, reports, today)}${signing}：${namesOf(reports)}`;
}

/** Where several reports of one unit are worked on: the one, or the list. */
export const reportsHref = (reports: readonly UnsentReport[]): string => {
  const period = samePeriod(reports);
  return period ? `/reports?period=${period}` : "/reports";
};
