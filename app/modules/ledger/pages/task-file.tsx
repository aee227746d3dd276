import { z } from "zod";

import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { openTaskFile } from "../task/task.queries.server";

/** Downloads what proves something of a task, for whoever may see the task. */
export const loader = pageLoader({
  access: "task:read",
  params: z.object({ id: z.uuid(), paperId: z.uuid() }),
  load: async ({ ctx, params }) => {
    const { file, stream } = await openTaskFile(ctx.db, ctx.actor, params.id, params.paperId);
    return fileResponse({ stream, sizeBytes: file.sizeBytes, name: file.name, mediaType: file.mediaType });
  },
});
