import { z } from "zod";

import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { readAttachment } from "../attachments.queries.server";

/** Downloads an attachment for whoever may read its project. */
export const loader = pageLoader({
  access: "project:read",
  params: z.object({ id: z.uuid(), attachmentId: z.uuid() }),
  load: async ({ ctx, params: { id, attachmentId } }) => {
    const { file, stream } = await readAttachment(ctx.db, ctx.actor, { projectId: id, attachmentId });
    return fileResponse({ stream, sizeBytes: file.sizeBytes, name: file.name, mediaType: file.mediaType });
  },
});
