import { fileResponse } from "~/web/download.server";
import { pageLoader } from "~/web/page.server";

import { exportGraph } from "../export-graph.server";
import { readGraphQuery } from "../graph-query";

export const loader = pageLoader({
  access: "graph:read",
  load: async ({ ctx, query }) =>
    fileResponse(await exportGraph(ctx, readGraphQuery(query), query.get("part") === "edges" ? "edges" : "nodes")),
});
