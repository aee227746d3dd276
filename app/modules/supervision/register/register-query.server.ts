import { and, eq, gte, ilike, lte, or, sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

import { supervisionItems } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { firstDay, isPeriod, lastDay, period, type Period } from "~/kernel/period";
import {
  keysOf,
  SLIP_COLOURS,
  SUPERVISION_ORIGINS,
  SUPERVISION_STATES,
  type SlipColour,
  type SupervisionOrigin,
  type SupervisionState,
} from "~/kernel/vocabulary";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { contains } from "~/platform/like.server";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import { CLOSING_STANDINGS, type ClosingStanding } from "./closing-standing";

/** What the register can be asked; everything is in the address. */
export interface RegisterQuery {
  /** words of the title or of the number */
  readonly q: string;
  /** a unit's id, or words of its name */
  readonly unit: string | undefined;
  readonly state: SupervisionState | undefined;
  readonly colour: SlipColour | undefined;
  readonly origin: SupervisionOrigin | undefined;
  readonly standing: ClosingStanding | undefined;
  /** the year of registration */
  readonly year: number | undefined;
  /** registered from the beginning of this month to the end of that one */
  readonly from: Period | undefined;
  readonly to: Period | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readRegisterQuery(params: URLSearchParams): RegisterQuery {
  const year = Number(params.get("year"));
  return {
    q: (params.get("q") ?? "").trim().slice(0, 60),
    unit: readWantedUnit(params),
    state: keysOf(SUPERVISION_STATES).find((state) => state === params.get("state")),
    colour: keysOf(SLIP_COLOURS).find((colour) => colour === params.get("colour")),
    origin: keysOf(SUPERVISION_ORIGINS).find((origin) => origin === params.get("origin")),
    standing: keysOf(CLOSING_STANDINGS).find((standing) => standing === params.get("standing")),
    year: Number.isInteger(year) && year > 1990 && year < 2100 ? year : undefined,
    ...readMonths(params),
    page: readPage(params),
  };
}

/** The months from and to, as an address names them. */
export function readMonths(params: URLSearchParams): { from: Period | undefined; to: Period | undefined } {
  const read = (name: string) => [params.get(name) ?? ""].find(isPeriod);
  return { from: read("from"), to: read("to") };
}

/** The page of a list, the first unless an address says otherwise. */
export function readPage(params: URLSearchParams): number {
  const page = Number(params.get("page"));
  return Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1;
}

/** The business day on which an item was closed. */
export const closedOn: SQL<LocalDate | null> = sql`(${supervisionItems.closedAt} at time zone 'Asia/Shanghai')::date`;

/** The condition that an item stands in a way to its limit. */
export function standsAs(standing: ClosingStanding, today: LocalDate): SQL {
  const isOpen = sql`${supervisionItems.closedAt} is null`;
  switch (standing) {
    case "open":
      return isOpen;
    case "overdue":
      return sql`(${isOpen} and ${supervisionItems.dueOn} < ${today}::date)`;
    case "inTime":
      return sql`(${closedOn} <= ${supervisionItems.dueOn})`;
    case "late":
      return sql`(${closedOn} > ${supervisionItems.dueOn})`;
  }
}

/** The condition that a day lies within months; a month left out sets no bound. */
export const withinMonths = (column: PgColumn, from: Period | undefined, to: Period | undefined): SQL | undefined =>
  and(from ? gte(column, firstDay(from)) : undefined, to ? lte(column, lastDay(to)) : undefined);

/** The condition of the register: the items within a scope that a question asks for. */
export function registerWhere(scope: Scope, query: RegisterQuery, today: LocalDate, colour: SQL): SQL | undefined {
  const words = query.q ? contains(query.q) : undefined;
  return and(
    inScope(scope, { unitId: supervisionItems.unitId, regionId: supervisionItems.regionId }),
    isWantedUnit(supervisionItems.unitId, query.unit),
    words ? or(ilike(supervisionItems.title, words), ilike(supervisionItems.number, words)) : undefined,
    query.state ? eq(supervisionItems.state, query.state) : undefined,
    query.origin ? eq(supervisionItems.origin, query.origin) : undefined,
    query.standing ? standsAs(query.standing, today) : undefined,
    query.colour ? sql`${colour} = ${query.colour}` : undefined,
    query.year
      ? withinMonths(supervisionItems.registeredOn, period(`${query.year}-01`), period(`${query.year}-12`))
      : undefined,
    withinMonths(supervisionItems.registeredOn, query.from, query.to),
  );
}
