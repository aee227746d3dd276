import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { exportMatrix } from "../matrix/export-matrix.server";
import { readMatrixQuery } from "../matrix/report-matrix.queries.server";

/** The matrix of reports as a sheet, under the question of the page. */
export const loader = pageLoader({
  access: "report:read",
  load: async ({ ctx, query }) => fileResponse(await exportMatrix(ctx, readMatrixQuery(query, ctx.today))),
});
