import { z } from "zod";

import { businessTime } from "~/platform/installation.server";
import { renderTableForm } from "~/platform/pdf/render-pdf.server";
import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { readOpinionSheet } from "../acceptance.queries.server";
import { opinionForm } from "../opinion-form";

/** The opinion on an acceptance (验收意见书) as PDF, once it is decided. */
export const loader = pageLoader({
  access: "project:read",
  params: z.object({ id: z.uuid(), acceptanceId: z.uuid() }),
  load: async ({ ctx, params: { id, acceptanceId } }) => {
    const [sheet, { demonstration }] = await Promise.all([
      readOpinionSheet(ctx.db, ctx.actor, { projectId: id, acceptanceId }),
      businessTime(ctx.db),
    ]);
    const bytes = await renderTableForm(opinionForm(sheet, demonstration));
    return fileResponse(
      { bytes, name: `验收意见书 ${sheet.project.name}.pdf`, mediaType: "application/pdf" },
      "inline",
    );
  },
});
