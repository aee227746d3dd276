import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { exportMaterials } from "../intake/export-registers.server";
import { readMaterialQuery } from "../materials.queries.server";

/** The materials of a question under the columns in which they can be taken in again. */
export const loader = pageLoader({
  access: "matter:read",
  load: async ({ ctx, query }) => fileResponse(await exportMaterials(ctx, readMaterialQuery(query))),
});
