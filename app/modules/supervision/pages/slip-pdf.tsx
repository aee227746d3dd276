import { businessTime } from "~/platform/installation.server";
import { renderTableForm } from "~/platform/pdf/render-pdf.server";
import { fileResponse } from "~/web/download.server";
import { idParams, pageLoader } from "~/web/page.server";

import { slipForm } from "../slips/slip-form";
import { readSlip } from "../slips/slips.queries.server";

/** A slip (督办单) as PDF, for whoever may read its item. */
export const loader = pageLoader({
  access: "supervision:read",
  params: idParams,
  load: async ({ ctx, params: { id } }) => {
    const [{ content, issuedAt }, { demonstration }] = await Promise.all([
      readSlip(ctx.db, ctx.actor, id),
      businessTime(ctx.db),
    ]);
    const bytes = await renderTableForm(slipForm(content, issuedAt, demonstration));
    return fileResponse({ bytes, name: `督办单 ${content.slipNumber}.pdf`, mediaType: "application/pdf" }, "inline");
  },
});
