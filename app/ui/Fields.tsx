import type { ReactNode } from "react";

/** The fields of a form, one below the other at the form's own distance. */
export function Fields({ children }: { children: ReactNode }) {
  return <div className="space-y-4">{children}</div>;
}
