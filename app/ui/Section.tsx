import type { ReactNode } from "react";

export interface SectionProps {
  readonly title?: string | undefined;
  /** anchor for links to this section */
  readonly id?: string | undefined;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  /** a table or list that reaches the edges */
  readonly flush?: boolean | undefined;
  readonly children: ReactNode;
}

/** A card: one subject, with its heading and what can be done with it. */
export function Section({ title, id, note, actions, flush = false, children }: SectionProps) {
  return (
    <section
      id={id}
      className="mb-4 min-w-0 rounded border border-line bg-surface shadow print:border-0 print:shadow-none"
    >
      {(title ?? actions) && (
        <header className="flex min-h-[2.75rem] flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-1 print:px-0">
          {title && <h2>{title}</h2>}
          {note && <div className="text-[0.8125rem] text-secondary">{note}</div>}
          {actions && <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>}
        </header>
      )}
      <div className={flush ? "" : "px-4 py-3 print:px-0"}>{children}</div>
    </section>
  );
}
