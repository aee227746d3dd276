import type { ReactNode } from "react";

/** Figures side by side, as many as fit. */
export function StatGrid({ children }: { children: ReactNode }) {
  return (
    <div className="mb-4 grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))]">{children}</div>
  );
}
