import { fileResponse } from "~/web/download.server";
import { idParams, pageLoader } from "~/web/page.server";

import { readTestReport } from "../security/tests.queries.server";

/** Downloads the report of a test for whoever may read its system. */
export const loader = pageLoader({
  access: "system:read",
  params: idParams,
  load: async ({ ctx, params: { id } }) => {
    const { file, stream } = await readTestReport(ctx.db, ctx.actor, id);
    return fileResponse({ stream, sizeBytes: file.sizeBytes, name: file.name, mediaType: file.mediaType });
  },
});
