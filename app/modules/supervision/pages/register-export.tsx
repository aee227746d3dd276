import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { exportRegister } from "../register/export-register.server";
import { readRegisterQuery } from "../register/register-query.server";

/** The register of supervised items as a sheet, under the question of the list. */
export const loader = pageLoader({
  access: "supervision:read",
  load: async ({ ctx, query }) => fileResponse(await exportRegister(ctx, readRegisterQuery(query))),
});
