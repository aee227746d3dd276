import { and, eq, gte, inArray, isNotNull, isNull, like, lt, lte, ne, sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import {
  corrections,
  demands,
  domainEvents,
  resources,
  resourceUpdates,
  resourceUses,
  ruleFigures,
  sharingPoints,
} from "@db/schema";
import { localDateOf, type LocalDate } from "~/kernel/local-date";
import { lastDay, period } from "~/kernel/period";
import { loadFigures } from "~/platform/figures.server";
import { newId } from "~/platform/ids.server";
import type { Ctx } from "~/platform/transaction.server";

import { lastClosedMonth, pointsFor, type PointEntry, type PointFact, type PointRule } from "./points.rules";

/** What to settle: everything that is not yet, or what concerns one object. */
export interface Settlement {
  /** updates from this day on; all when absent */
  readonly updatesSince?: LocalDate;
  readonly resourceId?: string;
  readonly demandId?: string;
  readonly correctionId?: string;
}

type Fact = PointFact & { readonly regionId: string };

const CHUNK = 1_000;

/**
 * Brings the accounts up to date with the facts as of a day: publications, updates and lateness, deliveries, overruled
 * refusals, confirmed errors, uses of closed months. What is written already stays as it is, under the rule of its day;
 * so it may run any number of times and several at once.
 * @source domain.md §4 (sharing points)
 */
export async function settlePoints(
  db: DatabaseOrTransaction,
  { today, now }: Pick<Ctx, "today" | "now">,
  of: Settlement = {},
  idOf: (key: string, on: LocalDate) => string = () => newId(),
): Promise<void> {
  const rules = await loadPointRules(db);
  for (const facts of await readFacts(db, today, of)) {
    const entries = facts.flatMap((fact) =>
      pointsFor(fact, rules, today).map((entry) => ({ ...entry, regionId: fact.regionId, at: now })),
    );
    await write(db, entries, idOf);
  }
}

async function write(
  db: DatabaseOrTransaction,
  entries: readonly (PointEntry & { readonly regionId: string; readonly at: Date })[],
  idOf: (key: string, on: LocalDate) => string,
): Promise<void> {
  for (let at = 0; at < entries.length; at += CHUNK) {
    const rows = entries.slice(at, at + CHUNK).map((entry) => ({ ...entry, id: idOf(entry.key, entry.on) }));
    await db.insert(sharingPoints).values(rows).onConflictDoNothing();
  }
}

/** All versions of the rules of the account, none of them taken back. */
async function loadPointRules(db: DatabaseOrTransaction): Promise<PointRule[]> {
  const rows = await db
    .select({ code: ruleFigures.code, from: ruleFigures.inForceFrom, value: ruleFigures.value })
    .from(ruleFigures)
    .where(and(like(ruleFigures.code, "points.%"), isNull(ruleFigures.withdrawnAt)));
  return rows.map(({ value, ...rule }) => ({ ...rule, value: Number(value) }));
}

/** Which facts are asked for: of one object those of its kind, of none all. */
async function readFacts(db: DatabaseOrTransaction, today: LocalDate, of: Settlement): Promise<Fact[][]> {
  const all = !of.resourceId && !of.demandId && !of.correctionId;
  return Promise.all([
    ...(all || of.resourceId
      ? [published(db, today, of.resourceId), updated(db, of), overdue(db, today, of.resourceId)]
      : []),
    ...(all || of.demandId ? [delivered(db, of.demandId), overruled(db, of.demandId)] : []),
    ...(all || of.correctionId ? [errors(db, of.correctionId)] : []),
    ...(all ? [used(db, today)] : []),
  ]);
}

/** Not yet in the account under the key that the rule will give. */
const isNew = (kind: string, key: ReturnType<typeof sql>, regionId: ReturnType<typeof sql>) =>
  sql`not exists (select from ${sharingPoints} e where e.region_id = ${regionId} and e.key = ${`${kind}:`} || ${key})`;

async function published(db: DatabaseOrTransaction, today: LocalDate, resourceId?: string): Promise<Fact[]> {
  const rows = await db
    .select({
      unitId: resources.unitId,
      regionId: resources.regionId,
      resourceId: resources.id,
      on: resources.publishedOn,
    })
    .from(resources)
    .where(
      and(
        isNotNull(resources.publishedOn),
        sql`${resources.publishedOn} <= ${today}`,
        resourceId ? eq(resources.id, resourceId) : undefined,
        isNew("published", sql`${resources.id}::text`, sql`${resources.regionId}`),
      ),
    );
  return rows.flatMap(({ on, ...row }) => (on ? [{ ...row, kind: "published" as const, on }] : []));
}

async function updated(db: DatabaseOrTransaction, { resourceId, updatesSince }: Settlement): Promise<Fact[]> {
  const rows = await db
    .select({
      unitId: resources.unitId,
      regionId: resources.regionId,
      resourceId: resources.id,
      dueOn: resourceUpdates.dueOn,
      updatedOn: resourceUpdates.updatedOn,
    })
    .from(resourceUpdates)
    .innerJoin(resources, eq(resources.id, resourceUpdates.resourceId))
    .where(
      and(
        isNotNull(resourceUpdates.dueOn),
        updatesSince ? gte(resourceUpdates.updatedOn, updatesSince) : undefined,
        resourceId ? eq(resources.id, resourceId) : undefined,
      ),
    );
  return rows.flatMap(({ dueOn, ...row }) => (dueOn ? [{ ...row, kind: "updated" as const, dueOn }] : []));
}

/** Published and due, without the update. */
async function overdue(db: DatabaseOrTransaction, today: LocalDate, resourceId?: string): Promise<Fact[]> {
  const rows = await db
    .select({
      unitId: resources.unitId,
      regionId: resources.regionId,
      resourceId: resources.id,
      dueOn: resources.nextUpdateDueOn,
    })
    .from(resources)
    .where(
      and(
        eq(resources.state, "published"),
        lt(resources.nextUpdateDueOn, today),
        resourceId ? eq(resources.id, resourceId) : undefined,
      ),
    );
  return rows.flatMap(({ dueOn, ...row }) =>
    dueOn ? [{ ...row, kind: "updated" as const, dueOn, updatedOn: null }] : [],
  );
}

async function delivered(db: DatabaseOrTransaction, demandId?: string): Promise<Fact[]> {
  const rows = await db
    .select({
      unitId: demands.providerUnitId,
      regionId: demands.regionId,
      demandId: demands.id,
      deliveredAt: demands.deliveredAt,
      dueOn: demands.dueOn,
    })
    .from(demands)
    .where(
      and(
        isNotNull(demands.deliveredAt),
        demandId ? eq(demands.id, demandId) : undefined,
        isNew("demandMetInTime", sql`${demands.id}::text`, sql`${demands.regionId}`),
      ),
    );
  return rows.flatMap(({ deliveredAt, unitId, ...row }) =>
    deliveredAt && unitId ? [{ ...row, unitId, kind: "delivered" as const, on: localDateOf(deliveredAt) }] : [],
  );
}

/** Each time the bureau overruled a refusal, as its events tell: a demand may be refused again. */
async function overruled(db: DatabaseOrTransaction, demandId?: string): Promise<Fact[]> {
  const rows = await db
    .select({
      unitId: demands.providerUnitId,
      regionId: demands.regionId,
      demandId: demands.id,
      at: domainEvents.at,
    })
    .from(domainEvents)
    .innerJoin(demands, eq(demands.id, domainEvents.subjectId))
    .where(
      and(
        eq(domainEvents.subjectType, "demand"),
        eq(domainEvents.type, "demandRefusalOverruled"),
        isNotNull(demands.overruledAt),
        demandId ? eq(demands.id, demandId) : undefined,
      ),
    );
  return rows.flatMap(({ at, unitId, ...row }) =>
    unitId ? [{ ...row, unitId, kind: "refusalOverruled" as const, on: localDateOf(at) }] : [],
  );
}

async function errors(db: DatabaseOrTransaction, correctionId?: string): Promise<Fact[]> {
  const rows = await db
    .select({
      unitId: resources.unitId,
      regionId: resources.regionId,
      correctionId: corrections.id,
      confirmedAt: corrections.confirmedAt,
    })
    .from(corrections)
    .innerJoin(resources, eq(resources.id, corrections.resourceId))
    .where(
      and(
        inArray(corrections.state, ["confirmed", "fixed", "closed"]),
        isNotNull(corrections.confirmedAt),
        correctionId ? eq(corrections.id, correctionId) : undefined,
      ),
    );
  return rows.flatMap(({ confirmedAt, ...row }) =>
    confirmedAt ? [{ ...row, kind: "errorConfirmed" as const, on: localDateOf(confirmedAt) }] : [],
  );
}

/** The uses of each resource by other units in each closed month that is not yet in the account. */
async function used(db: DatabaseOrTransaction, today: LocalDate): Promise<Fact[]> {
  const figures = await loadFigures(db, today);
  const until = lastDay(lastClosedMonth(today, figures.number("points.useClosingDays")));
  const month = sql<string>`to_char(${resourceUses.usedOn}, 'YYYY-MM')`;
  const rows = await db
    .select({
      unitId: resources.unitId,
      regionId: resources.regionId,
      resourceId: resources.id,
      month,
      times: sql<number>`sum(${resourceUses.times})::float8`,
    })
    .from(resourceUses)
    .innerJoin(resources, eq(resources.id, resourceUses.resourceId))
    .where(
      and(
        ne(resourceUses.userUnitId, resources.unitId),
        lte(resourceUses.usedOn, until),
        isNew("used", sql`${resources.id}::text || ':' || ${month}`, sql`${resources.regionId}`),
      ),
    )
    .groupBy(resources.id, month);
  return rows.map((row) => ({ ...row, kind: "used" as const, month: period(row.month) }));
}
