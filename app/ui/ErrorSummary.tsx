import { useEffect, useRef } from "react";

import { fieldId } from "./field-id";

export interface SummaryError {
  readonly message: string;
  /** name of the field; links to fieldId(field) */
  readonly field?: string | undefined;
  /** where to mend it, when that is another page or a field with its own id */
  readonly href?: string | undefined;
}

export interface ErrorSummaryProps {
  readonly errors: readonly SummaryError[];
  readonly title?: string | undefined;
}

/** All that must be mended, on top of the form, each linked to its field. Renders nothing when there is nothing. */
export function ErrorSummary({ errors, title = `有 ${errors.length} 处需要修改` }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0) box.current?.focus();
  }, [errors]);

  if (errors.length === 0) return null;
  return (
    <div ref={box} role="alert" tabIndex={-1} className="mb-4 rounded border border-bad bg-bad-soft px-4 py-3 text-ink">
      <h2 className="text-sm font-semibold text-[color:var(--bad-text)]">{title}</h2>
      <ul className="mt-1 list-disc space-y-0.5 pl-5">
        {errors.map(({ message, field, href = field && `#${fieldId(field)}` }) => (
          <li key={`${field ?? ""} ${message}`}>
            {href ? (
              <a href={href} className="text-[color:var(--bad-text)] underline underline-offset-2">
                {message}
              </a>
            ) : (
              message
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
