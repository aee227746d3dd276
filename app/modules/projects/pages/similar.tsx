import { pageLoader } from "~/web/page.server";

import { similarToTyped } from "../similar/typed-filing.queries.server";

/** Answers data only, no page: what `SimilarWhileTyping` shows. */
export const loader = pageLoader({
  access: "project:draft",
  load: async ({ ctx, query }) => ({ hits: await similarToTyped(ctx, query) }),
});
