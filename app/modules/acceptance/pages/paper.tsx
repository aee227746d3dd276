import { z } from "zod";

import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { readPaper } from "../acceptance.queries.server";

/** Downloads a paper of an acceptance for whoever may read its project. */
export const loader = pageLoader({
  access: "project:read",
  params: z.object({ id: z.uuid(), paperId: z.uuid() }),
  load: async ({ ctx, params: { id, paperId } }) => {
    const { file, stream } = await readPaper(ctx.db, ctx.actor, { projectId: id, paperId });
    return fileResponse({ stream, sizeBytes: file.sizeBytes, name: file.name, mediaType: file.mediaType });
  },
});
