import { DEADLINE_KINDS, type DeadlineKind } from "~/kernel/vocabulary";
import { StatusTag } from "~/ui";

export interface DeadlineWordsProps {
  readonly task: {
    readonly deadlineKind: DeadlineKind;
    readonly deadlineText: string;
    readonly deadlines: readonly { readonly on: string; readonly what: string; readonly mode: "by" | "from" }[];
  };
  /** @unit days */
  readonly overdueDays?: number | undefined;
  readonly closedOn?: string | null | undefined;
  /** left out where the plan's own words stand beside it */
  readonly original?: boolean | undefined;
}

/** When a task is due: its kind, its dates, and what the plan says. */
export function DeadlineWords({ task, overdueDays = 0, closedOn, original = true }: DeadlineWordsProps) {
  return (
    <div className="min-w-[9rem] space-y-0.5">
      <p className="flex flex-wrap items-center gap-1">
        <StatusTag>{DEADLINE_KINDS[task.deadlineKind]}</StatusTag>
        {overdueDays > 0 && <StatusTag tone="bad">逾期 {overdueDays} 天</StatusTag>}
        {closedOn && <StatusTag tone="good">{closedOn} 办结</StatusTag>}
      </p>
      {task.deadlines.map((date) => (
        <p key={`${date.on} ${date.what}`} className="text-[0.8125rem]">
          <span className="whitespace-nowrap">
            {date.on} {date.mode === "from" ? "起" : "前"}
          </span>
          {date.what && ` ${date.what}`}
        </p>
      ))}
      {original && <p className="text-xs text-secondary">原文：{task.deadlineText}</p>}
    </div>
  );
}
