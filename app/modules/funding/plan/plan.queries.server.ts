import { and, desc, eq, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import {
  arrivals,
  fundingPlanAdjustments,
  fundingPlans,
  fundingSources,
  payments,
  projects,
  units,
  users,
  yearSplits,
} from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { fen, type Fen } from "~/kernel/fen";
import { localDate, type LocalDate } from "~/kernel/local-date";
import { FUNDING_SOURCES, keysOf, type FundingSource } from "~/kernel/vocabulary";
import { readGates } from "~/modules/compliance/index.server";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { inScope } from "~/platform/scope.server";
import { visible, type Scope } from "~/policy";

import { counted } from "../execution/counted.server";
import { isPlanYear } from "./plan.schema";

const PAGE_SIZE = 50;
/** A sheet takes all rows of a city; more than these are no list any more. */
const MOST_EXPORTED = 20_000;

/** What the list can be asked; everything is in the address. */
export interface PlanQuery {
  readonly year: number;
  readonly unit: string | undefined;
  readonly source: FundingSource | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readPlanQuery(params: URLSearchParams, today: LocalDate): PlanQuery {
  const [year, page] = [Number(params.get("year")), Number(params.get("page"))];
  return {
    year: isPlanYear(year) ? year : Number(today.slice(0, 4)),
    unit: readWantedUnit(params),
    source: keysOf(FUNDING_SOURCES).find((source) => source === params.get("source")),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

/**
 * Plans of a year within a scope, and units that have none but projects or arrivals in that year: one row for each unit and
 * source. What projects need is their year's share of the approved amount (批复金额 × 该年安排 ÷ 各年安排之和), divided
 * among their sources as declared.
 */
function planRows(scope: Scope, { year, unit, source }: PlanQuery): SQL {
  const [from, until] = [localDate(`${year}-01-01`), localDate(`${year}-12-31`)];
  const ofProject = { unitId: projects.unitId, regionId: projects.regionId };
  return sql`
    planned as (
      select ${fundingPlans.id} as plan_id, ${fundingPlans.unitId} as unit_id, ${fundingPlans.source} as source,
        ${fundingPlans.amountFen} as amount_fen, ${fundingPlanAdjustments.afterFen} as proposed_fen
      from ${fundingPlans}
      left join ${fundingPlanAdjustments} on ${fundingPlanAdjustments.planId} = ${fundingPlans.id}
        and ${fundingPlanAdjustments.state} = 'proposed'
      where ${fundingPlans.year} = ${year}
        and ${inScope(scope, { unitId: fundingPlans.unitId, regionId: fundingPlans.regionId })}
    ),
    splits as (
      select project_id, sum(amount_fen) as total, sum(amount_fen) filter (where year = ${year}) as of_year
      from ${yearSplits} group by project_id having sum(amount_fen) filter (where year = ${year}) > 0
    ),
    shares as (
      select project_id, source, amount_fen, sum(amount_fen) over (partition by project_id) as total from ${fundingSources}
    ),
    needed as (
      select ${projects.unitId} as unit_id, shares.source,
        round(sum(${projects.approvedFen}::numeric * splits.of_year * shares.amount_fen / (splits.total * shares.total)))
          as needed_fen,
        count(distinct ${projects.id})::int as projects
      from ${projects}
      join splits on splits.project_id = ${projects.id}
      join shares on shares.project_id = ${projects.id} and shares.amount_fen > 0
      where ${projects.approvedFen} is not null and ${projects.stage} not in ('terminated', 'lapsed')
        and ${inScope(scope, ofProject)}
      group by 1, 2
    ),
    arrived as (
      select ${projects.unitId} as unit_id, ${arrivals.source} as source, sum(${arrivals.amountFen}) as arrived_fen
      from ${arrivals} join ${projects} on ${projects.id} = ${arrivals.projectId}
      where ${counted(arrivals)} and ${arrivals.arrivedOn} between ${from} and ${until} and ${inScope(scope, ofProject)}
      group by 1, 2
    ),
    lines as (
      select ${units.id} as unit_id, ${units.name} as unit_name, ${units.group} as unit_group,
        ${units.position} as unit_position, k.source, planned.plan_id, planned.amount_fen, planned.proposed_fen,
        coalesce(needed.needed_fen, 0) as needed_fen, coalesce(needed.projects, 0) as projects,
        coalesce(arrived.arrived_fen, 0) as arrived_fen
      from (
        select unit_id, source from planned union select unit_id, source from needed union select unit_id, source from arrived
      ) k
      join ${units} on ${units.id} = k.unit_id
      left join planned on planned.unit_id = k.unit_id and planned.source = k.source
      left join needed on needed.unit_id = k.unit_id and needed.source = k.source
      left join arrived on arrived.unit_id = k.unit_id and arrived.source = k.source
      where ${and(sql`true`, isWantedUnit(units.id, unit), source && sql`k.source = ${source}`)}
    )`;
}

interface LineRow extends Record<string, unknown> {
  readonly unit_id: string;
  readonly unit_name: string;
  readonly source: FundingSource;
  readonly plan_id: string | null;
  readonly amount_fen: string | null;
  readonly proposed_fen: string | null;
  readonly needed_fen: string;
  readonly projects: number;
  readonly arrived_fen: string;
  /** of all rows, not only of this page */
  readonly all_planned: string | null;
  readonly all_needed: string | null;
  readonly all_arrived: string | null;
  readonly all_waiting: number;
  readonly all_rows: number;
}

const amountOf = (text: string | null): Fen | null => (text === null ? null : fen(Number(text)));
const sumOf = (text: string | null | undefined): Fen => fen(Number(text ?? 0));

/** A page of the rows, each with the totals of all of them: the sums are taken before the page is cut. */
async function readRows(db: Database, scope: Scope, query: PlanQuery, limit: number, offset: number) {
  const rows = await db.execute<LineRow>(sql`
    with ${planRows(scope, query)}
    select *, sum(amount_fen) over () as all_planned, sum(needed_fen) over () as all_needed,
      sum(arrived_fen) over () as all_arrived, (count(proposed_fen) over ())::int as all_waiting,
      (count(*) over ())::int as all_rows
    from lines
    order by unit_group, unit_position, unit_name, array_position(array[${sql.join(
      keysOf(FUNDING_SOURCES).map((source) => sql`${source}`),
      sql`, `,
    )}]::text[], source)
    limit ${limit} offset ${offset}`);
  const [first] = rows;
  return {
    rows: rows.map((row) => ({
      unitId: row.unit_id,
      unitName: row.unit_name,
      source: row.source,
      planId: row.plan_id,
      /** null: there is no plan @unit fen */
      amountFen: amountOf(row.amount_fen),
      /** what a waiting adjustment would make of it @unit fen */
      proposedFen: amountOf(row.proposed_fen),
      neededFen: sumOf(row.needed_fen),
      projects: row.projects,
      arrivedFen: sumOf(row.arrived_fen),
    })),
    totals: {
      plannedFen: sumOf(first?.all_planned),
      neededFen: sumOf(first?.all_needed),
      arrivedFen: sumOf(first?.all_arrived),
      waiting: first?.all_waiting ?? 0,
    },
    total: first?.all_rows ?? 0,
  };
}

/**
 * One page of the plans of a year within a scope, in the order of the official list of units; with the totals of all pages,
 * what was paid in the year, and which of the units a sanction on money stands against.
 * @unit fen
 */
export async function listPlans(db: Database, scope: Scope, query: PlanQuery, today: LocalDate) {
  const [{ rows, totals, total }, paidFen] = await Promise.all([
    readRows(db, scope, query, PAGE_SIZE, (query.page - 1) * PAGE_SIZE),
    paidInYear(db, scope, query),
  ]);
  const gates = await readGates(db, [...new Set(rows.map(({ unitId }) => unitId))], today);
  return {
    rows: rows.map((row) => ({
      ...row,
      sanctioned: gates.get(row.unitId)?.reasons.some(({ code }) => code === "sanctionOpen") ?? false,
    })),
    totals: { ...totals, paidFen },
    total,
    pageSize: PAGE_SIZE,
  };
}

/** Every plan of a year within a scope, for a sheet. @unit fen */
export async function exportedPlans(db: Database, scope: Scope, query: PlanQuery) {
  return (await readRows(db, scope, query, MOST_EXPORTED, 0)).rows;
}

/** What units paid in a year, confirmed; a payment names no source. @unit fen */
async function paidInYear(db: Database, scope: Scope, { year, unit }: PlanQuery): Promise<Fen> {
  const [row] = await db
    .select({ paid: sql<string | null>`sum(${payments.amountFen})` })
    .from(payments)
    .innerJoin(projects, eq(projects.id, payments.projectId))
    .where(
      and(
        counted(payments),
        sql`${payments.paidOn} between ${`${year}-01-01`} and ${`${year}-12-31`}`,
        inScope(scope, { unitId: projects.unitId, regionId: projects.regionId }),
        isWantedUnit(projects.unitId, unit),
      ),
    );
  return sumOf(row?.paid);
}

const proposers = alias(users, "proposers");
const deciders = alias(users, "deciders");

/**
 * One plan with every adjustment it went through, the latest first.
 * @throws DomainError notFound outside the actor's sight
 */
export async function readPlan(db: Database, actor: Actor, id: string, today: LocalDate) {
  const [row] = await db
    .select({ plan: fundingPlans, unitName: units.name })
    .from(fundingPlans)
    .innerJoin(units, eq(units.id, fundingPlans.unitId))
    .where(eq(fundingPlans.id, id));
  const plan = visible(actor, "funding:read", row?.plan, "fundingPlan");
  const { unitId, regionId, year, source } = plan;
  const [adjustments, beside, gates] = await Promise.all([
    db
      .select({ adjustment: fundingPlanAdjustments, proposerName: proposers.name, deciderName: deciders.name })
      .from(fundingPlanAdjustments)
      .leftJoin(proposers, eq(proposers.id, fundingPlanAdjustments.proposedBy))
      .leftJoin(deciders, eq(deciders.id, fundingPlanAdjustments.decidedBy))
      .where(eq(fundingPlanAdjustments.planId, id))
      .orderBy(desc(fundingPlanAdjustments.number)),
    readRows(
      db,
      { regionIds: [regionId], unitId: null, operatorUnitId: null },
      { year, unit: unitId, source, page: 1 },
      1,
      0,
    ),
    readGates(db, [unitId], today),
  ]);
  const [line] = beside.rows;
  return {
    plan,
    unitName: row?.unitName ?? "",
    adjustments: adjustments.map(({ adjustment, ...names }) => ({ ...adjustment, ...names })),
    neededFen: line?.neededFen ?? fen(0),
    arrivedFen: line?.arrivedFen ?? fen(0),
    sanctioned: gates.get(unitId)?.reasons.some(({ code }) => code === "sanctionOpen") ?? false,
  };
}
