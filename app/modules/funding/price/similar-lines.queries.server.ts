import { and, eq, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { budgetLines, projects, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { fen, type Fen } from "~/kernel/fen";
import type { LocalDate } from "~/kernel/local-date";
import { toExact } from "~/kernel/rational";
import { notFound } from "~/kernel/result";
import { readProject } from "~/modules/projects/index.server";
import { loadFigures } from "~/platform/figures.server";
import { authorize, scopeFor } from "~/policy";

import { mayComparePrices, priceFigures, similarLines, similarPrices, type Compared } from "./price.queries.server";
import { unitPriceOf } from "./price.rules";

const PAGE_SIZE = 50;

interface PeerRow extends Record<string, unknown> {
  readonly id: string;
  readonly project_id: string;
  readonly project_name: string;
  readonly unit_name: string;
  readonly approved_on: string;
  readonly name: string;
  readonly quantity: string;
  readonly measure_unit: string;
  readonly declared_fen: string;
  readonly reviewed_fen: string;
}

/**
 * One line of a project beside the lines it is compared with, the dearest first, a page at a time.
 * @unit amounts in fen, prices in fen per piece as exact text
 * @throws DomainError notFound, also for who sees no other unit's prices; forbidden
 */
export async function readSimilarLines(
  db: Database,
  actor: Actor,
  { projectId, lineId, page, today }: { projectId: string; lineId: string; page: number; today: LocalDate },
) {
  const project = await readProject(db, actor, projectId);
  authorize(actor, "funding:read", project);
  const [line] = await db
    .select()
    .from(budgetLines)
    .where(and(eq(budgetLines.id, lineId), eq(budgetLines.projectId, projectId)));
  if (!line || !mayComparePrices(actor, project)) throw notFound("budgetLine");
  const figures = priceFigures(await loadFigures(db, today));
  const compared = { projectId, lineId, scope: scopeFor(actor, "funding:read"), figures, today };
  const [prices, peers] = await Promise.all([similarPrices(db, compared), pageOfPeers(db, compared, page)]);
  return {
    project,
    line: { ...line, ...pricesOf(line) },
    figures,
    prices: prices.get(lineId) ?? null,
    pageSize: PAGE_SIZE,
    peers,
  };
}

async function pageOfPeers(db: Database, compared: Compared, page: number) {
  const rows = await db.execute<PeerRow>(sql`
    with ${similarLines(compared)}
    select ${budgetLines.id} as id, ${projects.id} as project_id, ${projects.name} as project_name,
      ${units.name} as unit_name, ${projects.approvedOn}::text as approved_on, ${budgetLines.name} as name, ${budgetLines.quantity} as quantity,
      ${budgetLines.measureUnit} as measure_unit, ${budgetLines.declaredFen} as declared_fen,
      ${budgetLines.reviewedFen} as reviewed_fen
    from peers
    join ${budgetLines} on ${budgetLines.id} = peers.line_id
    join ${projects} on ${projects.id} = peers.project_id
    join ${units} on ${units.id} = ${projects.unitId}
    order by peers.place desc limit ${PAGE_SIZE} offset ${(page - 1) * PAGE_SIZE}`);
  return rows.map((row) => ({
    id: row.id,
    projectId: row.project_id,
    projectName: row.project_name,
    unitName: row.unit_name,
    year: Number(row.approved_on.slice(0, 4)),
    name: row.name,
    quantity: row.quantity,
    measureUnit: row.measure_unit,
    ...pricesOf({
      declaredFen: fen(Number(row.declared_fen)),
      reviewedFen: fen(Number(row.reviewed_fen)),
      quantity: row.quantity,
    }),
  }));
}

function pricesOf({
  declaredFen,
  reviewedFen,
  quantity,
}: {
  declaredFen: Fen;
  reviewedFen: Fen | null;
  quantity: string;
}) {
  const exact = (amount: Fen | null) => {
    const price = amount === null ? undefined : unitPriceOf(amount, quantity);
    return price ? toExact(price) : null;
  };
  return { declaredPrice: exact(declaredFen), reviewedPrice: exact(reviewedFen) };
}
