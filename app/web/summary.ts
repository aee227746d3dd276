import type { FormMetadata } from "@conform-to/react";

import type { SummaryError } from "~/ui";

/** The errors of a form as ErrorSummary lists them: the form's own first, then each field's, linked to it. */
export function summaryOf(
  form: Pick<FormMetadata<Record<string, unknown>, string[]>, "errors" | "allErrors">,
): SummaryError[] {
  const own = (form.errors ?? []).map((message) => ({ message }));
  const fields = Object.entries(form.allErrors)
    .filter(([name]) => name !== "")
    .flatMap(([name, messages]) => messages.map((message) => ({ message, field: name })));
  return [...own, ...fields];
}
