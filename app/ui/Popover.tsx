import { useEffect, useRef, type ReactNode } from "react";

export interface PopoverProps {
  readonly summary: ReactNode;
  /** name of the control when its summary is only a sign */
  readonly label?: string | undefined;
  readonly summaryClassName?: string | undefined;
  readonly align?: "left" | "right" | undefined;
  readonly panelClassName?: string | undefined;
  readonly children: ReactNode;
}

/** A native <details> whose content floats; on a phone it rises from the foot of the screen. Script only adds what people expect: Escape or a click elsewhere closes it. */
export function Popover({
  summary,
  label,
  summaryClassName = "",
  align = "left",
  panelClassName = "p-3 sm:w-64",
  children,
}: PopoverProps) {
  const details = useRef<HTMLDetailsElement>(null);

  useEffect(() => {
    const close = (event: Event) => {
      const element = details.current;
      if (!element?.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== "Escape") return;
        element.open = false;
        element.querySelector("summary")?.focus();
      } else if (event.target instanceof Node && !element.contains(event.target)) {
        element.open = false;
      }
    };
    document.addEventListener("keydown", close);
    document.addEventListener("click", close);
    return () => {
      document.removeEventListener("keydown", close);
      document.removeEventListener("click", close);
    };
  }, []);

  return (
    <details ref={details} className="relative inline-block print:hidden">
      <summary className={summaryClassName} aria-label={label}>
        {summary}
      </summary>
      <div
        className={`fixed inset-x-4 bottom-4 z-20 rounded border border-line bg-surface text-left font-normal text-ink shadow sm:absolute sm:bottom-auto sm:top-full sm:mt-1 ${align === "right" ? "sm:left-auto sm:right-0" : "sm:left-0 sm:right-auto"} ${panelClassName}`}
      >
        {children}
      </div>
    </details>
  );
}
