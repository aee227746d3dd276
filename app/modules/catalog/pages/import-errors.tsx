import { idParams, pageLoader } from "~/web/page.server";
import { fileResponse } from "~/web/download.server";

import { errorSheet } from "../import/error-sheet.server";

/** The bad rows of an import, with what is wrong, to be corrected and uploaded again. */
export const loader = pageLoader({
  access: "catalog:register",
  params: idParams,
  load: async ({ ctx, params }) => fileResponse(await errorSheet(ctx.db, ctx.actor, params.id)),
});
