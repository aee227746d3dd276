import { fileResponse } from "~/web/download.server";
import { idParams, pageLoader } from "~/web/page.server";

import { readMoneyUnit } from "../funding.schema";
import { readFundingResult } from "../result/funding-result.queries.server";
import { resultSheet } from "../result/result-sheet.server";

/** The result of a funding review as an .xlsx file. */
export const loader = pageLoader({
  access: "funding:read",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const result = await readFundingResult(ctx.db, ctx.actor, params.id, ctx.today);
    return fileResponse(await resultSheet(result, readMoneyUnit(query)));
  },
});
