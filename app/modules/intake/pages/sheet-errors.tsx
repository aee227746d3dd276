import { authorizeIntake } from "~/platform/intake/intake-sheets.server";
import { errorSheet } from "~/platform/intake/register-sheets.server";
import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { sheetParams } from "../kind-params";
import { kindOf } from "../kinds.server";

/** The rows of a sheet that have a problem, with what is wrong, to be corrected and uploaded again. */
export const loader = pageLoader({
  access: "desk:read",
  params: sheetParams,
  load: async ({ ctx, params }) => {
    const kind = kindOf(params.kind);
    authorizeIntake(ctx, kind);
    return fileResponse(await errorSheet(ctx.db, ctx.actor, kind, params.id));
  },
});
