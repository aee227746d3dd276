import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { demandForm } from "../demand/demand-form.server";
import { exportedDemands, listOwner, readDemandQuery } from "../demand/demand-list.queries.server";

/** The list as it is asked for, as the form that is printed and signed. */
export const loader = pageLoader({
  access: "demand:read",
  load: async ({ ctx, query }) => {
    const question = readDemandQuery(query);
    const [owner, rows] = await Promise.all([
      listOwner(ctx.db, ctx.actor, question),
      exportedDemands(ctx.db, ctx.actor, question, ctx.today),
    ]);
    const { list } = question;
    return fileResponse(
      await demandForm({ list, owner, rows, today: ctx.today, exportedBy: ctx.actor.name }, ctx.now),
      "inline",
    );
  },
});
