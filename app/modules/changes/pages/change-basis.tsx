import { fileResponse } from "~/web/download.server";
import { idParams, pageLoader } from "~/web/page.server";

import { readBasis } from "../change.queries.server";

/** Downloads the basis document of a change for whoever may read its project. */
export const loader = pageLoader({
  access: "project:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const { file, stream } = await readBasis(ctx.db, ctx.actor, params.id);
    return fileResponse({ stream, sizeBytes: file.sizeBytes, name: file.name, mediaType: file.mediaType });
  },
});
