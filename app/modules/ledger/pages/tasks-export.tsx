import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { exportTasks } from "../list/export-tasks.server";
import { readLedgerQuery } from "../list/list-query";

/** The ledger as a sheet, under the question of the list. */
export const loader = pageLoader({
  access: "task:read",
  load: async ({ ctx, query }) => fileResponse(await exportTasks(ctx, readLedgerQuery(query))),
});
