import type { ReactNode } from "react";

export interface Description {
  readonly term: string;
  readonly detail: ReactNode;
  /** takes the whole row: long text */
  readonly wide?: boolean | undefined;
}

export interface DescriptionListProps {
  readonly items: readonly Description[];
  readonly columns?: 1 | 2 | 3 | undefined;
}

const COLUMNS = { 1: "", 2: "sm:grid-cols-2", 3: "sm:grid-cols-2 xl:grid-cols-3" } as const;
const isBlank = (detail: ReactNode): boolean => detail === null || detail === undefined || detail === "";

/** Names and their values; a missing value is a dash, never a hole. */
export function DescriptionList({ items, columns = 2 }: DescriptionListProps) {
  return (
    <dl className={`grid grid-cols-1 gap-x-8 gap-y-1 ${COLUMNS[columns]}`}>
      {items.map(({ term, detail, wide }) => (
        <div key={term} className={`flex min-w-0 gap-3 py-1 ${wide ? "col-span-full" : ""}`}>
          <dt className="w-24 flex-none text-secondary">{term}</dt>
          <dd className="min-w-0 flex-1">{isBlank(detail) ? <span className="text-secondary">—</span> : detail}</dd>
        </div>
      ))}
    </dl>
  );
}
