import { renderTableForm } from "~/platform/pdf/render-pdf.server";
import { fileResponse } from "~/web/download.server";
import { idParams, pageLoader } from "~/web/page.server";

import { readMoneyUnit } from "../funding.schema";
import { readFundingResult } from "../result/funding-result.queries.server";
import { resultForm } from "../result/result-form";

/** The result of a funding review as PDF. */
export const loader = pageLoader({
  access: "funding:read",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const result = await readFundingResult(ctx.db, ctx.actor, params.id, ctx.today);
    const form = resultForm(result, readMoneyUnit(query), ctx.now);
    const bytes = await renderTableForm(form);
    const name = `${form.title} ${result.project.name}.pdf`;
    return fileResponse({ bytes, name, mediaType: "application/pdf" }, "inline");
  },
});
