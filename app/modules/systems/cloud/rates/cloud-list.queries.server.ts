import { and, asc, eq, isNotNull, isNull, lte, sql, type SQL } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { cloudBatches } from "@db/schema";
import { isLocalDate, localDate, type LocalDate } from "~/kernel/local-date";
import { isUuid } from "~/kernel/uuid";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import type { Scope } from "~/policy";

import { opensSecret as overlooks } from "../../inventory/secret-names";
import { cloudRowsOn } from "./cloud-rows.server";
import { CLOUD_COLUMNS, type CloudColumn } from "./rates.rules";

const CLOUD_PAGE = 50;
/** Cards that a column of the board shows at most; the rest is in the list. */
const CARDS_PER_COLUMN = 12;
/** What the address says for "in no batch". */
const NO_BATCH = "none";

/** What the list can be asked; everything is in the address. */
export interface CloudQuery {
  readonly asOf: LocalDate;
  readonly unit: string | undefined;
  /** a batch's id, or NO_BATCH */
  readonly batch: string | undefined;
  readonly step: CloudColumn | undefined;
  readonly blocked: boolean;
  readonly overdue: boolean;
  readonly fresh: boolean;
  readonly page: number;
}

/** The day that a page is asked for: today unless its address names an earlier one. */
export function readAsOf(params: URLSearchParams, today: LocalDate): LocalDate {
  const asked = params.get("asOf") ?? "";
  return isLocalDate(asked) && asked <= today ? localDate(asked) : today;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readCloudQuery(params: URLSearchParams, today: LocalDate): CloudQuery {
  const page = Number(params.get("page"));
  const batch = params.get("batch") ?? "";
  return {
    asOf: readAsOf(params, today),
    unit: readWantedUnit(params),
    batch: batch === NO_BATCH || isUuid(batch) ? batch : undefined,
    step: CLOUD_COLUMNS.find((column) => column === params.get("step")),
    blocked: params.get("blocked") === "yes",
    overdue: params.get("overdue") === "yes",
    fresh: params.get("new") === "yes",
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

type Rows = ReturnType<typeof cloudRowsOn>;

const asked = (rows: Rows, query: CloudQuery): SQL | undefined =>
  and(
    isWantedUnit(rows.unitId, query.unit),
    query.batch === NO_BATCH ? isNull(rows.batchId) : query.batch ? eq(rows.batchId, query.batch) : undefined,
    query.step && eq(rows.at, query.step),
    query.blocked ? isNotNull(rows.blockReason) : undefined,
    query.overdue ? eq(rows.overdue, true) : undefined,
    query.fresh ? eq(rows.isNew, true) : undefined,
  );

/** The latest targets first missed stand first; then in the order of the inventory. */
const inOrder = (rows: Rows): SQL[] => [sql`${rows.overdue} desc`, sql`${rows.targetOn} nulls last`, asc(rows.code)];

/** One page of the systems that count on a day, and how many there are in all. */
export async function listCloudSystems(db: DatabaseOrTransaction, scope: Scope, query: CloudQuery) {
  const rows = cloudRowsOn(db, scope, query.asOf);
  const [page, [total]] = await Promise.all([
    db
      .select()
      .from(rows)
      .where(asked(rows, query))
      .orderBy(...inOrder(rows))
      .limit(CLOUD_PAGE)
      .offset((query.page - 1) * CLOUD_PAGE),
    db
      .select({ n: sql<number>`count(*)::int` })
      .from(rows)
      .where(asked(rows, query)),
  ]);
  const opens = page.map((row) => ({ ...row, opensUnit: overlooks(scope, row) }));
  return { rows: opens, total: total?.n ?? 0, pageSize: CLOUD_PAGE };
}

/** All of them, for a sheet. */
export async function allCloudSystems(db: DatabaseOrTransaction, scope: Scope, query: CloudQuery) {
  const rows = cloudRowsOn(db, scope, query.asOf);
  return db
    .select()
    .from(rows)
    .where(asked(rows, query))
    .orderBy(...inOrder(rows));
}

/** The board: each column's first cards and how many it has, in one statement. */
export async function readCloudBoard(db: DatabaseOrTransaction, scope: Scope, asOf: LocalDate) {
  const rows = cloudRowsOn(db, scope, asOf);
  const ranked = db
    .select({
      id: rows.id,
      name: rows.name,
      unitName: rows.unitName,
      at: rows.at,
      batch: rows.batch,
      targetOn: rows.targetOn,
      since: rows.since,
      overdue: rows.overdue,
      blockReason: rows.blockReason,
      blockedSince: rows.blockedSince,
      inColumn: sql<number>`(count(*) over (partition by ${rows.at}))::int`.as("in_column"),
      place:
        sql<number>`row_number() over (partition by ${rows.at} order by ${rows.overdue} desc, ${rows.targetOn} nulls last, ${rows.code})`.as(
          "place",
        ),
    })
    .from(rows)
    .as("ranked");
  const cards = await db.select().from(ranked).where(lte(ranked.place, CARDS_PER_COLUMN)).orderBy(asc(ranked.place));
  return CLOUD_COLUMNS.map((column) => {
    const here = cards.filter((card) => card.at === column);
    return {
      column,
      total: here[0]?.inColumn ?? 0,
      cards: here.map(({ place: _place, inColumn: _inColumn, at: _at, ...card }) => card),
    };
  });
}

/** The figures at the head of the pages, all from the same rows as the lists. @unit systems */
export async function readCloudSummary(db: DatabaseOrTransaction, scope: Scope, asOf: LocalDate) {
  const rows = cloudRowsOn(db, scope, asOf);
  const [summary] = await db
    .select({
      denominator: sql<number>`count(*)::int`,
      numerator: sql<number>`(count(*) filter (where ${rows.migrated}))::int`,
      overdue: sql<number>`(count(*) filter (where ${rows.overdue}))::int`,
      blocked: sql<number>`(count(*) filter (where ${rows.blockReason} is not null and not ${rows.migrated}))::int`,
      newDenominator: sql<number>`(count(*) filter (where ${rows.isNew}))::int`,
      newNumerator: sql<number>`(count(*) filter (where ${rows.isNew} and ${rows.migrated}))::int`,
    })
    .from(rows);
  return summary ?? { denominator: 0, numerator: 0, overdue: 0, blocked: 0, newDenominator: 0, newNumerator: 0 };
}

/** The batches of a region as choices of a filter, and that of no batch. */
export async function batchOptions(db: DatabaseOrTransaction, regionId: string) {
  const batches = await db
    .select({ value: cloudBatches.id, label: cloudBatches.name })
    .from(cloudBatches)
    .where(eq(cloudBatches.regionId, regionId))
    .orderBy(asc(cloudBatches.targetOn), asc(cloudBatches.name));
  return [...batches, { value: NO_BATCH, label: "未列入批次" }];
}
