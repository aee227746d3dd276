import type { FieldMetadata } from "@conform-to/react";

/** A field's name, what stands in it and what is wrong with it, for the controls of app/ui. */
export const wired = ({
  name,
  initialValue,
  errors,
}: Pick<FieldMetadata<string>, "name" | "initialValue" | "errors">) => ({
  name,
  defaultValue: initialValue,
  error: errors,
});
