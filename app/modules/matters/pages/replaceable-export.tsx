import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { exportReplaceable } from "../export-replaceable.server";

/** How every material stands to data, as a sheet. */
export const loader = pageLoader({
  access: "matter:read",
  load: async ({ ctx }) => fileResponse(await exportReplaceable(ctx)),
});
