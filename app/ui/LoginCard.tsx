import type { ReactNode } from "react";

export interface LoginCardProps {
  readonly product: string;
  readonly subtitle: string;
  /** beside the form: the accounts of a demonstration, a notice */
  readonly aside?: ReactNode;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** The body of the page before one is known: the product's name and one form. It stands in the AppShell. */
export function LoginCard({ product, subtitle, aside, footer, children }: LoginCardProps) {
  return (
    <div className="py-6 sm:py-12">
      <div className={`mx-auto w-full ${aside ? "max-w-4xl" : "max-w-sm"}`}>
        <h1 className="text-2xl tracking-widest text-primary">{product}</h1>
        <p className="mb-6 text-secondary">{subtitle}</p>
        <div className={`grid grid-cols-1 items-start gap-4 ${aside ? "md:grid-cols-2" : ""}`}>
          <div className="rounded border border-line bg-surface p-6 shadow">{children}</div>
          {aside && <div className="min-w-0">{aside}</div>}
        </div>
        {footer && <div className="mt-6 text-[0.8125rem] text-secondary">{footer}</div>}
      </div>
    </div>
  );
}
