import { notFound } from "~/kernel/result";
import { pageLoader } from "~/web/page.server";

import { readGraphQuery } from "../graph-query";
import { readNeighbourhood } from "../neighbourhood.queries.server";
import { readNodes } from "../nodes.queries.server";
import { readReached } from "../reach.queries.server";
import { sightOf } from "../sight.server";

/** The most keys that are sent for the picture to mark. */
const MOST_MARKED = 400;

/** Answers data only, no page: what the picture asks when a node is opened, or when it marks who depends on one. */
export const loader = pageLoader({
  access: "graph:read",
  load: async ({ ctx: { db, actor }, query }) => {
    const { node, filter, depth } = readGraphQuery(query);
    if (!node) throw notFound("asset");
    const whole = sightOf(actor);
    if (query.get("walk") !== "dependents") {
      const near = await readNeighbourhood(db, { whole, walked: sightOf(actor, filter) }, node, { depth });
      if (!near) throw notFound("asset");
      return near;
    }
    if ((await readNodes(db, whole, [node])).length === 0) throw notFound("asset");
    const { counts, nodes } = await readReached(db, whole, node, "dependents", MOST_MARKED);
    return { keys: nodes.map(({ key }) => key), total: Object.values(counts).reduce((sum, n) => sum + n, 0) };
  },
});
