import type { ComponentPropsWithoutRef } from "react";

import { Field, type FieldLabelling } from "./Field";

export interface TextInputProps
  extends FieldLabelling, Omit<ComponentPropsWithoutRef<"input">, keyof FieldLabelling | "children"> {}

/** One line of text. Takes conform's getInputProps as it comes. */
export function TextInput({
  name,
  label,
  id,
  hint,
  error,
  required,
  labelHidden,
  className,
  ...input
}: TextInputProps) {
  return (
    <Field {...{ name, label, id, hint, error, required, labelHidden, className }}>
      {(control) => <input type="text" {...input} {...control} className="control" />}
    </Field>
  );
}
