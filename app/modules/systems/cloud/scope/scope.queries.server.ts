import { and, asc, desc, eq, gt, ilike, isNull, or, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import { cloudStandings, files, scopeDecisions, systems, units, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";
import { isUuid } from "~/kernel/uuid";
import {
  keysOf,
  SCOPE_DECISION_STATES,
  SCOPE_RESULTS,
  type ScopeDecisionState,
  type ScopeResult,
} from "~/kernel/vocabulary";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { openFile } from "~/platform/files.server";
import { contains } from "~/platform/like.server";
import { inScope } from "~/platform/scope.server";
import { authorize, can, scopeFor, visible, type Scope } from "~/policy";

import { shownName } from "../../inventory/secret-names";
import { shownNameIn } from "../../inventory/shown-name.server";
import { eventsOf } from "./events.queries.server";
import { readScopeFacts } from "./scope-facts.queries.server";
import { SCOPE_LIFECYCLE, type ScopeEvent } from "./scope.lifecycle";
import { judgeByRule, openedByRule } from "./scope.rules";

const PAGE_SIZE = 50;

/** What the list can be asked; everything is in the address. */
export interface ScopeQuery {
  readonly state: ScopeDecisionState | undefined;
  readonly scope: ScopeResult | undefined;
  readonly unit: string | undefined;
  readonly system: string | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readScopeQuery(params: URLSearchParams): ScopeQuery {
  const page = Number(params.get("page"));
  const system = params.get("system") ?? "";
  return {
    state: keysOf(SCOPE_DECISION_STATES).find((state) => state === params.get("state")),
    scope: keysOf(SCOPE_RESULTS).find((scope) => scope === params.get("scope")),
    unit: readWantedUnit(params),
    system: isUuid(system) ? system : undefined,
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

/** A decision is seen by who sees its system, whose ever it was when it was proposed. */
const within = (scope: Scope): SQL =>
  inScope(scope, { unitId: systems.unitId, regionId: systems.regionId, operatorUnitId: systems.operatorUnitId });

/** One page of proposals and decisions, those that wait first, then the latest; and how many there are in all. */
export async function listScopeDecisions(db: Database, actor: Actor, query: ScopeQuery) {
  const scope = scopeFor(actor, "system:read");
  const rows = await db
    .select({
      id: scopeDecisions.id,
      systemId: systems.id,
      systemName: shownNameIn(scope),
      unitName: units.name,
      scope: scopeDecisions.scope,
      reason: scopeDecisions.reason,
      managed: scopeDecisions.managed,
      state: scopeDecisions.state,
      proposerName: users.name,
      proposedAt: scopeDecisions.proposedAt,
      decidedAt: scopeDecisions.decidedAt,
      total: sql<number>`(count(*) over ())::int`,
    })
    .from(scopeDecisions)
    .innerJoin(systems, eq(systems.id, scopeDecisions.systemId))
    .innerJoin(units, eq(units.id, systems.unitId))
    .leftJoin(users, eq(users.id, scopeDecisions.proposedBy))
    .where(
      and(
        within(scope),
        query.state && eq(scopeDecisions.state, query.state),
        query.scope && eq(scopeDecisions.scope, query.scope),
        query.system ? eq(scopeDecisions.systemId, query.system) : undefined,
        isWantedUnit(systems.unitId, query.unit),
      ),
    )
    .orderBy(sql`${scopeDecisions.state} <> 'proposed'`, desc(scopeDecisions.proposedAt), desc(scopeDecisions.id))
    .limit(PAGE_SIZE)
    .offset((query.page - 1) * PAGE_SIZE);
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0, pageSize: PAGE_SIZE };
}

const deciders = alias(users, "deciders");

/**
 * One proposal with its system, how that stands now, who had a hand in it, and what the actor may do.
 * @throws DomainError notFound outside the actor's sight
 */
export async function readScopeDecision(db: Database, actor: Actor, id: string) {
  const [row] = await db
    .select({
      decision: scopeDecisions,
      system: systems,
      standing: { scope: cloudStandings.scope, reason: cloudStandings.reason, managed: cloudStandings.managed },
      unitName: units.name,
      fileName: files.name,
      proposerName: users.name,
      deciderName: deciders.name,
    })
    .from(scopeDecisions)
    .innerJoin(systems, eq(systems.id, scopeDecisions.systemId))
    .innerJoin(units, eq(units.id, systems.unitId))
    .innerJoin(cloudStandings, and(eq(cloudStandings.systemId, systems.id), isNull(cloudStandings.toOn)))
    .leftJoin(files, eq(files.id, scopeDecisions.fileId))
    .leftJoin(users, eq(users.id, scopeDecisions.proposedBy))
    .leftJoin(deciders, eq(deciders.id, scopeDecisions.decidedBy))
    .where(eq(scopeDecisions.id, id));
  const system = visible(actor, "system:read", row?.system, "scopeDecision");
  if (!row) throw notFound("scopeDecision");
  const { decision } = row;
  const may = (event: ScopeEvent) =>
    SCOPE_LIFECYCLE.some(
      ({ from, on, action }) => from === decision.state && on === event && can(actor, action, system),
    );
  return {
    decision,
    byRule: openedByRule(decision.facts),
    system: { id: system.id, name: shownName(scopeFor(actor, "system:read"), system), code: system.code },
    standing: row.standing,
    unitName: row.unitName,
    fileName: row.fileName,
    proposerName: row.proposerName,
    deciderName: row.deciderName,
    events: await eventsOf(db, "scopeDecision", id),
    may: { confirm: may("confirm"), withdraw: may("withdraw") && !openedByRule(decision.facts) },
  };
}

/**
 * What the form of a proposal must know of a system: how it stands, what the rule says, whether a proposal is open.
 * @throws DomainError notFound, forbidden
 */
export async function readNewScope(db: Database, actor: Actor, systemId: string, today: LocalDate) {
  const [row] = await db.select().from(systems).where(eq(systems.id, systemId));
  const system = visible(actor, "system:read", row, "system");
  authorize(actor, "scope:propose", system);
  const [facts, [standing], [open]] = await Promise.all([
    readScopeFacts(db, system, today),
    db
      .select({ scope: cloudStandings.scope, reason: cloudStandings.reason, managed: cloudStandings.managed })
      .from(cloudStandings)
      .where(and(eq(cloudStandings.systemId, systemId), isNull(cloudStandings.toOn))),
    db
      .select({ id: scopeDecisions.id })
      .from(scopeDecisions)
      .where(and(eq(scopeDecisions.systemId, systemId), eq(scopeDecisions.state, "proposed"))),
  ]);
  if (!standing) throw notFound("system");
  return {
    system: { id: system.id, name: system.name, code: system.code, version: system.version },
    facts,
    standing,
    judged: judgeByRule(facts),
    openId: open?.id ?? null,
  };
}

/** Systems found by words, for which a proposal could be made; at most 20. */
export async function systemsToPropose(db: Database, actor: Actor, words: string, today: LocalDate) {
  const like = contains(words);
  return db
    .select({
      id: systems.id,
      code: systems.code,
      name: systems.name,
      unitName: units.name,
      scope: cloudStandings.scope,
    })
    .from(systems)
    .innerJoin(cloudStandings, and(eq(cloudStandings.systemId, systems.id), isNull(cloudStandings.toOn)))
    .innerJoin(units, eq(units.id, systems.unitId))
    .where(
      and(
        inScope(scopeFor(actor, "scope:propose"), { unitId: systems.unitId, regionId: systems.regionId }),
        or(isNull(systems.retiredOn), gt(systems.retiredOn, today)),
        or(ilike(systems.name, like), ilike(systems.code, like), ilike(systems.initials, like)),
      ),
    )
    .orderBy(asc(systems.code))
    .limit(20);
}

/**
 * The paper of a proposal, for sending it on.
 * @throws DomainError notFound outside the actor's sight, or when there is none
 */
export async function readScopePaper(db: Database, actor: Actor, id: string) {
  const [row] = await db
    .select({ fileId: scopeDecisions.fileId, system: systems })
    .from(scopeDecisions)
    .innerJoin(systems, eq(systems.id, scopeDecisions.systemId))
    .where(eq(scopeDecisions.id, id));
  visible(actor, "system:read", row?.system, "scopePaper");
  const found = row?.fileId ? await openFile(db, row.fileId) : undefined;
  if (!found) throw notFound("scopePaper");
  return found;
}
