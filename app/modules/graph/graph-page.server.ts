import { notFound } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { type AssetNode, keyOf, type NodeRef, type Relation } from "./graph.types";
import type { GraphQuery } from "./graph-query";
import { type Neighbourhood, readNeighbourhood } from "./neighbourhood.queries.server";
import { listNodes, readNodes } from "./nodes.queries.server";
import { GAP_CONDITIONS, readOverview, readUnitCounts, UNITS_PAGE } from "./overview.queries.server";
import { findPath } from "./path.queries.server";
import { readReached } from "./reach.queries.server";
import { sightOf, type Sight } from "./sight.server";

/** Nodes on a page of the list. */
const LIST_PAGE = 50;
/** Nodes that are offered while somebody types. */
export const MOST_OFFERED = 12;

/** Nodes that what is typed may mean, the exact ones first. */
export async function offerNodes({ db, actor }: Ctx, typed: string): Promise<readonly AssetNode[]> {
  if (typed === "") return [];
  return (await listNodes(db, sightOf(actor), { typed, limit: MOST_OFFERED })).rows;
}

/** The chosen node with all that its page tells. @throws DomainError notFound */
export async function readNodePage(ctx: Ctx, query: GraphQuery & { node: NodeRef }) {
  const { db, actor } = ctx;
  const whole = sightOf(actor);
  const [node] = await readNodes(db, whole, [query.node]);
  if (!node) throw notFound("asset");
  const route = await readRoute(ctx, whole, query);
  const also = route?.path?.map(({ kind, id }) => ({ kind, id })) ?? [];
  const [near, dependents, downstream] = await Promise.all([
    readNeighbourhood(db, { whole, walked: sightOf(actor, query.filter) }, query.node, { depth: query.depth, also }),
    readReached(db, whole, query.node, "dependents"),
    readReached(db, whole, query.node, "downstream"),
  ]);
  if (!near) throw notFound("asset");
  return { node, near: near satisfies Neighbourhood, dependents, downstream, route };
}

export type PathNode = AssetNode & { readonly relation: Relation | null };

/** The other end that was asked for, what it may have meant, and the path to it. */
export interface Route {
  readonly to: AssetNode | null;
  /** nodes that the typed words may mean */
  readonly choices: readonly AssetNode[];
  /** null: none was found */
  readonly path: readonly PathNode[] | null;
}

async function readRoute(ctx: Ctx, whole: Sight, query: GraphQuery & { node: NodeRef }): Promise<Route | undefined> {
  const { db } = ctx;
  if (!query.to && query.toWords === "") return undefined;
  const choices = query.to ? await readNodes(db, whole, [query.to]) : await offerNodes(ctx, query.toWords);
  if (query.to && choices.length === 0) throw notFound("asset");
  const [first, second] = choices;
  const exact =
    first && (first.name === query.toWords || first.code === query.toWords) && second?.name !== query.toWords;
  const to = choices.length === 1 || exact ? first : undefined;
  if (!to || keyOf(to) === keyOf(query.node)) return { to: null, choices: to ? [] : choices, path: null };
  return { to, choices: [], path: (await findPath(db, whole, query.node, to)) ?? null };
}

/** The list that a search, a filter or a figure of the overview opens. */
export async function readListPage({ db, actor }: Ctx, query: GraphQuery) {
  const sight = sightOf(actor, query.filter, { issuers: true });
  const more = query.gap ? GAP_CONDITIONS[query.gap] : {};
  const list = await listNodes(db, sight, {
    typed: query.q,
    more,
    limit: LIST_PAGE,
    offset: (query.page - 1) * LIST_PAGE,
  });
  return { ...list, pageSize: LIST_PAGE };
}

/** What the page says before anything was chosen. */
export async function readOverviewPage({ db, actor }: Ctx, query: GraphQuery) {
  const sight = sightOf(actor);
  const [overview, byUnit] = await Promise.all([readOverview(db, sight), readUnitCounts(db, sight, query.page)]);
  return { overview, byUnit, pageSize: UNITS_PAGE };
}
