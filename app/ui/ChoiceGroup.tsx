import type { ReactNode } from "react";

import { FieldHint, FieldMessages, wireControl, type FieldLabelling } from "./Field";

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly disabled?: boolean | undefined;
  /** left out of sight, for instance by a search; a choice made stays made */
  readonly hidden?: boolean | undefined;
}

interface ChoiceGroupProps extends FieldLabelling {
  readonly kind: "radio" | "checkbox";
  readonly choices: readonly Choice[];
  readonly checked: ReadonlySet<string>;
  readonly form?: string | undefined;
  readonly inline?: boolean | undefined;
}

/** A <fieldset> of native choices. The first choice carries the group's id, so that an error link lands on it. */
export function ChoiceGroup({ kind, choices, checked, form, inline = false, ...labelling }: ChoiceGroupProps) {
  const { id, name, ...wiring } = wireControl(labelling);
  const { "aria-describedby": describedBy, ...state } = wiring;
  return (
    <fieldset
      className="min-w-0 space-y-1"
      aria-describedby={describedBy}
      {...(kind === "radio" && { role: "radiogroup", ...state })}
    >
      <legend
        className={`${labelling.labelHidden ? "sr-only" : "font-medium"} ${labelling.required ? "required-mark" : ""}`}
      >
        {labelling.label}
      </legend>
      <FieldHint id={id}>{labelling.hint}</FieldHint>
      <div className={inline ? "flex flex-wrap gap-x-6" : ""}>
        {choices.map((choice, index) => {
          const choiceId = index === 0 ? id : `${id}-${index}`;
          return (
            <div key={choice.value} className={`${choice.hidden ? "hidden" : "flex"} min-h-9 items-start gap-2 py-1.5`}>
              <input
                type={kind}
                id={choiceId}
                name={name}
                form={form}
                value={choice.value}
                defaultChecked={checked.has(choice.value)}
                disabled={choice.disabled}
                aria-describedby={choice.hint ? `${choiceId}-hint` : undefined}
                className="mt-[0.1875rem] h-4 w-4 flex-none"
              />
              <div>
                <label htmlFor={choiceId}>{choice.label}</label>
                {choice.hint && (
                  <p id={`${choiceId}-hint`} className="text-[0.8125rem] leading-5 text-secondary">
                    {choice.hint}
                  </p>
                )}
              </div>
            </div>
          );
        })}
      </div>
      <FieldMessages id={id} error={labelling.error} />
    </fieldset>
  );
}
