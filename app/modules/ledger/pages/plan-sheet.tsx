import { fileResponse } from "~/web/download.server";
import { idParams, pageLoader } from "~/web/page.server";

import { openPlanSheet } from "../plan/plan.queries.server";

/** Downloads the sheet that a plan was read from. */
export const loader = pageLoader({
  access: "task:confirm",
  params: idParams,
  load: async ({ ctx, params }) => {
    const { file, stream } = await openPlanSheet(ctx.db, ctx.actor, params.id);
    return fileResponse({ stream, sizeBytes: file.sizeBytes, name: file.name, mediaType: file.mediaType });
  },
});
