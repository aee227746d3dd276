import { and, asc, between, desc, eq, isNotNull, notInArray, or, sql, type SQL } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import { arrivals, contracts, payments, projects, units, yearSplits } from "@db/schema";
import { fen, type Fen } from "~/kernel/fen";
import { localDate, type LocalDate } from "~/kernel/local-date";
import { parseRational } from "~/kernel/rational";
import { keysOf, LIGHTS, type Light, type ProjectStage } from "~/kernel/vocabulary";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { loadFigures, type RuleFigures } from "~/platform/figures.server";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import { counted } from "./counted.server";
import { alarmsOf, lightOf, yearElapsed, type AlarmLimits } from "./rates.rules";

/** Ended without being built: their money is no execution of any year. */
const NOT_EXECUTED = ["terminated", "lapsed"] as const satisfies readonly ProjectStage[];

/** Sums come as text because a bigint does; they are amounts like all others. @unit fen */
const total = (text: string | null): Fen => fen(Number(text ?? 0));

const firstOf = (year: number): LocalDate => localDate(`${year}-01-01`);
const lastOf = (year: number): LocalDate => localDate(`${year}-12-31`);

/** What a project's confirmed rows of one kind come to on some condition. */
const sumOf = (table: typeof arrivals | typeof contracts | typeof payments, on: SQL): SQL<string> =>
  sql<string>`(select coalesce(sum(${table.amountFen}), 0) from ${table}
    where ${table.projectId} = ${projects.id} and ${counted(table)} and ${on})`;

const until = (column: AnyPgColumn, day: LocalDate): SQL => sql`${column} <= ${day}`;

/** The confirmed money of a project by a day, as columns of a selection. @unit fen, as text */
const moneyBy = (day: LocalDate) => ({
  arrived: sumOf(arrivals, until(arrivals.arrivedOn, day)),
  contracted: sumOf(contracts, until(contracts.signedOn, day)),
  paid: sumOf(payments, until(payments.paidOn, day)),
});

/** Projects approved in a year within a scope, with what arrived, was contracted and paid (confirmed) by a day. */
export async function approvedInYear(db: Database, scope: Scope, year: number, asOf: LocalDate) {
  const rows = await db
    .select({
      id: projects.id,
      code: projects.code,
      name: projects.name,
      unitName: units.name,
      declaredFen: projects.declaredFen,
      approvedFen: projects.approvedFen,
      approvedOn: projects.approvedOn,
      ...moneyBy(asOf),
    })
    .from(projects)
    .innerJoin(units, eq(units.id, projects.unitId))
    .where(
      and(
        isNotNull(projects.approvedFen),
        between(projects.approvedOn, firstOf(year), lastOf(year)),
        inScope(scope, { unitId: projects.unitId, regionId: projects.regionId }),
      ),
    )
    .orderBy(desc(projects.approvedOn), asc(projects.code));
  return rows.map(({ arrived, contracted, paid, approvedFen, ...row }) => ({
    ...row,
    approvedFen: approvedFen ?? fen(0),
    arrivedFen: total(arrived),
    contractedFen: total(contracted),
    paidFen: total(paid),
  }));
}

/** What the execution list can be asked; everything is in the address. */
export interface ExecutionQuery {
  readonly year: number;
  readonly unit: string | undefined;
  readonly light: Light | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readExecutionQuery(params: URLSearchParams, today: LocalDate): ExecutionQuery {
  const [year, page] = [Number(params.get("year")), Number(params.get("page"))];
  return {
    year: Number.isInteger(year) && year >= 2000 && year <= 2100 ? year : Number(today.slice(0, 4)),
    unit: readWantedUnit(params),
    light: keysOf(LIGHTS).find((light) => light === params.get("light")),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

/** The alarms' limits among the figures in force. */
export const alarmLimitsOf = (figures: RuleFigures): AlarmLimits => ({
  alarmLag: parseRational(figures.text("execution.alarmLagPoints")),
  redLag: parseRational(figures.text("execution.redLagPoints")),
  idleDays: figures.number("execution.idleDays"),
});

/**
 * The execution of a year within a scope: projects with a budget of the year, approved in it, or with money that moved in
 * it, in one statement. The year's budget is the year's share of what was declared, reduced as the approval reduced the
 * total, to whole fen; by the light the worst come first.
 * @unit fen
 * @source domain.md §5, §7
 */
export async function executionOfYear(
  db: Database,
  scope: Scope,
  { year, unit, light }: Omit<ExecutionQuery, "page">,
  today: LocalDate,
  projectId?: string,
) {
  const day = today < lastOf(year) ? today : lastOf(year);
  const inYear = sql`${payments.paidOn} between ${firstOf(year)} and ${day}`;
  const [figures, found] = await Promise.all([
    loadFigures(db, today),
    db
      .select({
        id: projects.id,
        code: projects.code,
        name: projects.name,
        stage: projects.stage,
        unitName: units.name,
        approvedFen: projects.approvedFen,
        budget: sql<string | null>`round(${yearSplits.amountFen}::numeric * ${projects.approvedFen}
          / nullif(${projects.declaredFen}, 0))`,
        ...moneyBy(day),
        yearPaid: sumOf(payments, inYear),
        firstArrivedOn: sql<LocalDate | null>`(select min(${arrivals.arrivedOn})::text from ${arrivals}
          where ${arrivals.projectId} = ${projects.id} and ${counted(arrivals)} and ${until(arrivals.arrivedOn, day)})`,
      })
      .from(projects)
      .innerJoin(units, eq(units.id, projects.unitId))
      .leftJoin(yearSplits, and(eq(yearSplits.projectId, projects.id), eq(yearSplits.year, year)))
      .where(
        and(
          inScope(scope, { unitId: projects.unitId, regionId: projects.regionId }),
          isWantedUnit(projects.unitId, unit),
          isNotNull(projects.approvedFen),
          sql`${projects.approvedOn} <= ${lastOf(year)}`,
          notInArray(projects.stage, [...NOT_EXECUTED]),
          projectId ? eq(projects.id, projectId) : movesIn(year, day),
        ),
      )
      .orderBy(asc(projects.code), asc(projects.id)),
  ]);
  const [time, limits] = [yearElapsed(year, today), alarmLimitsOf(figures)];
  const rows = found.map(({ budget, arrived, contracted, paid, yearPaid, approvedFen, ...row }) => {
    const sums = {
      yearBudgetFen: total(budget),
      yearPaidFen: total(yearPaid),
      arrivedFen: total(arrived),
      contractedFen: total(contracted),
      paidFen: total(paid),
    };
    const alarms = alarmsOf({ ...sums, firstArrivedOn: row.firstArrivedOn }, time, limits, today);
    return { ...row, approvedFen: approvedFen ?? fen(0), ...sums, alarms, light: lightOf(alarms) };
  });
  const ordered = [...rows].sort((a, b) => RANK[a.light] - RANK[b.light]);
  return light ? ordered.filter((row) => row.light === light) : ordered;
}

const RANK: Readonly<Record<Light, number>> = { red: 0, yellow: 1, green: 2 };

function movesIn(year: number, day: LocalDate): SQL | undefined {
  const moved = (table: typeof arrivals | typeof payments, on: AnyPgColumn): SQL =>
    sql`exists (select 1 from ${table} where ${table.projectId} = ${projects.id} and ${counted(table)}
      and ${on} between ${firstOf(year)} and ${day})`;
  return or(
    sql`${yearSplits.amountFen} > 0`,
    between(projects.approvedOn, firstOf(year), lastOf(year)),
    moved(arrivals, arrivals.arrivedOn),
    moved(payments, payments.paidOn),
  );
}
