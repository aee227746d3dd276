import type { ComponentPropsWithoutRef } from "react";

import { Field, type FieldLabelling } from "./Field";

export interface AmountInputProps
  extends FieldLabelling, Omit<ComponentPropsWithoutRef<"input">, keyof FieldLabelling | "children" | "type"> {
  /** what the typed number counts; parseAmount of kernel/fen reads it back */
  readonly unit?: "wan" | "yuan" | undefined;
}

/** Money as people type it: text, so that "1,234.5" and full-width digits reach the server's parser untouched. */
export function AmountInput({
  name,
  label,
  id,
  hint,
  error,
  required,
  labelHidden,
  className = "max-w-xs",
  unit = "wan",
  ...input
}: AmountInputProps) {
  const word = unit === "wan" ? "万元" : "元";
  return (
    <Field {...{ name, label, id, hint, error, required, labelHidden, className }}>
      {(control) => (
        <span className="relative block">
          <input
            inputMode="decimal"
            autoComplete="off"
            {...input}
            {...control}
            type="text"
            className="control pr-12 text-right"
          />
          <span className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-secondary">
            {word}
          </span>
        </span>
      )}
    </Field>
  );
}
