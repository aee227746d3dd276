import { fileResponse } from "~/web/download.server";
import { idParams, pageLoader } from "~/web/page.server";

import { readExemptionPaper } from "../exemption/exemption.queries.server";

/** Downloads the paper of an exemption for whoever may read the unit's gate. */
export const loader = pageLoader({
  access: "gate:read",
  params: idParams,
  load: async ({ ctx, params }) => {
    const { file, stream } = await readExemptionPaper(ctx.db, ctx.actor, params.id);
    return fileResponse({ stream, sizeBytes: file.sizeBytes, name: file.name, mediaType: file.mediaType });
  },
});
