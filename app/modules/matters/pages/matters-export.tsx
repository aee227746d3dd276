import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { exportMatters } from "../intake/export-registers.server";
import { readMatterQuery } from "../matters.queries.server";

/** The matters of a question under the columns in which they can be taken in again. */
export const loader = pageLoader({
  access: "matter:read",
  load: async ({ ctx, query }) => fileResponse(await exportMatters(ctx, readMatterQuery(query))),
});
