import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { readCatalogQuery } from "../catalog-query";
import { exportCatalog } from "../export-catalog.server";

export const loader = pageLoader({
  access: "catalog:read",
  load: async ({ ctx, query }) => fileResponse(await exportCatalog(ctx, readCatalogQuery(query))),
});
