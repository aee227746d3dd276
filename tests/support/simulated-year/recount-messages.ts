import { dayAfter, works, workingDaysFrom } from "./days";
import { dutiesOn } from "./recount";
import type { Script, ScriptedItem, ScriptedProject } from "./script";

/**
 * Which reminders, slips and talks a year's script must lead to, counted from the words of the rules.
 * @source domain.md §7, §8
 */

/** The limits that the recount was written for. @unit workdays, times */
export const MESSAGE_LIMITS = { first: 7, again: 3, last: 1, every: 5, times: 4, blue: 3, red: 10, reds: 3 } as const;

/** What was owed in the morning, before the day brought a halt or a resumption. */
function owedInTheMorning(script: Script, project: ScriptedProject, day: string) {
  const { halt } = project;
  const known: ScriptedProject = {
    ...project,
    halt:
      halt === null || halt.from >= day ? null : { ...halt, until: halt.until === day ? dayAfter(day) : halt.until },
    reports: project.reports.filter((report) => report.day < day),
  };
  return dutiesOn(script, known, day);
}

function stageOn(dueOn: string, day: string): string | null {
  if (day > dueOn) {
    // the working days of being late are counted 1, 2, 3 …; a new stage begins with every fifth
    const late = Math.max(1, workingDaysFrom(dueOn, day));
    const stage = Math.ceil(late / MESSAGE_LIMITS.every);
    return stage <= MESSAGE_LIMITS.times ? `overdue-${stage}` : null;
  }
  const left = workingDaysFrom(day, dueOn);
  for (const stage of ["last", "again", "first"] as const) if (left <= MESSAGE_LIMITS[stage]) return stage;
  return null;
}

/** "project month stage" → the day on which the unit is reminded */
export function recountReminders(script: Script): Map<string, string> {
  const sent = new Map<string, string>();
  for (let day = script.firstDay; day <= script.lastDay; day = dayAfter(day)) {
    if (!works(day)) continue;
    for (const project of script.projects) {
      for (const { month, dueOn, submittedOn } of owedInTheMorning(script, project, day)) {
        const stage = submittedOn === null ? stageOn(dueOn, day) : null;
        const key = `${project.name} ${month} ${stage}`;
        if (stage !== null && !sent.has(key)) sent.set(key, day);
      }
    }
  }
  return sent;
}

export interface RecountedSlips {
  /** "item colour" → the day */
  readonly slips: ReadonlyMap<string, string>;
  /** "unit day" → the items whose red slips led to it, oldest limit first */
  readonly talks: ReadonlyMap<string, readonly string[]>;
}

export function recountSlips(script: Script): RecountedSlips {
  const slips = new Map<string, string>();
  const talks = new Map<string, readonly string[]>();
  const lastTalk = new Map<number, string>();
  for (let day = script.firstDay; day <= script.lastDay; day = dayAfter(day)) {
    if (!works(day)) continue;
    for (const { title, registeredOn, dueOn, closedOn } of script.items) {
      const isOpen = registeredOn < day && (closedOn === null || closedOn >= day);
      if (!isOpen) continue;
      const reached = [
        ...(workingDaysFrom(day, dueOn) <= MESSAGE_LIMITS.blue ? ["blue"] : []),
        ...(day > dueOn ? ["orange"] : []),
        ...(day > dueOn && workingDaysFrom(dueOn, day) > MESSAGE_LIMITS.red ? ["red"] : []),
      ];
      for (const colour of reached) if (!slips.has(`${title} ${colour}`)) slips.set(`${title} ${colour}`, day);
    }
    for (const unit of new Set(script.items.map((item) => item.unit))) {
      const since = lastTalk.get(unit) ?? "";
      const ended = script.items
        .filter((item) => item.unit === unit)
        .flatMap((item): { item: ScriptedItem; red: boolean; on: string }[] => {
          const red = slips.get(`${item.title} red`);
          if (red !== undefined) return [{ item, red: true, on: red }];
          return item.closedOn !== null && item.closedOn < day ? [{ item, red: false, on: item.closedOn }] : [];
        })
        .filter(({ on }) => on > since)
        .sort((a, b) => compare(a.item.dueOn, b.item.dueOn) || compare(a.item.registeredOn, b.item.registeredOn));
      const rows = ended
        .map(({ item, red }) => (red ? item.title : "|"))
        .join(",")
        .split("|")
        .map((row) => row.split(",").filter(Boolean));
      const row = rows.find((titles) => titles.length >= MESSAGE_LIMITS.reds);
      if (!row) continue;
      talks.set(`${unit} ${day}`, row);
      lastTalk.set(unit, day);
    }
  }
  return { slips, talks };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
