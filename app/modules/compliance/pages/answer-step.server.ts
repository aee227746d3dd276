import { json, redirect } from "@remix-run/node";

import { isConflict, type Refusal, type Result } from "~/kernel/result";
import { refused, type FormReply } from "~/web/form.server";

/** Codes that speak of the text that goes with a step. */
const ABOUT_OPINION: readonly string[] = ["reasonGiven", "opinionGiven", "remedyGiven"];

/** How a step ends: on the thing's page, or with what was typed and why it was not done. */
export async function answerStep<Code extends string>(
  submission: Parameters<typeof refused>[0],
  href: string,
  step: () => Promise<Result<unknown, Code>>,
  say: (refusal: Refusal<Code>) => string,
): Promise<Response> {
  try {
    const result = await step();
    if (result.ok) return redirect(href);
    const atField = result.refusals.map((refusal) =>
      ABOUT_OPINION.includes(refusal.code) ? { ...refusal, field: "opinion" } : refusal,
    );
    return refused(submission, atField, say);
  } catch (error) {
    if (!isConflict(error)) throw error;
    const formErrors = ["本件刚刚有了新的变动，这一步没有生效。请核对最新内容后再办理，您写的内容已保留。"];
    return json<FormReply>({ form: submission.reply({ formErrors }) }, { status: 409 });
  }
}
