import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { readCoordinationQuery } from "../coordination/coordination.queries.server";
import { exportCoordination } from "../coordination/export-coordination.server";

/** The matters for the leading group as a sheet, under the question of the list. */
export const loader = pageLoader({
  access: "coordination:read",
  load: async ({ ctx, query }) => fileResponse(await exportCoordination(ctx, readCoordinationQuery(query))),
});
