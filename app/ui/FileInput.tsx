import type { ComponentPropsWithoutRef } from "react";

import { Field, type FieldLabelling } from "./Field";

export interface FileInputProps
  extends
    FieldLabelling,
    Omit<ComponentPropsWithoutRef<"input">, keyof FieldLabelling | "children" | "type" | "defaultValue"> {
  /** what was uploaded before: it stays unless a new file is chosen */
  readonly current?: { readonly name: string; readonly href: string } | undefined;
  readonly sample?: { readonly label: string; readonly href: string } | undefined;
}

/** A file. Its form needs method="post" and encType="multipart/form-data". */
export function FileInput({
  name,
  label,
  id,
  hint,
  error,
  required,
  labelHidden,
  className,
  current,
  sample,
  ...input
}: FileInputProps) {
  return (
    <Field {...{ name, label, id, hint, error, required, labelHidden, className }}>
      {(control) => (
        <>
          <input {...input} {...control} aria-required={undefined} type="file" className="control" />
          {(current ?? sample) && (
            <p className="flex flex-wrap gap-x-4 text-[0.8125rem] text-secondary">
              {current && (
                <span>
                  已上传：<a href={current.href}>{current.name}</a>
                </span>
              )}
              {sample && <a href={sample.href}>{sample.label}</a>}
            </p>
          )}
        </>
      )}
    </Field>
  );
}
