import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { exportSystems } from "../inventory/export-systems.server";
import { readSystemQuery } from "../inventory/systems.queries.server";

/** The inventory as a sheet, under the question of the list. */
export const loader = pageLoader({
  access: "system:read",
  load: async ({ ctx, query }) => fileResponse(await exportSystems(ctx, readSystemQuery(query))),
});
