import { z } from "zod";

import { businessTime } from "~/platform/installation.server";
import { renderTableForm } from "~/platform/pdf/render-pdf.server";
import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { readPanelSheet } from "../panel.queries.server";
import { summaryForm } from "../summary-form";

/** The panel's summary sheet as PDF. */
export const loader = pageLoader({
  access: "expert:convene",
  params: z.object({ id: z.uuid(), panelId: z.uuid() }),
  load: async ({ ctx, params: { id, panelId } }) => {
    const [sheet, { demonstration }] = await Promise.all([
      readPanelSheet(ctx.db, ctx.actor, { projectId: id, panelId, today: ctx.today }),
      businessTime(ctx.db),
    ]);
    const bytes = await renderTableForm(summaryForm(sheet, demonstration));
    const name = `专家评审意见汇总表 ${sheet.project.name}.pdf`;
    return fileResponse({ bytes, name, mediaType: "application/pdf" }, "inline");
  },
});
