import type { FormReply } from "~/web/form.server";

/** Each form of a page is told only of what was wrong with itself: the reply, when one of its buttons was pressed. */
export function replyTo(reply: FormReply | undefined, ...intents: string[]): FormReply["form"] | null {
  const answered = reply?.form.initialValue?.intent;
  return reply && typeof answered === "string" && intents.includes(answered) ? reply.form : null;
}
