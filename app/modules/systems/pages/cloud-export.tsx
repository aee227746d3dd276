import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { readCloudQuery } from "../cloud/rates/cloud-list.queries.server";
import { exportCloud } from "../cloud/rates/export-cloud.server";

/** The systems on their way to the cloud as a sheet, under the question of the list. */
export const loader = pageLoader({
  access: "system:read",
  load: async ({ ctx, query }) => fileResponse(await exportCloud(ctx, readCloudQuery(query, ctx.today))),
});
