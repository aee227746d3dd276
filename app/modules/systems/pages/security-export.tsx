import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { exportRegister } from "../security/export-register.server";
import { readRegisterQuery } from "../security/register.queries.server";

/** The register of security tests as a sheet, under the question of the list. */
export const loader = pageLoader({
  access: "system:read",
  load: async ({ ctx, query }) => fileResponse(await exportRegister(ctx, readRegisterQuery(query))),
});
