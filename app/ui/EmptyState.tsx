import { Inbox } from "lucide-react";
import type { ReactNode } from "react";

export interface EmptyStateProps {
  readonly title: string;
  /** why it is empty and what would fill it */
  readonly explanation?: ReactNode;
  readonly action?: ReactNode;
}

/** Nothing here, said kindly: why, and what to do about it. */
export function EmptyState({ title, explanation, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-1 px-4 py-10 text-center">
      <Inbox className="h-8 w-8 text-secondary" strokeWidth={1.25} aria-hidden />
      <p className="font-medium">{title}</p>
      {explanation && <p className="max-w-md text-secondary">{explanation}</p>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
