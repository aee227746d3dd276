import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { readEntryQuery } from "../bulk/entry.queries.server";
import { exportEntry } from "../bulk/export-entry.server";

/** The unit's reports of a month as a sheet to fill in, prefilled like the grid. */
export const loader = pageLoader({
  access: "report:fill",
  load: async ({ ctx, query }) => fileResponse(await exportEntry(ctx, readEntryQuery(query, ctx.today).period)),
});
