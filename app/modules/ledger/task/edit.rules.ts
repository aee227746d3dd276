import type { LocalDate } from "~/kernel/local-date";
import type { Refusal } from "~/kernel/result";
import type { DeadlineKind } from "~/kernel/vocabulary";

import type { MatchDoubt, MatchedMention } from "../match/match-units.rules";

/** A deadline as a person corrects it. */
export interface EditedDeadline {
  readonly kind: DeadlineKind;
  readonly dates: readonly { readonly on: LocalDate; readonly what: string; readonly mode: "by" | "from" }[];
}

export type DeadlineProblem = "dateMissing" | "datesTooFew" | "datesTooMany" | "datesInDisorder" | "startNotDue";

/**
 * What is wrong with kind and dates together: a date has one result, milestones two or more, one at least a result; what
 * starts and goes on has its start; the rest have none. Dates run forward.
 */
export function deadlineProblems({ kind, dates }: EditedDeadline): Refusal<DeadlineProblem>[] {
  const wrong: Refusal<DeadlineProblem>[] = [];
  const problem = (code: DeadlineProblem) => wrong.push({ code, field: "deadlines" });
  switch (kind) {
    case "ongoing":
    case "superiorSchedule":
      if (dates.length > 0) problem("datesTooMany");
      break;
    case "byDate":
    case "startThenOngoing":
      if (dates.length === 0) problem("dateMissing");
      else if (dates.length > 1) problem("datesTooMany");
      else if (kind === "byDate" && dates[0]?.mode === "from") problem("startNotDue");
      break;
    case "milestones":
      if (dates.length < 2) problem("datesTooFew");
      else if (dates.every(({ mode }) => mode === "from")) problem("startNotDue");
  }
  if (dates.some(({ on }, index) => on < (dates[index - 1]?.on ?? on))) problem("datesInDisorder");
  return wrong;
}

/** What may still be doubted of a task that a person has corrected: what is missing, and names that mean nobody. */
export interface RemainingDoubt {
  readonly code: MatchDoubt["code"] | "titleMissing" | "leadMissing" | "responsibleMissing";
  readonly facts: Readonly<Record<string, string>>;
}

/** The doubts that a corrected task keeps. What the import guessed of its words, the person has read and settled. */
export function remainingDoubts(task: {
  readonly title: string | null;
  readonly lead: readonly MatchedMention[];
  readonly responsible: readonly MatchedMention[];
}): RemainingDoubt[] {
  const missing = (isMissing: boolean, code: RemainingDoubt["code"]): RemainingDoubt[] =>
    isMissing ? [{ code, facts: {} }] : [];
  return [
    ...missing(task.title === null, "titleMissing"),
    ...missing(task.lead.length === 0, "leadMissing"),
    ...missing(task.responsible.length === 0, "responsibleMissing"),
    ...[...task.lead, ...task.responsible].flatMap(({ doubt }) => doubt ?? []),
  ];
}
