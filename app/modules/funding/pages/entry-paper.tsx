import { z } from "zod";

import { keysOf } from "~/kernel/vocabulary";
import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { readPaper } from "../execution/entries.queries.server";
import { ENTRY_KINDS } from "../execution/entry.lifecycle";

/** Downloads the scan of a contract or the paper of a change for whoever may read its project's money. */
export const loader = pageLoader({
  access: "funding:read",
  params: z.object({ kind: z.enum(keysOf(ENTRY_KINDS)), id: z.uuid() }),
  load: async ({ ctx, params }) => {
    const { file, stream } = await readPaper(ctx.db, ctx.actor, params.kind, params.id);
    return fileResponse({ stream, sizeBytes: file.sizeBytes, name: file.name, mediaType: file.mediaType });
  },
});
