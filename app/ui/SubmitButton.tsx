import { useEffect, useRef, useState, type ComponentPropsWithoutRef } from "react";

import { buttonClass, type ButtonVariant } from "./Button";

export interface SubmitButtonProps extends Omit<ComponentPropsWithoutRef<"button">, "type"> {
  readonly variant?: ButtonVariant | undefined;
  /** the page knows that this form is on its way (a form sent by script) */
  readonly pending?: boolean | undefined;
  readonly pendingLabel?: string | undefined;
}

/** A form that answers with a file leaves its page standing: the button must come back by itself. */
const RECOVER_AFTER_MS = 10_000;

/** Sends its form, once: with script it is disabled while the answer is awaited. Without script it is a plain button. */
export function SubmitButton({
  variant = "primary",
  pending = false,
  pendingLabel = "正在提交…",
  disabled = false,
  className,
  children,
  ...button
}: SubmitButtonProps) {
  const element = useRef<HTMLButtonElement>(null);
  const [sent, setSent] = useState<"idle" | "self" | "other">("idle");

  useEffect(() => {
    const form = element.current?.form;
    if (!form) return;
    const timers = new Set<number>();
    const later = (task: () => void, ms: number) => void timers.add(window.setTimeout(task, ms));
    const onSubmit = (event: SubmitEvent) => {
      // After the event: a button disabled during it would drop its own name and value from what is sent.
      later(() => {
        if (event.defaultPrevented) return;
        setSent(event.submitter === element.current ? "self" : "other");
        later(() => setSent("idle"), RECOVER_AFTER_MS);
      }, 0);
    };
    const onReturn = () => setSent("idle");
    form.addEventListener("submit", onSubmit);
    window.addEventListener("pageshow", onReturn);
    return () => {
      timers.forEach((timer) => window.clearTimeout(timer));
      form.removeEventListener("submit", onSubmit);
      window.removeEventListener("pageshow", onReturn);
    };
  }, []);

  const waiting = pending || sent === "self";
  return (
    <button
      type="submit"
      {...button}
      ref={element}
      disabled={disabled || waiting || sent === "other"}
      aria-busy={waiting || undefined}
      className={buttonClass(variant, className)}
    >
      {waiting ? pendingLabel : children}
    </button>
  );
}
