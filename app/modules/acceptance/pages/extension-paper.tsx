import { z } from "zod";

import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { readExtensionPaper } from "../acceptance.queries.server";

/** Downloads the paper of a request for a later limit for whoever may read its project. */
export const loader = pageLoader({
  access: "project:read",
  params: z.object({ id: z.uuid(), extensionId: z.uuid() }),
  load: async ({ ctx, params: { id, extensionId } }) => {
    const { file, stream } = await readExtensionPaper(ctx.db, ctx.actor, { projectId: id, extensionId });
    return fileResponse({ stream, sizeBytes: file.sizeBytes, name: file.name, mediaType: file.mediaType });
  },
});
