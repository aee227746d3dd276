import type { ComponentPropsWithoutRef } from "react";

import { Field, type FieldLabelling } from "./Field";

export interface TextAreaProps
  extends FieldLabelling, Omit<ComponentPropsWithoutRef<"textarea">, keyof FieldLabelling | "children"> {}

/** Several lines of text. */
export function TextArea({ name, label, id, hint, error, required, labelHidden, className, ...area }: TextAreaProps) {
  return (
    <Field {...{ name, label, id, hint, error, required, labelHidden, className }}>
      {(control) => <textarea rows={4} {...area} {...control} className="control" />}
    </Field>
  );
}
