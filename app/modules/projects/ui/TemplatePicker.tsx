import { useEffect, useState } from "react";

import { fieldId, SubmitButton } from "~/ui";

import { REVIEW_TEMPLATES, templatesFor, type ReviewStep, type ReviewTemplate } from "../review.templates";

/**
 * The reasons of a step to pick from. With script a tick writes its sentence into the opinion, where it can be edited, and
 * clearing it takes the sentence out; before script a button does the same by posting.
 */
export function TemplatePicker({ step, opinionField }: { step: ReviewStep; opinionField: string }) {
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  const toggle = (key: ReviewTemplate, chosen: boolean) => {
    const area = document.getElementById(fieldId(opinionField));
    if (!(area instanceof HTMLTextAreaElement)) return;
    const { text } = REVIEW_TEMPLATES[key];
    const lines = area.value.split("\n").filter((line) => line !== "" && line !== text);
    area.value = [...lines, ...(chosen ? [text] : [])].join("\n");
  };
  const group = (use: "return" | "reject", title: string) => (
    <fieldset className="min-w-0">
      <legend className="text-[0.8125rem] text-secondary">{title}</legend>
      {templatesFor(step, use).map((key) => (
        <div key={key} className="flex items-start gap-2 py-1">
          <input
            type="checkbox"
            id={`template-${key}`}
            // What was written into the opinion is sent with it; sending the tick too would send the sentence twice.
            name={ready ? undefined : "templates"}
            value={key}
            onChange={(event) => toggle(key, event.currentTarget.checked)}
            className="mt-[0.1875rem] h-4 w-4 flex-none"
          />
          <label htmlFor={`template-${key}`}>{REVIEW_TEMPLATES[key].text}</label>
        </div>
      ))}
    </fieldset>
  );
  return (
    <details>
      <summary className="cursor-pointer font-medium text-primary">常用理由（勾选后写入意见，可再修改）</summary>
      <div className="mt-1 space-y-2 border-l-2 border-line pl-3">
        {group("return", "退回补正")}
        {group("reject", "不予立项")}
        {!ready && (
          <SubmitButton name="intent" value="takeOverTemplates" variant="secondary">
            把所选理由写入意见
          </SubmitButton>
        )}
      </div>
    </details>
  );
}
