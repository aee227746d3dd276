import { pageLoader } from "~/web/page.server";

import { offerNodes } from "../graph-page.server";

/** Answers data only, no page: the nodes that are offered while somebody types. */
export const loader = pageLoader({
  access: "graph:read",
  load: async ({ ctx, query }) => {
    const field = query.get("field") === "toWords" ? "toWords" : "q";
    return { nodes: await offerNodes(ctx, (query.get(field) ?? "").trim().slice(0, 100)) };
  },
});
