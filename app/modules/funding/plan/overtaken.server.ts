import { json } from "@remix-run/node";

import type { FormReply, refused } from "~/web/form.server";

/** 409 with everything that was typed, when somebody else was faster. */
export const overtaken = (submission: Parameters<typeof refused>[0], message: string) =>
  json<FormReply>({ form: submission.reply({ formErrors: [message] }) }, { status: 409 });
