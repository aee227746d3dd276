import { and, asc, count, desc, eq, inArray, or, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database, DatabaseOrTransaction } from "@db/client";
import { corrections, domainEvents, resources, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { CORRECTION_STATES, keysOf, type CorrectionState } from "~/kernel/vocabulary";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import { CORRECTION_SIDES, OPEN_CORRECTIONS } from "./correction.words";
import { CORRECTION_COLUMNS, visibleCorrection } from "./load-correction.server";

const CORRECTIONS_PAGE = 50;

/** The unit's own report of the same words on the same resource, if one is still open. */
export async function openReport(
  db: DatabaseOrTransaction,
  resourceId: string,
  reporterUnitId: string,
  { item, description }: { readonly item: string; readonly description: string },
): Promise<{ id: string } | undefined> {
  const [row] = await db
    .select({ id: corrections.id })
    .from(corrections)
    .where(
      and(
        eq(corrections.resourceId, resourceId),
        eq(corrections.reporterUnitId, reporterUnitId),
        inArray(corrections.state, OPEN_CORRECTIONS),
        eq(corrections.item, item),
        eq(corrections.description, description),
      ),
    );
  return row;
}

export interface CorrectionQuery {
  readonly side: keyof typeof CORRECTION_SIDES | undefined;
  readonly state: CorrectionState | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readCorrectionQuery(params: URLSearchParams): CorrectionQuery {
  const page = Number(params.get("page"));
  return {
    side: keysOf(CORRECTION_SIDES).find((each) => each === params.get("side")),
    state: keysOf(CORRECTION_STATES).find((each) => each === params.get("state")),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

const reporter = alias(units, "reporter");
const provider = alias(units, "provider");

/** Error reports of either side within a scope, what is open and due first. */
export async function listCorrections(db: Database, actor: Actor, scope: Scope, query: CorrectionQuery) {
  const sides: Record<keyof typeof CORRECTION_SIDES, SQL> = {
    answer: eq(resources.unitId, actor.unitId),
    reported: eq(corrections.reporterUnitId, actor.unitId),
  };
  const where = and(
    or(
      inScope(scope, { unitId: resources.unitId, regionId: corrections.regionId }),
      inScope(scope, { unitId: corrections.reporterUnitId, regionId: corrections.regionId }),
    ),
    query.side && sides[query.side],
    query.state && eq(corrections.state, query.state),
  );
  const [rows, [total]] = await Promise.all([
    selectCorrections(db)
      .where(where)
      .orderBy(sql`${inArray(corrections.state, OPEN_CORRECTIONS)} desc`, asc(corrections.dueOn), desc(corrections.id))
      .limit(CORRECTIONS_PAGE)
      .offset((query.page - 1) * CORRECTIONS_PAGE),
    db
      .select({ n: count() })
      .from(corrections)
      .innerJoin(resources, eq(resources.id, corrections.resourceId))
      .where(where),
  ]);
  return { rows, total: total?.n ?? 0, pageSize: CORRECTIONS_PAGE };
}

const selectCorrections = (db: Database) =>
  db
    .select({ ...CORRECTION_COLUMNS, reporterName: reporter.name, providerName: provider.name })
    .from(corrections)
    .innerJoin(resources, eq(resources.id, corrections.resourceId))
    .innerJoin(reporter, eq(reporter.id, corrections.reporterUnitId))
    .innerJoin(provider, eq(provider.id, resources.unitId));

/** One error report with its history. @throws DomainError notFound */
export async function readCorrection(db: Database, actor: Actor, id: string) {
  const [row] = await selectCorrections(db).where(eq(corrections.id, id));
  const correction = visibleCorrection(actor, row);
  const events = await db
    .select()
    .from(domainEvents)
    .where(and(eq(domainEvents.subjectType, "correction"), eq(domainEvents.subjectId, id)))
    .orderBy(desc(domainEvents.at), desc(domainEvents.id));
  return { correction, reporterName: row?.reporterName ?? "", providerName: row?.providerName ?? "", events };
}

/** The error reports on one resource that the actor's units have a part in. */
export async function resourceCorrections(db: Database, scope: Scope, resourceId: string) {
  return selectCorrections(db)
    .where(
      and(
        eq(corrections.resourceId, resourceId),
        or(
          inScope(scope, { unitId: resources.unitId, regionId: corrections.regionId }),
          inScope(scope, { unitId: corrections.reporterUnitId, regionId: corrections.regionId }),
        ),
      ),
    )
    .orderBy(desc(corrections.reportedAt))
    .limit(CORRECTIONS_PAGE);
}
