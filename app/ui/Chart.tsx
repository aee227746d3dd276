import type { ReactNode } from "react";

export interface ChartProps {
  /** what is drawn: "计划与实际进度" */
  readonly title: string;
  /** what one sees in it, for readers who cannot see it */
  readonly description: string;
  /** drawn on the server; its texts are as large as the page's at about its own width */
  readonly wide: string;
  /** the same for a phone */
  readonly narrow: string;
  /** the same numbers as a table */
  readonly children: ReactNode;
}

/** A drawing with its words and its numbers: whoever cannot see it, or wants the exact figure, reads the table. */
export function Chart({ title, description, wide, narrow, children }: ChartProps) {
  return (
    <figure>
      <figcaption className="font-semibold">{title}</figcaption>
      <p className="mb-2 text-[0.8125rem] text-secondary">{description}</p>
      {/* the drawings come from the server's own renderer, never from what somebody typed */}
      <div className="hidden sm:block" dangerouslySetInnerHTML={{ __html: wide }} />
      <div className="sm:hidden" dangerouslySetInnerHTML={{ __html: narrow }} />
      <div className="-mx-4 mt-3 border-t border-line print:mx-0">{children}</div>
    </figure>
  );
}
