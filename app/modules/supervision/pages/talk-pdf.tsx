import { businessTime } from "~/platform/installation.server";
import { renderTableForm } from "~/platform/pdf/render-pdf.server";
import { fileResponse } from "~/web/download.server";
import { idParams, pageLoader } from "~/web/page.server";

import { talkForm } from "../talks/talk-form";
import { readTalkNotice } from "../talks/talks.queries.server";

/** The notice of a talk (约谈通知) as PDF, for whoever may read the talk. */
export const loader = pageLoader({
  access: "supervision:read",
  params: idParams,
  load: async ({ ctx, params: { id } }) => {
    const [{ content, calledAt }, { demonstration }] = await Promise.all([
      readTalkNotice(ctx.db, ctx.actor, id),
      businessTime(ctx.db),
    ]);
    const bytes = await renderTableForm(talkForm(content, calledAt, demonstration));
    return fileResponse({ bytes, name: `约谈通知 ${content.number}.pdf`, mediaType: "application/pdf" }, "inline");
  },
});
