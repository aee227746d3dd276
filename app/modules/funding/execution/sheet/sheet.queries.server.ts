import { and, asc, count, desc, eq, inArray, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import { contracts, paymentSheetRows, paymentSheets, projects, units, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { notFound } from "~/kernel/result";
import { keysOf, PAYMENT_MATCHES, type PaymentMatch } from "~/kernel/vocabulary";

import type { SheetRow } from "./read-rows.server";

const PAGE_SIZE = 100;
const MOST_LISTED = 50;

/** Which rows of a sheet are shown. */
export interface SheetQuery {
  readonly match: PaymentMatch | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readSheetQuery(params: URLSearchParams): SheetQuery {
  const page = Number(params.get("page"));
  return {
    match: keysOf(PAYMENT_MATCHES).find((match) => match === params.get("match")),
    page: Number.isInteger(page) && page > 0 && page < 10_000 ? page : 1,
  };
}

const appliers = alias(users, "appliers");

/** The sheet's counts by outcome, one grouped read for all. */
const byOutcome = (match: PaymentMatch): SQL<number> =>
  sql<number>`(count(*) filter (where ${paymentSheetRows.match} = ${match}))::int`;

const sheetSelection = {
  id: paymentSheets.id,
  fileName: paymentSheets.fileName,
  state: paymentSheets.state,
  totalRows: paymentSheets.totalRows,
  uploadedAt: paymentSheets.uploadedAt,
  uploaderName: users.name,
  appliedAt: paymentSheets.appliedAt,
  applierName: appliers.name,
  version: paymentSheets.version,
  confirms: byOutcome("confirms"),
  enters: byOutcome("enters"),
  unmatched: byOutcome("unmatched"),
};

function sheets(db: Database, where: SQL | undefined) {
  return db
    .select(sheetSelection)
    .from(paymentSheets)
    .leftJoin(users, eq(users.id, paymentSheets.uploadedBy))
    .leftJoin(appliers, eq(appliers.id, paymentSheets.appliedBy))
    .leftJoin(paymentSheetRows, eq(paymentSheetRows.sheetId, paymentSheets.id))
    .where(where)
    .groupBy(paymentSheets.id, users.name, appliers.name);
}

const within = ({ regionIds }: Actor) => inArray(paymentSheets.regionId, [...regionIds]);

/** The latest payment sheets of the actor's regions, what waits first. */
export const recentSheets = (db: Database, actor: Actor) =>
  sheets(db, within(actor))
    .orderBy(sql`${paymentSheets.state} <> 'read'`, desc(paymentSheets.uploadedAt))
    .limit(MOST_LISTED);

/**
 * A payment sheet with one page of its rows, each with what it was matched with.
 * @throws DomainError notFound outside the actor's regions
 */
export async function readSheet(db: Database, actor: Actor, id: string, { match, page }: SheetQuery) {
  const [sheet] = await sheets(db, and(eq(paymentSheets.id, id), within(actor)));
  if (!sheet) throw notFound("paymentSheet");
  const where = and(eq(paymentSheetRows.sheetId, id), match && eq(paymentSheetRows.match, match));
  const [rows, [total], problems] = await Promise.all([
    db
      .select({
        rowNumber: paymentSheetRows.rowNumber,
        cells: paymentSheetRows.cells,
        match: paymentSheetRows.match,
        problem: paymentSheetRows.problem,
        paymentId: paymentSheetRows.paymentId,
        projectId: paymentSheetRows.projectId,
        projectName: projects.name,
        unitName: units.name,
        contractNumber: contracts.number,
      })
      .from(paymentSheetRows)
      .leftJoin(projects, eq(projects.id, paymentSheetRows.projectId))
      .leftJoin(units, eq(units.id, projects.unitId))
      .leftJoin(contracts, eq(contracts.id, paymentSheetRows.contractId))
      .where(where)
      .orderBy(asc(paymentSheetRows.rowNumber))
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE),
    db.select({ n: count() }).from(paymentSheetRows).where(where),
    db
      .select({ code: sql<string>`${paymentSheetRows.problem} ->> 'code'`, n: count() })
      .from(paymentSheetRows)
      .where(and(eq(paymentSheetRows.sheetId, id), eq(paymentSheetRows.match, "unmatched")))
      .groupBy(sql`1`)
      .orderBy(desc(count())),
  ]);
  return {
    sheet,
    rows: rows.map(({ cells, ...row }) => ({ ...row, cells: cells as SheetRow })),
    total: total?.n ?? 0,
    pageSize: PAGE_SIZE,
    problems,
  };
}
