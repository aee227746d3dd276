import { fileResponse } from "~/web/download.server";
import { idParams, pageLoader } from "~/web/page.server";

import { findBulletin } from "../load-bulletin.server";
import { bulletinPdf, draftPdf } from "../render-bulletin-pdf.server";

/** The bulletin as it prints: the stored file once it is signed, a marked preview before. */
export const loader = pageLoader({
  access: "bulletin:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const bulletin = await findBulletin(ctx.db, ctx.actor, params.id);
    const sheet = await (bulletin.state === "published" ? bulletinPdf(ctx.db, bulletin.id) : draftPdf(bulletin, ctx));
    return fileResponse({ ...sheet, mediaType: "application/pdf" }, "inline");
  },
});
