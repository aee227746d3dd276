import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { fieldId } from "./field-id";

/** One message or several; empty and absent mean "no error". */
export type FieldError = string | readonly string[] | null | undefined;

/** What every control of the family takes beside the attributes of its native element. */
export interface FieldLabelling {
  readonly name: string;
  readonly label: string;
  /** defaults to fieldId(name), which ErrorSummary links to */
  readonly id?: string | undefined;
  readonly hint?: ReactNode;
  readonly error?: FieldError;
  /** marks the field and tells assistive technology; completeness is judged by the server, so a draft can be saved */
  readonly required?: boolean | undefined;
  /** the label is there for readers only: the control stands in a table column whose head says the same */
  readonly labelHidden?: boolean | undefined;
}

/** The attributes that tie a control to its label, hint and error. */
export interface ControlWiring {
  readonly id: string;
  readonly name: string;
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: true;
  readonly "aria-required"?: true;
}

const messagesOf = (error: FieldError): readonly string[] =>
  typeof error === "string" ? [error].filter(Boolean) : (error ?? []);

/** Ids follow the convention of conform: `<id>-description` and `<id>-error`. */
export function wireControl({ name, id = fieldId(name), hint, error, required }: FieldLabelling): ControlWiring {
  const invalid = messagesOf(error).length > 0;
  const describedBy = [hint ? `${id}-description` : "", invalid ? `${id}-error` : ""].filter(Boolean).join(" ");
  return {
    id,
    name,
    ...(describedBy && { "aria-describedby": describedBy }),
    ...(invalid && { "aria-invalid": true as const }),
    ...(required && { "aria-required": true as const }),
  };
}

export function FieldHint({ id, children }: { id: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <p id={`${id}-description`} className="text-[0.8125rem] leading-5 text-secondary">
      {children}
    </p>
  );
}

export function FieldMessages({ id, error }: { id: string; error: FieldError }) {
  const messages = messagesOf(error);
  if (messages.length === 0) return null;
  return (
    <div id={`${id}-error`} className="text-[0.8125rem] leading-5 text-[color:var(--bad-text)]">
      {messages.map((message) => (
        <p key={message} className="flex gap-1">
          <CircleAlert className="mt-0.5 h-4 w-4 flex-none" strokeWidth={1.75} aria-hidden />
          {message}
        </p>
      ))}
    </div>
  );
}

export interface FieldProps extends FieldLabelling {
  readonly className?: string | undefined;
  readonly children: (control: ControlWiring) => ReactNode;
}

/** Label, hint, control, error, in this order, wired together. Use it directly for a control the family lacks. */
export function Field({ className = "", children, ...labelling }: FieldProps) {
  const control = wireControl(labelling);
  return (
    <div className={`min-w-0 space-y-1 ${className}`}>
      <label
        htmlFor={control.id}
        className={`${labelling.labelHidden ? "sr-only" : "block font-medium"} ${labelling.required ? "required-mark" : ""}`}
      >
        {labelling.label}
      </label>
      <FieldHint id={control.id}>{labelling.hint}</FieldHint>
      {children(control)}
      <FieldMessages id={control.id} error={labelling.error} />
    </div>
  );
}
