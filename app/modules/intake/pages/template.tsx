import { authorizeIntake } from "~/platform/intake/intake-sheets.server";
import { templateOf } from "~/platform/intake/register-sheets.server";
import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { kindParams } from "../kind-params";
import { kindOf } from "../kinds.server";

/** The sheet to fill in, with its drop-downs and how each column is filled in. */
export const loader = pageLoader({
  access: "desk:read",
  params: kindParams,
  load: async ({ ctx, params }) => {
    const kind = kindOf(params.kind);
    authorizeIntake(ctx, kind);
    return fileResponse(await templateOf(kind));
  },
});
