import { z } from "zod";

import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { readCloudEvidence } from "../cloud/steps/steps.queries.server";

/** Downloads what proves a step of a system, for whoever may see the system. */
export const loader = pageLoader({
  access: "system:read",
  params: z.object({ id: z.uuid(), fileId: z.uuid() }),
  load: async ({ ctx, params }) => {
    const { file, stream } = await readCloudEvidence(ctx.db, ctx.actor, params.id, params.fileId);
    return fileResponse({ stream, sizeBytes: file.sizeBytes, name: file.name, mediaType: file.mediaType });
  },
});
