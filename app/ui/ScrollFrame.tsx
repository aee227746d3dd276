import { useEffect, useRef, type ReactNode } from "react";

/**
 * A frame for what may be wider than the page. It can be scrolled from the keyboard too; what fits adds no stop for the
 * Tab key.
 */
export function ScrollFrame({ children }: { readonly children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
      else element.removeAttribute("tabindex");
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={frame} className="relative overflow-x-auto print:overflow-visible">
      {children}
    </div>
  );
}
