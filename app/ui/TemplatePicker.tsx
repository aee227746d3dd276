import { useEffect, useState } from "react";

import { fieldId } from "./field-id";
import { SubmitButton } from "./SubmitButton";

export interface TemplateGroup {
  /** what the sentences are reasons for */
  readonly title: string;
  readonly templates: readonly { readonly key: string; readonly text: string }[];
}

export interface TemplatePickerProps {
  readonly groups: readonly TemplateGroup[];
  /** the name of the text area that the sentences go into */
  readonly opinionField: string;
}

/**
 * Ready-made sentences to pick from. With script a tick writes its sentence into the opinion, where it can be edited, and
 * clearing it takes the sentence out; before script a button does the same by posting `templates`.
 */
export function TemplatePicker({ groups, opinionField }: TemplatePickerProps) {
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  const toggle = (text: string, chosen: boolean) => {
    const area = document.getElementById(fieldId(opinionField));
    if (!(area instanceof HTMLTextAreaElement)) return;
    const lines = area.value.split("\n").filter((line) => line !== "" && line !== text);
    area.value = [...lines, ...(chosen ? [text] : [])].join("\n");
  };
  return (
    <details>
      <summary className="cursor-pointer font-medium text-primary">常用理由（勾选后写入意见，可再修改）</summary>
      <div className="mt-1 space-y-2 border-l-2 border-line pl-3">
        {groups.map(({ title, templates }) => (
          <fieldset key={title} className="min-w-0">
            <legend className="text-[0.8125rem] text-secondary">{title}</legend>
            {templates.map(({ key, text }) => (
              <div key={key} className="flex items-start gap-2 py-1">
                <input
                  type="checkbox"
                  id={`template-${key}`}
                  // What was written into the opinion is sent with it; sending the tick too would send the sentence twice.
                  name={ready ? undefined : "templates"}
                  value={key}
                  onChange={(event) => toggle(text, event.currentTarget.checked)}
                  className="mt-[0.1875rem] h-4 w-4 flex-none"
                />
                <label htmlFor={`template-${key}`}>{text}</label>
              </div>
            ))}
          </fieldset>
        ))}
        {!ready && (
          <SubmitButton name="intent" value="takeOverTemplates" variant="secondary">
            把所选理由写入意见
          </SubmitButton>
        )}
      </div>
    </details>
  );
}
