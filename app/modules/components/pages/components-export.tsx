import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { readAsOf } from "../adoption.queries.server";
import { exportComponents } from "../export-components.server";

/** The register of components and its adoption as a sheet. */
export const loader = pageLoader({
  access: "component:read",
  load: async ({ ctx, query }) => fileResponse(await exportComponents(ctx, readAsOf(query, ctx.today))),
});
