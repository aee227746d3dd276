import { and, desc, eq, sql, type SQL } from "drizzle-orm";

import type { Database } from "@db/client";
import { domainEvents, supervisionItems, supervisionSlips, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { Period } from "~/kernel/period";
import {
  ISSUED_COLOURS,
  keysOf,
  SUPERVISION_ORIGINS,
  type IssuedColour,
  type SupervisionOrigin,
} from "~/kernel/vocabulary";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { inScope } from "~/platform/scope.server";
import { visible, type Scope } from "~/policy";

import { readMonths, readPage, withinMonths } from "../register/register-query.server";
import type { SlipContent } from "./slip.words";

export const SLIPS_PAGE = 50;

/** What the list of slips can be asked; everything is in the address. */
export interface SlipsQuery {
  readonly unit: string | undefined;
  readonly colour: IssuedColour | undefined;
  /** where the item came from */
  readonly origin: SupervisionOrigin | undefined;
  /** issued from the beginning of this month to the end of that one */
  readonly from: Period | undefined;
  readonly to: Period | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export const readSlipsQuery = (params: URLSearchParams): SlipsQuery => ({
  unit: readWantedUnit(params),
  colour: keysOf(ISSUED_COLOURS).find((colour) => colour === params.get("colour")),
  origin: keysOf(SUPERVISION_ORIGINS).find((origin) => origin === params.get("origin")),
  ...readMonths(params),
  page: readPage(params),
});

const slipsWhere = (scope: Scope, query: SlipsQuery): SQL | undefined =>
  and(
    inScope(scope, { unitId: supervisionSlips.unitId, regionId: supervisionSlips.regionId }),
    isWantedUnit(supervisionSlips.unitId, query.unit),
    query.colour ? eq(supervisionSlips.colour, query.colour) : undefined,
    query.origin ? eq(supervisionItems.origin, query.origin) : undefined,
    withinMonths(supervisionSlips.issuedOn, query.from, query.to),
  );

/** One page of the slips within a scope, the latest first, and how many of each colour there are in all. */
export async function listSlips(db: Database, scope: Scope, query: SlipsQuery) {
  const where = slipsWhere(scope, query);
  const [rows, counted] = await Promise.all([
    db
      .select({
        id: supervisionSlips.id,
        number: supervisionSlips.number,
        colour: supervisionSlips.colour,
        issuedOn: supervisionSlips.issuedOn,
        dueOn: supervisionSlips.dueOn,
        unitName: units.name,
        itemId: supervisionItems.id,
        itemNumber: supervisionItems.number,
        title: supervisionItems.title,
        state: supervisionItems.state,
      })
      .from(supervisionSlips)
      .innerJoin(supervisionItems, eq(supervisionItems.id, supervisionSlips.itemId))
      .innerJoin(units, eq(units.id, supervisionSlips.unitId))
      .where(where)
      .orderBy(desc(supervisionSlips.issuedOn), desc(supervisionSlips.id))
      .limit(SLIPS_PAGE)
      .offset((query.page - 1) * SLIPS_PAGE),
    db
      .select({ colour: supervisionSlips.colour, slips: sql<number>`count(*)::int` })
      .from(supervisionSlips)
      .innerJoin(supervisionItems, eq(supervisionItems.id, supervisionSlips.itemId))
      .where(where)
      .groupBy(supervisionSlips.colour),
  ]);
  const of = (colour: IssuedColour) => counted.find((each) => each.colour === colour)?.slips ?? 0;
  const counts = { blue: of("blue"), orange: of("orange"), red: of("red") };
  return { rows, counts, total: counts.blue + counts.orange + counts.red };
}

/**
 * What a slip says, as it was issued.
 * @throws DomainError notFound
 */
export async function readSlip(
  db: Database,
  actor: Actor,
  id: string,
): Promise<{ readonly content: SlipContent; readonly issuedAt: Date }> {
  const [row] = await db
    .select({
      unitId: supervisionSlips.unitId,
      regionId: supervisionSlips.regionId,
      payload: domainEvents.payload,
      at: domainEvents.at,
    })
    .from(supervisionSlips)
    .innerJoin(
      domainEvents,
      and(
        eq(domainEvents.subjectType, "supervisionItem"),
        eq(domainEvents.subjectId, supervisionSlips.itemId),
        eq(domainEvents.type, "supervisionSlipIssued"),
        sql`${domainEvents.payload}->>'slipId' = ${supervisionSlips.id}::text`,
      ),
    )
    .where(eq(supervisionSlips.id, id));
  const slip = visible(actor, "supervision:read", row, "supervisionSlip");
  // The job that issued it wrote it so.
  return { content: slip.payload as unknown as SlipContent, issuedAt: slip.at };
}
