import { fileResponse } from "~/web/download.server";
import { idParams, pageLoader } from "~/web/page.server";

import { readScopePaper } from "../cloud/scope/scope.queries.server";

/** Downloads the paper of a proposal of scope for whoever may see the system. */
export const loader = pageLoader({
  access: "system:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const { file, stream } = await readScopePaper(ctx.db, ctx.actor, params.id);
    return fileResponse({ stream, sizeBytes: file.sizeBytes, name: file.name, mediaType: file.mediaType });
  },
});
