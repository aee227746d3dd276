import { z } from "zod";

import { isPeriod, period } from "~/kernel/period";
import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { openReportFile } from "../report/files/report-files.queries.server";

const params = z.object({
  id: z.uuid(),
  period: z.string().refine(isPeriod).transform(period),
  fileId: z.uuid(),
});

/** Downloads a file of a report for whoever may read the report. */
export const loader = pageLoader({
  access: "report:read",
  params,
  load: async ({ ctx, params: { id, period: month, fileId } }) => {
    const { file, stream } = await openReportFile(ctx.db, ctx.actor, { projectId: id, period: month }, fileId);
    return fileResponse({ stream, sizeBytes: file.sizeBytes, name: file.name, mediaType: file.mediaType });
  },
});
