import { and, asc, count, desc, eq, gte, inArray, lte, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { corrections, demands, resources, ruleFigures, sharingPoints, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { isLocalDate, localDate, type LocalDate } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";
import { SHARING_FIGURE_CODES, type SharingFigure } from "~/kernel/sharing-figures";
import { keysOf, SHARING_POINT_KINDS, type SharingPointKind } from "~/kernel/vocabulary";
import { can } from "~/policy";

import { sharingRows, type SharingInput } from "./sharing-rows.server";

const PAGE_SIZE = 50;

/** Until when the accounts and rates speak: a day of the address, never later than today. */
export function readAsOf(params: URLSearchParams, today: LocalDate): LocalDate {
  const text = params.get("asOf") ?? "";
  return isLocalDate(text) && text <= today ? text : today;
}

const yearStart = (asOf: LocalDate): LocalDate => localDate(`${asOf.slice(0, 4)}-01-01`);

/** A rate in its two parts. */
export interface Share {
  readonly numerator: number;
  readonly denominator: number;
}

const NOTHING: Share = { numerator: 0, denominator: 0 };

/** The four rates of every unit as of a day, one set-based query each. */
export async function readSharingRates(
  db: Database,
  input: SharingInput,
): Promise<Readonly<Record<SharingFigure, ReadonlyMap<string, Share>>>> {
  const parts = await Promise.all(
    SHARING_FIGURE_CODES.map(async (figure) => {
      const rows = await db.execute<{ unitId: string; numerator: number; denominator: number }>(sql`
        select unit_id as "unitId", sum(numerator)::float8 as numerator, sum(denominator)::float8 as denominator
        from (${sharingRows[figure](input)}) f group by unit_id`);
      return [figure, new Map(rows.map(({ unitId, ...share }) => [unitId, share]))] as const;
    }),
  );
  return Object.fromEntries(parts) as unknown as Record<SharingFigure, ReadonlyMap<string, Share>>;
}

/** Every unit's account in the year to date with its place in its group, and its four rates; the region's rates above. */
export async function readStandings(db: Database, actor: Actor, asOf: LocalDate) {
  const regionIds = actor.regionIds;
  const total = sql<number>`coalesce(sum(${sharingPoints.points}), 0)::int`;
  const [accounts, rates] = await Promise.all([
    db
      .select({
        unitId: units.id,
        regionId: units.regionId,
        name: units.name,
        group: units.group,
        points: total,
        gained: sql<number>`coalesce(sum(${sharingPoints.points}) filter (where ${sharingPoints.points} > 0), 0)::int`,
        lost: sql<number>`coalesce(sum(${sharingPoints.points}) filter (where ${sharingPoints.points} < 0), 0)::int`,
        place: sql<number>`rank() over (partition by ${units.group} order by ${total} desc)::int`,
      })
      .from(units)
      .leftJoin(
        sharingPoints,
        and(eq(sharingPoints.unitId, units.id), gte(sharingPoints.on, yearStart(asOf)), lte(sharingPoints.on, asOf)),
      )
      .where(and(inArray(units.regionId, [...regionIds]), eq(units.assessed, true)))
      .groupBy(units.id)
      .orderBy(asc(units.group), sql`${total} desc`, asc(units.position)),
    readSharingRates(db, { regionIds, from: yearStart(asOf), asOf }),
  ]);
  return {
    units: accounts.map((account) => ({
      ...account,
      mayOpen: mayOpenAccount(actor, account),
      rates: Object.fromEntries(
        SHARING_FIGURE_CODES.map((figure) => [figure, rates[figure].get(account.unitId) ?? NOTHING]),
      ) as Record<SharingFigure, Share>,
    })),
    region: Object.fromEntries(SHARING_FIGURE_CODES.map((figure) => [figure, sumOf(rates[figure].values())])) as Record<
      SharingFigure,
      Share
    >,
  };
}

function sumOf(shares: Iterable<Share>): Share {
  let [numerator, denominator] = [0, 0];
  for (const share of shares) {
    numerator += share.numerator;
    denominator += share.denominator;
  }
  return { numerator, denominator };
}

/** The totals are everybody's to see; what an account is made of is the unit's own and the bureau's. */
const mayOpenAccount = (actor: Actor, unit: { readonly unitId: string; readonly regionId: string }): boolean =>
  can(actor, "demand:read", unit);

/** The rules of the account in force on a day, as the page explains them. */
export async function pointRulesOn(db: Database, on: LocalDate) {
  return db
    .selectDistinctOn([ruleFigures.code], {
      code: ruleFigures.code,
      name: ruleFigures.name,
      value: ruleFigures.value,
      unit: ruleFigures.unit,
      source: ruleFigures.source,
      from: ruleFigures.inForceFrom,
    })
    .from(ruleFigures)
    .where(
      and(
        sql`${ruleFigures.code} like 'points.%'`,
        lte(ruleFigures.inForceFrom, on),
        sql`${ruleFigures.withdrawnAt} is null`,
      ),
    )
    .orderBy(asc(ruleFigures.code), desc(ruleFigures.inForceFrom));
}

export interface AccountQuery {
  readonly asOf: LocalDate;
  /** which rows are shown: the entries, or those behind a rate */
  readonly view: "entries" | SharingFigure;
  readonly kind: SharingPointKind | undefined;
  readonly page: number;
}

export function readAccountQuery(params: URLSearchParams, today: LocalDate): AccountQuery {
  const page = Number(params.get("page"));
  return {
    asOf: readAsOf(params, today),
    view: SHARING_FIGURE_CODES.find((figure) => figure === params.get("view")) ?? "entries",
    kind: keysOf(SHARING_POINT_KINDS).find((kind) => kind === params.get("kind")),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

/** A unit whose account the actor may open. @throws DomainError notFound */
export async function accountOwner(db: Database, actor: Actor, unitId: string) {
  const [unit] = await db
    .select({ unitId: units.id, regionId: units.regionId, name: units.name })
    .from(units)
    .where(eq(units.id, unitId));
  if (!unit || !mayOpenAccount(actor, unit)) throw notFound("unit");
  return unit;
}

/** The entries of an account in the year to date, newest first, each with the rule that set it and what earned it. */
export async function listEntries(db: Database, unitId: string, { asOf, kind, page }: AccountQuery) {
  const inYear = and(
    eq(sharingPoints.unitId, unitId),
    gte(sharingPoints.on, yearStart(asOf)),
    lte(sharingPoints.on, asOf),
  );
  const where = and(inYear, kind && eq(sharingPoints.kind, kind));
  const [rows, kinds, [matching]] = await Promise.all([
    db
      .select({
        id: sharingPoints.id,
        kind: sharingPoints.kind,
        points: sharingPoints.points,
        on: sharingPoints.on,
        subjectType: sharingPoints.subjectType,
        subjectId: sharingPoints.subjectId,
        subject: sql<string | null>`coalesce(${resources.name}, ${demands.wanted}, ${corrections.description})`,
        ruleName: ruleFigures.name,
        ruleValue: ruleFigures.value,
        ruleSource: ruleFigures.source,
        ruleFrom: sharingPoints.ruleFrom,
      })
      .from(sharingPoints)
      .leftJoin(
        ruleFigures,
        and(eq(ruleFigures.code, sharingPoints.ruleCode), eq(ruleFigures.inForceFrom, sharingPoints.ruleFrom)),
      )
      .leftJoin(resources, and(eq(sharingPoints.subjectType, "resource"), eq(resources.id, sharingPoints.subjectId)))
      .leftJoin(demands, and(eq(sharingPoints.subjectType, "demand"), eq(demands.id, sharingPoints.subjectId)))
      .leftJoin(
        corrections,
        and(eq(sharingPoints.subjectType, "correction"), eq(corrections.id, sharingPoints.subjectId)),
      )
      .where(where)
      .orderBy(desc(sharingPoints.on), desc(sharingPoints.id))
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE),
    db
      .select({
        kind: sharingPoints.kind,
        entries: count(),
        points: sql<number>`sum(${sharingPoints.points})::int`,
      })
      .from(sharingPoints)
      .where(inYear)
      .groupBy(sharingPoints.kind),
    db.select({ n: count() }).from(sharingPoints).where(where),
  ]);
  return { rows, kinds, total: matching?.n ?? 0, pageSize: PAGE_SIZE };
}

/** The records behind a unit's rate, those that lower it first. */
export async function listFigureRows(
  db: Database,
  unit: { readonly unitId: string; readonly regionId: string },
  figure: SharingFigure,
  { asOf, page }: AccountQuery,
) {
  const input = { regionIds: [unit.regionId], from: yearStart(asOf), asOf };
  const of = sql`from (${sharingRows[figure](input)}) f where unit_id = ${unit.unitId}`;
  const [rows, [sums]] = await Promise.all([
    db.execute<{ subjectType: string; subjectId: string; label: string; numerator: number; note: string }>(sql`
      select subject_type as "subjectType", subject_id as "subjectId", label, numerator::int as numerator, note
      ${of} order by numerator, label, subject_id limit ${PAGE_SIZE} offset ${(page - 1) * PAGE_SIZE}`),
    db.execute<{ numerator: number; denominator: number; n: number }>(sql`
      select coalesce(sum(numerator), 0)::int as numerator, coalesce(sum(denominator), 0)::int as denominator,
        count(*)::int as n ${of}`),
  ]);
  return {
    rows: [...rows],
    share: { numerator: sums?.numerator ?? 0, denominator: sums?.denominator ?? 0 },
    total: sums?.n ?? 0,
    pageSize: PAGE_SIZE,
  };
}
