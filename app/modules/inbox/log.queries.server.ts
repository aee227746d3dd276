import { and, count, desc, eq, gte, ilike, lt, or, sql, type SQL } from "drizzle-orm";

import type { Database } from "@db/client";
import { robots, sendings, units, users } from "@db/schema";
import { endOfDay, isLocalDate, startOfDay, type LocalDate } from "~/kernel/local-date";
import { CHANNEL_KINDS, keysOf, SENDING_STATES, type ChannelKind, type SendingState } from "~/kernel/vocabulary";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { contains } from "~/platform/like.server";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import { ofRegion } from "./hosts.queries.server";

const PAGE_SIZE = 50;

/** What the log can be asked; everything is in the address. */
export interface LogQuery {
  readonly q: string;
  readonly kind: ChannelKind | undefined;
  readonly state: SendingState | undefined;
  readonly day: LocalDate | undefined;
  /** a unit's id, or words of its name: the person's or the group's */
  readonly unit: string | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readLogQuery(params: URLSearchParams): LogQuery {
  const page = Number(params.get("page"));
  const day = params.get("day") ?? "";
  return {
    q: (params.get("q") ?? "").trim().slice(0, 100),
    kind: keysOf(CHANNEL_KINDS).find((kind) => kind === params.get("kind")),
    state: keysOf(SENDING_STATES).find((state) => state === params.get("state")),
    day: isLocalDate(day) ? day : undefined,
    unit: readWantedUnit(params),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

/** One page of what left the house or is about to, the latest first, and how many of each state there are. */
export async function listSendings(db: Database, scope: Scope, query: LogQuery) {
  const among: SQL | undefined = and(
    inScope(scope, ofRegion(sendings.regionId)),
    query.kind && eq(sendings.kind, query.kind),
    query.day && and(gte(sendings.createdAt, startOfDay(query.day)), lt(sendings.createdAt, endOfDay(query.day))),
    query.unit ? or(isWantedUnit(users.unitId, query.unit), isWantedUnit(robots.unitId, query.unit)) : undefined,
    query.q ? or(ilike(sendings.subject, contains(query.q)), ilike(sendings.address, contains(query.q))) : undefined,
  );
  const [rows, counted] = await Promise.all([
    db
      .select({
        id: sendings.id,
        kind: sendings.kind,
        subject: sendings.subject,
        address: sendings.address,
        personName: users.name,
        unitName: units.name,
        robotEnabled: robots.enabled,
        state: sendings.state,
        attempts: sendings.attempts,
        createdAt: sendings.createdAt,
        nextAttemptAt: sendings.nextAttemptAt,
        sentAt: sendings.sentAt,
        batchId: sendings.batchId,
        lastError: sendings.lastError,
      })
      .from(sendings)
      .leftJoin(users, eq(users.id, sendings.userId))
      .leftJoin(robots, eq(robots.id, sendings.robotId))
      .leftJoin(units, eq(units.id, sql`coalesce(${users.unitId}, ${robots.unitId})`))
      .where(and(among, query.state && eq(sendings.state, query.state)))
      .orderBy(desc(sendings.createdAt), desc(sendings.id))
      .limit(PAGE_SIZE)
      .offset((query.page - 1) * PAGE_SIZE),
    db
      .select({ state: sendings.state, n: count() })
      .from(sendings)
      .leftJoin(users, eq(users.id, sendings.userId))
      .leftJoin(robots, eq(robots.id, sendings.robotId))
      .where(among)
      .groupBy(sendings.state),
  ]);
  const counts: Record<SendingState, number> = { waiting: 0, retrying: 0, sent: 0, dead: 0 };
  for (const { state, n } of counted) counts[state] = n;
  const total = query.state ? counts[query.state] : Object.values(counts).reduce((sum, n) => sum + n, 0);
  return { rows, counts, total, pageSize: PAGE_SIZE };
}
