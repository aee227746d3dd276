import { Check, X } from "lucide-react";

export interface Step {
  readonly label: string;
  readonly state: "done" | "current" | "todo" | "blocked";
  /** a date, a person, why it is blocked */
  readonly note?: string | undefined;
}

const WORDS: Readonly<Record<Step["state"], string>> = {
  done: "已完成",
  current: "进行中",
  todo: "未开始",
  blocked: "受阻",
};

const MARKS: Readonly<Record<Step["state"], string>> = {
  done: "border-primary bg-primary text-white",
  current: "border-primary bg-surface text-primary",
  todo: "border-[color:var(--line-control)] bg-surface text-secondary",
  blocked: "border-bad bg-bad-soft text-[color:var(--bad-text)]",
};

/** A fixed course of steps: side by side on a screen, one below the other on a phone. */
export function Steps({ steps, label }: { steps: readonly Step[]; label: string }) {
  return (
    <ol aria-label={label} className="flex flex-col sm:flex-row">
      {steps.map((step, index) => (
        <li
          key={step.label}
          aria-current={step.state === "current" ? "step" : undefined}
          className="relative flex min-w-0 flex-1 gap-3 pb-4 last:pb-0 sm:flex-col sm:items-center sm:gap-1 sm:pb-0 sm:text-center"
        >
          {index < steps.length - 1 && (
            <span
              aria-hidden
              className={`absolute bottom-0 left-[0.6875rem] top-6 border-l-2 sm:bottom-auto sm:left-[calc(50%+1rem)] sm:top-[0.6875rem] sm:w-[calc(100%-2rem)] sm:border-l-0 sm:border-t-2 ${step.state === "done" ? "border-primary" : "border-line"}`}
            />
          )}
          <span
            data-signal
            aria-hidden
            className={`flex h-6 w-6 flex-none items-center justify-center rounded-full border-2 text-xs font-semibold ${MARKS[step.state]}`}
          >
            {step.state === "done" ? (
              <Check className="h-3.5 w-3.5" strokeWidth={3} />
            ) : step.state === "blocked" ? (
              <X className="h-3.5 w-3.5" strokeWidth={3} />
            ) : (
              index + 1
            )}
          </span>
          <span className="min-w-0 sm:px-1">
            <span className={`block ${step.state === "current" ? "font-semibold text-primary" : ""}`}>
              {step.label}
              <span className="sr-only">（{WORDS[step.state]}）</span>
            </span>
            {step.note && <span className="block text-xs text-secondary">{step.note}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
