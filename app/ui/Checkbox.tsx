import type { ComponentPropsWithoutRef } from "react";

import { FieldHint, FieldMessages, wireControl, type FieldLabelling } from "./Field";

export interface CheckboxProps
  extends FieldLabelling, Omit<ComponentPropsWithoutRef<"input">, keyof FieldLabelling | "children" | "type"> {}

/** A single yes or no; the form carries `name=on` (or `value`) when ticked, nothing otherwise. */
export function Checkbox({
  name,
  label,
  id,
  hint,
  error,
  required,
  labelHidden,
  className = "",
  ...input
}: CheckboxProps) {
  const control = wireControl({ name, label, id, hint, error, required });
  return (
    <div className={className}>
      <div className="flex min-h-9 items-start gap-2 py-1.5">
        <input {...input} {...control} type="checkbox" className="mt-[0.1875rem] h-4 w-4 flex-none" />
        <label htmlFor={control.id} className={`${labelHidden ? "sr-only" : ""} ${required ? "required-mark" : ""}`}>
          {label}
        </label>
      </div>
      <FieldHint id={control.id}>{hint}</FieldHint>
      <FieldMessages id={control.id} error={error} />
    </div>
  );
}
