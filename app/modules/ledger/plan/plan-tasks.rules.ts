import type { LocalDate } from "~/kernel/local-date";

import { matchMention, type MatchedMention, type NamedAs, type UnitDirectory } from "../match/match-units.rules";
import type { UnitMention } from "../ledger.rules";
import { LEDGER_COLUMNS } from "./plan.columns";
import type { ReadTask } from "./read-rows.rules";

interface Plan {
  readonly id: string;
  readonly regionId: string;
  readonly issuedOn: LocalDate;
}

/** Whom the names of a list mean, each person or group once: a name written twice is one. */
export function matchMentions(
  mentions: readonly UnitMention[],
  list: NamedAs,
  directory: UnitDirectory,
  on: LocalDate,
): MatchedMention[] {
  const seen = new Set<string>();
  return mentions
    .map((mention) => matchMention(mention, list, directory, on))
    .filter(({ unitId, mention }) => {
      const key = unitId ?? mention;
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    });
}

/** The rows of a task's units, in their order. */
export const unitRows = (
  { taskId, regionId }: { readonly taskId: string; readonly regionId: string },
  lists: Readonly<Record<NamedAs, readonly MatchedMention[]>>,
) =>
  (["lead", "responsible"] as const).flatMap((role) =>
    lists[role].map(({ mention, kind, unitId }, index) => ({
      ...{ taskId, regionId, role, mention, kind, unitId },
      position: index + 1,
    })),
  );

/**
 * The rows of a plan's tasks as the import understood them: not confirmed, with every doubt about words and names.
 * @param idOf makes the id of a task from its number
 */
export function planTasks(
  plan: Plan,
  read: readonly ReadTask[],
  directory: UnitDirectory,
  idOf: (number: number) => string,
) {
  const built = read.map(({ number, entry, values }) => {
    const taskId = idOf(number);
    const lists = {
      lead: matchMentions(entry.leadUnits, "lead", directory, plan.issuedOn),
      responsible: matchMentions(entry.responsibleUnits, "responsible", directory, plan.issuedOn),
    };
    const doubts = [...entry.doubts, ...[...lists.lead, ...lists.responsible].flatMap(({ doubt }) => doubt ?? [])];
    return {
      task: {
        id: taskId,
        regionId: plan.regionId,
        planId: plan.id,
        number,
        section: entry.section,
        title: entry.title,
        content: entry.content,
        deadlineKind: entry.deadline.kind,
        deadlineText: entry.deadline.text,
        deadlines: entry.deadline.dates.map(({ on, what, mode }) => ({ on, what, mode })),
        doubts: doubts.map(({ code, facts }) => ({ code, facts: { ...facts } })),
        confirmed: false,
        original: originalOf(values),
      },
      units: unitRows({ taskId, regionId: plan.regionId }, lists),
    };
  });
  return { tasks: built.map(({ task }) => task), units: built.flatMap(({ units }) => units) };
}

/** The row's own words under the titles of the ledger's columns. */
const originalOf = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(LEDGER_COLUMNS.map(({ key, title }) => [title, values[key] ?? ""]));
