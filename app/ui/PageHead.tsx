import type { ReactNode } from "react";

import { Countdown } from "./Countdown";
import { LightTag, type Light } from "./LightTag";

export interface NextStep {
  readonly what: string;
  readonly who?: string | undefined;
  /** @unit workdays; negative is overdue */
  readonly remainingWorkdays?: number | null | undefined;
  /** when the domain has judged the countdown */
  readonly light?: Light | null | undefined;
  readonly href?: string | undefined;
}

export interface PageHeadProps {
  readonly title: string;
  readonly code?: string | undefined;
  /** a StatusTag */
  readonly status?: ReactNode;
  readonly light?: Light | null | undefined;
  /** one line under the title: unit, year, class */
  readonly meta?: ReactNode;
  /** the main action first */
  readonly actions?: ReactNode;
  readonly next?: NextStep | undefined;
}

/** The head of every page: what this is, how it stands, what comes next and for whom, what I can do. */
export function PageHead({ title, code, status, light, meta, actions, next }: PageHeadProps) {
  return (
    <header className="mb-4">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-80">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1>{title}</h1>
            {status}
            {light && <LightTag light={light} />}
          </div>
          {(code ?? meta) && (
            <div className="page-meta mt-0.5 flex flex-wrap gap-x-3 text-[0.8125rem] text-secondary">
              {code && <span>{code}</span>}
              {meta}
            </div>
          )}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {next && (
        <p className="mt-2 rounded border border-line bg-surface px-3 py-1.5 text-secondary">
          下一步：
          {next.href ? <a href={next.href}>{next.what}</a> : <span className="font-medium text-ink">{next.what}</span>}
          {next.who && ` · 由 ${next.who} 办理`}
          {typeof next.remainingWorkdays === "number" && (
            <>
              {" · "}
              <Countdown remaining={next.remainingWorkdays} light={next.light ?? undefined} />
            </>
          )}
        </p>
      )}
    </header>
  );
}
