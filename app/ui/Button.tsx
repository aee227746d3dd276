import type { ComponentPropsWithoutRef } from "react";

export type ButtonVariant = "primary" | "secondary" | "danger" | "quiet";

const VARIANTS: Readonly<Record<ButtonVariant, string>> = {
  primary: "border-primary bg-primary text-white hover:border-primary-hover hover:bg-primary-hover hover:text-white",
  secondary: "border-[color:var(--line-control)] bg-surface text-ink hover:border-primary hover:text-primary",
  danger: "border-bad bg-surface text-[color:var(--bad-text)] hover:bg-bad-soft hover:text-[color:var(--bad-text)]",
  quiet: "border-transparent bg-transparent text-primary hover:bg-primary-soft hover:text-primary-hover",
};

/** One look for buttons and for links that act as one. */
export function buttonClass(variant: ButtonVariant, className = ""): string {
  return `inline-flex min-h-9 items-center justify-center gap-1.5 rounded border px-4 py-1 font-medium no-underline hover:no-underline disabled:cursor-not-allowed disabled:opacity-60 print:hidden ${VARIANTS[variant]} ${className}`;
}

export interface ButtonProps extends Omit<ComponentPropsWithoutRef<"button">, "type"> {
  readonly variant?: ButtonVariant | undefined;
}

/** A button that does something on this page only, so it needs script; to send a form use SubmitButton. */
export function Button({ variant = "secondary", className, ...button }: ButtonProps) {
  return <button type="button" {...button} className={buttonClass(variant, className)} />;
}

export interface LinkButtonProps extends ComponentPropsWithoutRef<"a"> {
  readonly href: string;
  readonly variant?: ButtonVariant | undefined;
}

/** A link with the weight of a button: it opens a page and changes nothing. */
export function LinkButton({ variant = "secondary", className, children, ...link }: LinkButtonProps) {
  return (
    <a {...link} className={buttonClass(variant, className)}>
      {children}
    </a>
  );
}
