import { dayAfter, dueDay, lastDayOfMonth, monthOfDay, monthsFrom } from "./days";

/** What 200 projects and their units do in a year: drawn once from a seed, then played to the product and recounted. */

export interface ScriptedMilestone {
  readonly plannedOn: string;
  readonly cumulativePercent: number;
  /** null: never */
  readonly completedOn: string | null;
}

export interface ScriptedReport {
  readonly month: string;
  /** the day on which it is submitted and signed */
  readonly day: string;
  /** two decimals @unit percent */
  readonly percent: string;
  /** positions of the milestones that it proves */
  readonly proves: readonly number[];
  readonly correction: { readonly day: string; readonly percent: string } | null;
}

export interface ScriptedProject {
  readonly name: string;
  /** index among the units */
  readonly unit: number;
  readonly startedOn: string;
  readonly milestones: readonly ScriptedMilestone[];
  readonly reports: readonly ScriptedReport[];
  readonly halt: { readonly from: string; readonly until: string } | null;
}

export interface ScriptedItem {
  readonly title: string;
  readonly unit: number;
  readonly registeredOn: string;
  readonly dueOn: string;
  /** the day on which the unit replies, and the bureau verifies and closes; null: never */
  readonly closedOn: string | null;
}

export interface Script {
  readonly units: readonly { readonly region: 0 | 1 }[];
  readonly reportingDays: readonly [number, number];
  readonly projects: readonly ScriptedProject[];
  readonly items: readonly ScriptedItem[];
  readonly firstDay: string;
  readonly lastDay: string;
}

/** A small generator of chance; the same seed gives the same year. */
function generator(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    chance: (share: number) => next() < share,
    between: (low: number, high: number) => low + Math.floor(next() * (high - low + 1)),
  };
}

const BEHAVIOURS = [
  "punctual",
  "punctual",
  "punctual",
  "punctual",
  "late",
  "late",
  "forgetful",
  "slow",
  "recovering",
] as const;

/** Planned percent of a day, to the hundredth: only a script for what is typed, so floating point is good enough. */
function roughPlan(startedOn: string, milestones: readonly ScriptedMilestone[], day: string): number {
  let [from, done] = [startedOn, 0];
  for (const { plannedOn, cumulativePercent } of milestones) {
    const [a, b, now] = [Date.parse(from), Date.parse(plannedOn), Date.parse(day)];
    if (now < b) return now <= a ? done : done + ((cumulativePercent - done) * (now - a)) / (b - a);
    [from, done] = [plannedOn, cumulativePercent];
  }
  return done;
}

export function writeScript(seed: number, size: { readonly projects: number; readonly items: number }): Script {
  const { chance, between } = generator(seed);
  const [firstDay, lastDay] = ["2026-01-01", "2027-01-31"];
  const reportingDays = [15, 5] as const;
  const units = Array.from({ length: 10 }, (_, index): { readonly region: 0 | 1 } => ({ region: index < 7 ? 0 : 1 }));

  const projects = Array.from({ length: size.projects }, (_, index): ScriptedProject => {
    const unit = between(0, units.length - 1);
    const reportingDay = reportingDays[units[unit]?.region ?? 0];
    const behaviour = BEHAVIOURS[between(0, BEHAVIOURS.length - 1)] ?? "punctual";
    const startedOn = dayAfter(firstDay, between(0, 170));
    const length = between(150, 420);
    const milestones = [25, 50, 75, 100].map((cumulativePercent, at): ScriptedMilestone => {
      const plannedOn = dayAfter(startedOn, Math.floor((length * (at + 1)) / 4));
      const delay = behaviour === "slow" || behaviour === "recovering" ? between(0, 70) : between(-10, 12);
      const completedOn = dayAfter(plannedOn, delay);
      return { plannedOn, cumulativePercent, completedOn: chance(0.95) && completedOn <= lastDay ? completedOn : null };
    });
    const from = dayAfter(startedOn, between(60, 120));
    const halt = chance(0.05) ? { from, until: dayAfter(from, between(20, 100)) } : null;

    const proven = new Set<number>();
    const reports = monthsFrom(monthOfDay(startedOn), "2026-12").flatMap((month, age): ScriptedReport[] => {
      if (behaviour === "forgetful" && chance(0.3)) return [];
      const due = dueDay(month, reportingDay);
      const isLate = behaviour === "late" ? chance(0.3) : chance(0.04);
      const day = isLate ? dayAfter(due, between(1, 30)) : dayAfter(due, -between(0, 6));
      if (day > lastDay || day < startedOn) return [];
      // a project that stands still reports nothing
      if (halt && month >= monthOfDay(halt.from) && month < monthOfDay(halt.until)) return [];
      if (halt && day >= halt.from && day <= halt.until) return [];
      const plan = roughPlan(startedOn, milestones, lastDayOfMonth(month));
      const share =
        behaviour === "slow"
          ? 0.55 + between(0, 30) / 100
          : behaviour === "recovering"
            ? age >= 2 && age <= 4
              ? 0.45
              : 1
            : 0.94 + between(0, 10) / 100;
      const proves = milestones.flatMap(({ completedOn }, at) =>
        completedOn !== null && completedOn <= day && !proven.has(at) ? [at] : [],
      );
      proves.forEach((at) => proven.add(at));
      const percent = Math.min(100, plan * share).toFixed(2);
      const correctedOn = dayAfter(day, between(3, 12));
      const isCorrected =
        chance(0.05) && correctedOn <= lastDay && !(halt && correctedOn >= halt.from && correctedOn <= halt.until);
      const correction = isCorrected
        ? { day: correctedOn, percent: Math.max(0, Number(percent) - between(0, 15)).toFixed(2) }
        : null;
      return [{ month, day, percent, proves, correction }];
    });
    return { name: `模拟项目${index + 1}`, unit, startedOn, milestones, reports: oneDeedADay(reports), halt };
  });

  const items = Array.from({ length: size.items }, (_, index): ScriptedItem => {
    const registeredOn = dayAfter(firstDay, between(3, 330));
    const dueOn = dayAfter(registeredOn, between(7, 40));
    const closedOn = chance(0.9) ? dayAfter(dueOn, between(-6, 45)) : null;
    const kept = closedOn !== null && closedOn > registeredOn && closedOn <= lastDay ? closedOn : null;
    return { title: `模拟督办事项${index + 1}`, unit: between(0, 3), registeredOn, dueOn, closedOn: kept };
  });
  return { units, reportingDays, projects, items, firstDay, lastDay };
}

/** Two deeds on a project in one day would need an order that a day does not have: the correction is left out. */
function oneDeedADay(reports: readonly ScriptedReport[]): ScriptedReport[] {
  const taken = new Set<string>();
  const once = reports.filter(({ day }) => !taken.has(day) && taken.add(day));
  return once.map((report) => {
    const { correction } = report;
    if (!correction || !taken.has(correction.day)) {
      if (correction) taken.add(correction.day);
      return report;
    }
    return { ...report, correction: null };
  });
}
