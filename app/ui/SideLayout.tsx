import type { ReactNode } from "react";

export interface SideLayoutProps {
  readonly children: ReactNode;
  readonly side: ReactNode;
  readonly sideLabel?: string | undefined;
  /** half: the review bench, what is judged on the left, the judgement on the right */
  readonly share?: "third" | "half" | undefined;
}

/** Main column with a companion: a timeline, a checklist. On narrow screens the companion follows. */
export function SideLayout({ children, side, sideLabel, share = "third" }: SideLayoutProps) {
  return (
    <div className={`side-layout ${share === "half" ? "is-half" : ""}`}>
      <div className="min-w-0">{children}</div>
      <aside aria-label={sideLabel} className="min-w-0">
        {side}
      </aside>
    </div>
  );
}
