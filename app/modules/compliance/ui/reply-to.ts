import type { SubmissionResult } from "@conform-to/react";

type Reply = SubmissionResult<string[]>;

/** Each form of a page is told only of what was wrong with itself: the reply, when one of its buttons was pressed. */
export function replyTo(reply: { readonly form: Reply } | undefined, ...intents: string[]): Reply | null {
  const answered = reply?.form.initialValue?.intent;
  return reply && typeof answered === "string" && intents.includes(answered) ? reply.form : null;
}
