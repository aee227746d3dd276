import { scopeFor } from "~/policy";
import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { planSheet } from "../plan/plan-sheet.server";
import { exportedPlans, readPlanQuery } from "../plan/plan.queries.server";

/** The plans as they are asked for, as an .xlsx file. */
export const loader = pageLoader({
  access: "funding:read",
  load: async ({ ctx, query }) => {
    const question = readPlanQuery(query, ctx.today);
    const rows = await exportedPlans(ctx.db, scopeFor(ctx.actor, "funding:read"), question);
    return fileResponse(await planSheet({ year: question.year, rows, today: ctx.today, exportedBy: ctx.actor.name }));
  },
});
