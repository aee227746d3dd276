import { TemplatePicker as Picker } from "~/ui";

import { REVIEW_TEMPLATES, templatesFor, type ReviewStep } from "../review.templates";

/** The reasons of a step of the bureau's review to pick from. */
export function TemplatePicker({ step, opinionField }: { step: ReviewStep; opinionField: string }) {
  const group = (use: "return" | "reject", title: string) => ({
    title,
    templates: templatesFor(step, use).map((key) => ({ key, text: REVIEW_TEMPLATES[key].text })),
  });
  return <Picker groups={[group("return", "退回补正"), group("reject", "不予立项")]} opinionField={opinionField} />;
}
