import { templateOf } from "~/platform/intake/register-sheets.server";
import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { LEDGER_SHEET } from "../plan/plan.columns";

/** The sheet to fill in, with how each column is filled in. */
export const loader = pageLoader({
  access: "task:import",
  load: async () => fileResponse(await templateOf(LEDGER_SHEET)),
});
