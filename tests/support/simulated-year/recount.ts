import { dayAfter, daysFrom, dueDay, lastDayOfMonth, monthOfDay, monthsFrom } from "./days";
import type { Script, ScriptedProject } from "./script";

/**
 * What a year's script must lead to, counted without a line of the product's code: from the words of the rules, day by
 * day, with whole numbers only. Limits are those of the rule table.
 * @source domain.md §7
 */

export type Colour = "green" | "yellow" | "red";
export type Status = "onTime" | "late" | "missing" | "notDue";

/** The limits that the recount was written for. */
export const LIMITS = { redLag: 20, yellowLag: 10, redDays: 30, redMissing: 2 } as const;

interface Duty {
  readonly month: string;
  readonly dueOn: string;
  /** the first signature */
  readonly submittedOn: string | null;
}

/** The duties of a project as they stand at the end of a day. */
export function dutiesOn(script: Script, project: ScriptedProject, day: string): Duty[] {
  if (project.startedOn > day) return [];
  const region = script.units[project.unit]?.region ?? 0;
  const { halt } = project;
  return monthsFrom(monthOfDay(project.startedOn), monthOfDay(day)).flatMap((month) => {
    const report = project.reports.find((each) => each.month === month);
    const submittedOn = report && report.day <= day ? report.day : null;
    // From the month of a halt on nothing is owed, and again from the month in which work goes on.
    if (halt && day >= halt.from && submittedOn === null && month >= monthOfDay(halt.from)) {
      if (day < halt.until || month < monthOfDay(halt.until)) return [];
    }
    return [{ month, dueOn: dueDay(month, script.reportingDays[region] ?? 15), submittedOn }];
  });
}

export function statusOn({ dueOn, submittedOn }: Duty, day: string): Status {
  if (submittedOn !== null) return submittedOn <= dueOn ? "onTime" : "late";
  return day > dueOn ? "missing" : "notDue";
}

/** A percentage as a fraction of two whole numbers. */
interface Share {
  readonly n: bigint;
  readonly d: bigint;
}

function plannedOn(project: ScriptedProject, day: string): Share {
  let [from, done] = [project.startedOn, 0];
  for (const { plannedOn: until, cumulativePercent } of project.milestones) {
    if (day < until) {
      const [passed, whole] = [daysFrom(from, day), daysFrom(from, until)];
      if (passed <= 0) return { n: BigInt(done), d: 1n };
      return { n: BigInt(done * whole + (cumulativePercent - done) * passed), d: BigInt(whole) };
    }
    [from, done] = [until, cumulativePercent];
  }
  return { n: BigInt(done), d: 1n };
}

const hundredths = (percent: string): bigint => BigInt(percent.replace(".", ""));

/** planned − reported ≥ points, without a division */
const lags = (planned: Share, reported: bigint, points: number): boolean =>
  planned.n * 100n - reported * planned.d >= BigInt(points) * 100n * planned.d;

/** What is wrong with a project, seen from a day: worst first. */
function wrongOn(
  script: Script,
  project: ScriptedProject,
  day: string,
  measured: string | null,
  reported: bigint,
): Colour {
  const planned = measured === null ? null : plannedOn(project, measured);
  const proven = new Set(project.reports.filter((report) => report.day <= day).flatMap(({ proves }) => proves));
  const overdue = project.milestones
    .filter(({ completedOn }, at) => !(proven.has(at) && completedOn !== null && completedOn <= day))
    .map(({ plannedOn: until }) => daysFrom(until, day))
    .filter((days) => days > 0);
  const missing = dutiesOn(script, project, day).filter((duty) => statusOn(duty, day) === "missing").length;
  if (planned && lags(planned, reported, LIMITS.redLag)) return "red";
  if (overdue.some((days) => days > LIMITS.redDays) || missing >= LIMITS.redMissing) return "red";
  if (planned && lags(planned, reported, LIMITS.yellowLag)) return "yellow";
  return overdue.length > 0 ? "yellow" : "green";
}

