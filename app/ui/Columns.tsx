import type { ReactNode } from "react";

const COUNTS = { 2: "md:grid-cols-2", 3: "md:grid-cols-2 xl:grid-cols-3", 4: "md:grid-cols-2 xl:grid-cols-4" } as const;

/** Equal columns on wide screens, one on a phone. */
export function Columns({ count = 2, children }: { count?: 2 | 3 | 4 | undefined; children: ReactNode }) {
  return <div className={`grid grid-cols-1 items-start gap-4 ${COUNTS[count]}`}>{children}</div>;
}
