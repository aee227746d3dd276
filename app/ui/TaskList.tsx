import { ChevronRight } from "lucide-react";

import { StatusTag } from "./StatusTag";
import type { Tone } from "./tone";

export type TaskStatus = "notStarted" | "inProgress" | "complete" | "problem";

const STATUS: Readonly<Record<TaskStatus, { tone: Tone; word: string }>> = {
  notStarted: { tone: "neutral", word: "未开始" },
  inProgress: { tone: "info", word: "填写中" },
  complete: { tone: "good", word: "已完成" },
  problem: { tone: "bad", word: "有问题" },
};

export interface Task {
  readonly title: string;
  /** absent: it cannot be opened yet; `hint` should say why */
  readonly href?: string | undefined;
  readonly status: TaskStatus;
  readonly hint?: string | undefined;
}

/** The sections of a long form, each with its state: what is left to do is seen at once. */
export function TaskList({ tasks, label }: { tasks: readonly Task[]; label: string }) {
  const done = tasks.filter((task) => task.status === "complete").length;
  return (
    <div>
      <p className="mb-2 text-secondary">
        已完成 {done} 项，共 {tasks.length} 项
      </p>
      <ol aria-label={label} className="divide-y divide-line border-y border-line">
        {tasks.map((task, index) => (
          <li
            key={task.title}
            className="relative flex min-h-9 items-center gap-3 px-2 py-2 hover:bg-ground focus-within:bg-ground"
          >
            <span aria-hidden className="w-5 flex-none text-right text-secondary">
              {index + 1}
            </span>
            <div className="min-w-0 flex-1">
              {task.href ? (
                <a href={task.href} className="font-medium after:absolute after:inset-0">
                  {task.title}
                </a>
              ) : (
                <span className="text-secondary">{task.title}</span>
              )}
              {task.hint && <p className="text-[0.8125rem] text-secondary">{task.hint}</p>}
            </div>
            <StatusTag tone={STATUS[task.status].tone}>{STATUS[task.status].word}</StatusTag>
            <ChevronRight
              className={`h-4 w-4 flex-none text-secondary ${task.href ? "" : "invisible"}`}
              strokeWidth={1.75}
              aria-hidden
            />
          </li>
        ))}
      </ol>
    </div>
  );
}
