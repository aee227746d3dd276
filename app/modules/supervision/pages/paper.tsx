import { fileResponse } from "~/web/download.server";
import { idParams, pageLoader } from "~/web/page.server";

import { readPaper } from "../papers/papers.queries.server";

/** Downloads a paper of a supervised item or talk, for whoever may read it. */
export const loader = pageLoader({
  access: "supervision:read",
  params: idParams,
  load: async ({ ctx, params: { id } }) => {
    const { file, stream } = await readPaper(ctx.db, ctx.actor, id);
    return fileResponse({ stream, sizeBytes: file.sizeBytes, name: file.name, mediaType: file.mediaType });
  },
});
