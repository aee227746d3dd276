import type { ComponentPropsWithoutRef } from "react";

import { Field, type FieldLabelling } from "./Field";

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean | undefined;
}

export interface SelectProps
  extends FieldLabelling, Omit<ComponentPropsWithoutRef<"select">, keyof FieldLabelling | "children"> {
  readonly options: readonly Option[];
  /** the empty first choice; leave it out when a choice is always made */
  readonly placeholder?: string | undefined;
}

/** One choice of many, native. */
export function Select({
  name,
  label,
  id,
  hint,
  error,
  required,
  labelHidden,
  className,
  options,
  placeholder,
  ...select
}: SelectProps) {
  return (
    <Field {...{ name, label, id, hint, error, required, labelHidden, className }}>
      {(control) => (
        <select {...select} {...control} className="control">
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
