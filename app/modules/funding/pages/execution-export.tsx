import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { exportExecution } from "../execution/export-execution.server";
import { readExecutionQuery } from "../execution/execution.queries.server";

/** The execution of a year as a sheet, under the question of the list. */
export const loader = pageLoader({
  access: "funding:read",
  load: async ({ ctx, query }) => fileResponse(await exportExecution(ctx, readExecutionQuery(query, ctx.today))),
});
