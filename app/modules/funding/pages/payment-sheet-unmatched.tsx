import { fileResponse } from "~/web/download.server";
import { idParams, pageLoader } from "~/web/page.server";

import { unmatchedSheet } from "../execution/sheet/unmatched-sheet.server";

/** The rows of a payment sheet that matched nothing, with why, to be corrected and uploaded again. */
export const loader = pageLoader({
  access: "payment:import",
  params: idParams,
  load: async ({ ctx, params }) => fileResponse(await unmatchedSheet(ctx, params.id)),
});
