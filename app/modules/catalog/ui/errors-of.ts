import type { SummaryError } from "~/ui";

/** The errors of an answered form, for the summary above the page; those of a field link to it. */
export function errorsOf(
  form: { readonly error?: Readonly<Record<string, readonly string[] | null>> | null | undefined } | undefined,
): SummaryError[] {
  return Object.entries(form?.error ?? {}).flatMap(([field, messages]) =>
    (messages ?? []).map((message) => ({ message, ...(field && { field }) })),
  );
}
