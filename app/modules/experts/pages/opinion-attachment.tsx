import { z } from "zod";

import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { readOpinionAttachment } from "../opinions.queries.server";

/** Downloads an attachment for the expert who judges its filing. */
export const loader = pageLoader({
  access: "expert:opine",
  params: z.object({ id: z.uuid(), attachmentId: z.uuid() }),
  load: async ({ ctx, params: { id, attachmentId } }) => {
    const { file, bytes } = await readOpinionAttachment(ctx.db, ctx.actor, { opinionId: id, attachmentId });
    return fileResponse({ bytes, name: file.name, mediaType: file.mediaType });
  },
});
