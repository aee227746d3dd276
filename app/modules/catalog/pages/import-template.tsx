import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { importTemplate } from "../import/import-template.server";

/** The sheet to fill in, with the drop-downs of this installation and unit. */
export const loader = pageLoader({
  access: "catalog:register",
  load: async ({ ctx }) => fileResponse(await importTemplate(ctx.db, ctx.actor.unitId)),
});
