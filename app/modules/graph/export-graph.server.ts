import { notFound } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import type { Download } from "~/web/download.server";

import type { AssetGraph } from "./graph.types";
import { edgesCsv, nodesCsv } from "./graph-csv.server";
import type { GraphQuery } from "./graph-query";
import { readEdges, readNeighbourhood } from "./neighbourhood.queries.server";
import { listNodes } from "./nodes.queries.server";
import { GAP_CONDITIONS } from "./overview.queries.server";
import { sightOf } from "./sight.server";

/** The most nodes that a list's export holds. */
export const MOST_EXPORTED = 20_000;

/** What is on the page as a file: the neighbourhood of the chosen node, or the nodes of the list. @throws DomainError notFound */
export async function exportGraph(ctx: Ctx, query: GraphQuery, part: "nodes" | "edges"): Promise<Download> {
  const graph = await graphOf(ctx, query);
  const text = part === "nodes" ? nodesCsv(graph.nodes) : edgesCsv(graph);
  return {
    name: `政务图谱${part === "nodes" ? "节点" : "关系"}（${ctx.today}）.csv`,
    mediaType: "text/csv; charset=utf-8",
    bytes: Buffer.from(text, "utf8"),
  };
}

async function graphOf({ db, actor }: Ctx, query: GraphQuery): Promise<AssetGraph> {
  const whole = sightOf(actor);
  if (query.node) {
    const walked = sightOf(actor, query.filter);
    const near = await readNeighbourhood(db, { whole, walked }, query.node, { depth: query.depth });
    if (!near) throw notFound("asset");
    return near;
  }
  const listed = sightOf(actor, query.filter, { issuers: true });
  const more = query.gap ? GAP_CONDITIONS[query.gap] : {};
  const { rows } = await listNodes(db, listed, { typed: query.q, more, limit: MOST_EXPORTED });
  return { nodes: rows, edges: (await readEdges(db, whole, rows)).edges };
}
