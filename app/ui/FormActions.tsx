import type { ReactNode } from "react";

/** The end of a form: main action first, the others beside it; full width on a phone. */
export function FormActions({ children, note }: { children: ReactNode; note?: ReactNode }) {
  return (
    <div className="mt-6 flex flex-col gap-3 border-t border-line pt-4 sm:flex-row sm:flex-wrap sm:items-center print:hidden">
      {children}
      {note && <p className="text-[0.8125rem] text-secondary">{note}</p>}
    </div>
  );
}
