import type { ReactNode } from "react";

import { LinkButton } from "./Button";

export interface ErrorPageProps {
  readonly title: string;
  /** what happened, without blame or jargon */
  readonly explanation: ReactNode;
  /** to be told to the help desk; it finds the log line */
  readonly reference?: string | undefined;
  readonly whatToDo: ReactNode;
  readonly action?: { readonly href: string; readonly label: string } | undefined;
}

/** A page that cannot be shown, and the way on from it. */
export function ErrorPage({
  title,
  explanation,
  reference,
  whatToDo,
  action = { href: "/", label: "回到我的工作" },
}: ErrorPageProps) {
  return (
    <div className="mx-auto max-w-xl px-4 py-12">
      <div className="rounded border border-line bg-surface p-6 shadow">
        <h1>{title}</h1>
        <div className="mt-2">{explanation}</div>
        <h2 className="mt-4 text-sm">可以这样处理</h2>
        <div className="mt-1">{whatToDo}</div>
        {reference && (
          <p className="mt-4 text-[0.8125rem] text-secondary">
            参考编号 <code className="select-all font-mono text-ink">{reference}</code>，咨询管理员时请提供。
          </p>
        )}
        <div className="mt-6">
          <LinkButton href={action.href} variant="primary">
            {action.label}
          </LinkButton>
        </div>
      </div>
    </div>
  );
}
