import { fileResponse } from "~/web/download.server";
import { idParams, pageLoader } from "~/web/page.server";

import { readSanctionPaper } from "../sanction/sanction.queries.server";

/** Downloads the paper of a remedy for whoever may read the unit's gate. */
export const loader = pageLoader({
  access: "gate:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const { file, stream } = await readSanctionPaper(ctx.db, ctx.actor, params.id);
    return fileResponse({ stream, sizeBytes: file.sizeBytes, name: file.name, mediaType: file.mediaType });
  },
});