/** The percentage that was last signed for the latest month, as of a day. */
function reportedOn(project: ScriptedProject, day: string): bigint {
  const latest = project.reports
    .filter((report) => report.day <= day)
    .sort((a, b) => (a.month < b.month ? -1 : 1))
    .at(-1);
  if (!latest) return 0n;
  const { correction } = latest;
  return hundredths(correction && correction.day <= day ? correction.percent : latest.percent);
}

/** The day of which the last report speaks, or the month that should have been reported. */
function measuredOn(duties: readonly Duty[], day: string): string | null {
  const ends = duties.flatMap(({ month, dueOn, submittedOn }) => {
    const end = lastDayOfMonth(month);
    if (submittedOn !== null) return [submittedOn < end ? submittedOn : end];
    return dueOn < day ? [end] : [];
  });
  return ends.sort().at(-1) ?? null;
}

/** Red that is made up stays yellow for the rest of its month. */
class Memory {
  private last: Colour = "green";
  private madeUpIn: string | null = null;

  see(wrong: Colour, month: string): Colour {
    let shown = wrong;
    if (wrong === "red") this.madeUpIn = null;
    else if (this.last === "red") {
      this.madeUpIn = month;
      shown = "yellow";
    } else if (this.madeUpIn === month) shown = "yellow";
    else this.madeUpIn = null;
    this.last = shown;
    return shown;
  }
}

export interface RecountedDay {
  readonly statuses: Readonly<Record<Status, number>>;
  /** of the projects under way that were judged */
  readonly lights: Readonly<Record<Colour, number>>;
}

export interface Recount {
  readonly days: ReadonlyMap<string, RecountedDay>;
  /** "project month" → due day and what became of it at the end */
  readonly duties: ReadonlyMap<string, { readonly dueOn: string; readonly status: Status }>;
}

/** Goes through the year once. */
export function recount(script: Script): Recount {
  const memories = script.projects.map(() => new Memory());
  const shown = script.projects.map((): Colour | null => null);
  const days = new Map<string, RecountedDay>();
  for (let day = script.firstDay; day <= script.lastDay; day = dayAfter(day)) {
    const statuses: Record<Status, number> = { onTime: 0, late: 0, missing: 0, notDue: 0 };
    const lights: Record<Colour, number> = { green: 0, yellow: 0, red: 0 };
    const yesterday = dayAfter(day, -1);
    script.projects.forEach((project, index) => {
      const duties = dutiesOn(script, project, day);
      for (const duty of duties) statuses[statusOn(duty, day)]++;
      const { halt } = project;
      const stands = halt !== null && day >= halt.from && day < halt.until;
      if (project.startedOn > day) return;
      const memory = memories[index];
      const month = monthOfDay(day);
      const judge = (events: string) => {
        // In the morning nothing of the day has happened yet, but the day itself has begun.
        const known = { ...project, reports: project.reports.map((report) => seenUntil(report, events)) };
        const seen = dutiesOn(script, known, day);
        const wrong = wrongOn(script, known, day, measuredOn(seen, day), reportedOn(known, day));
        shown[index] = memory?.see(wrong, month) ?? null;
      };
      const wasStanding = halt !== null && day > halt.from && day <= halt.until;
      if (!wasStanding) judge(yesterday);
      const isTouched = project.reports.some(({ day: on, correction }) => on === day || correction?.day === day);
      if (isTouched || (halt !== null && day === halt.until)) judge(day);
      const light = shown[index];
      if (light && !stands) lights[light]++;
    });
    days.set(day, { statuses, lights });
  }
  const duties = new Map(
    script.projects.flatMap((project) =>
      dutiesOn(script, project, script.lastDay).map(
        (duty) =>
          [`${project.name} ${duty.month}`, { dueOn: duty.dueOn, status: statusOn(duty, script.lastDay) }] as const,
      ),
    ),
  );
  return { days, duties };
}

/** A report as it was known at the end of a day: not yet handed in, not yet corrected. */
function seenUntil(report: ScriptedProject["reports"][number], day: string): ScriptedProject["reports"][number] {
  if (report.day > day) return { ...report, day: "9999-12-31", correction: null };
  return report.correction && report.correction.day > day ? { ...report, correction: null } : report;
}
