import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { exportedDemands, listOwner, readDemandQuery } from "../demand/demand-list.queries.server";
import { demandSheet } from "../demand/demand-sheet.server";

/** The list as it is asked for, as an .xlsx file. */
export const loader = pageLoader({
  access: "demand:read",
  load: async ({ ctx, query }) => {
    const question = readDemandQuery(query);
    const [owner, rows] = await Promise.all([
      listOwner(ctx.db, ctx.actor, question),
      exportedDemands(ctx.db, ctx.actor, question, ctx.today),
    ]);
    const { list } = question;
    return fileResponse(await demandSheet({ list, owner, rows, today: ctx.today, exportedBy: ctx.actor.name }));
  },
});
