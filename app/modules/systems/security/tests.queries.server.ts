import { and, asc, desc, eq, gt, gte, isNull, or } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import { domainEvents, files, securityTests, systems, units, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";
import { loadFigures } from "~/platform/figures.server";
import { openFile } from "~/platform/files.server";
import { inScope } from "~/platform/scope.server";
import { authorize, samePerson, scopeFor, visible } from "~/policy";

import { shownName } from "../inventory/secret-names";
import { validityFiguresOf } from "./security-test.rules";

const confirmers = alias(users, "confirmers");

/**
 * One test with its system, its report, the people who had a hand in it and its history.
 * @throws DomainError notFound outside the actor's sight
 */
export async function readSecurityTest(db: Database, actor: Actor, id: string) {
  const [row] = await db
    .select({
      test: securityTests,
      system: systems,
      unitName: units.name,
      fileName: files.name,
      entererName: users.name,
      confirmerName: confirmers.name,
    })
    .from(securityTests)
    .innerJoin(systems, eq(systems.id, securityTests.systemId))
    .innerJoin(units, eq(units.id, systems.unitId))
    .leftJoin(files, eq(files.id, securityTests.fileId))
    .leftJoin(users, eq(users.id, securityTests.enteredBy))
    .leftJoin(confirmers, eq(confirmers.id, securityTests.confirmedBy))
    .where(eq(securityTests.id, id));
  visible(actor, "system:read", row?.system, "securityTest");
  if (!row) throw notFound("securityTest");
  const events = await db
    .select({
      id: domainEvents.id,
      type: domainEvents.type,
      at: domainEvents.at,
      actorName: domainEvents.actorName,
      unitName: domainEvents.unitName,
      reason: domainEvents.reason,
    })
    .from(domainEvents)
    .where(and(eq(domainEvents.subjectType, "securityTest"), eq(domainEvents.subjectId, id)))
    .orderBy(desc(domainEvents.at), desc(domainEvents.id));
  const system = { ...row.system, name: shownName(scopeFor(actor, "system:read"), row.system) };
  return { ...row, system, own: samePerson(actor, row.test.enteredBy), events };
}

/**
 * The report of a test, for sending it on.
 * @throws DomainError notFound outside the actor's sight, or when there is none
 */
export async function readTestReport(db: Database, actor: Actor, id: string) {
  const { test } = await readSecurityTest(db, actor, id);
  const found = test.fileId ? await openFile(db, test.fileId) : undefined;
  if (!found) throw notFound("testReport");
  return found;
}

/**
 * What the form of a new test must know: the systems that the actor may enter tests of, the chosen one, and how long a
 * test may be valid.
 * @throws DomainError notFound when the chosen system is outside the actor's sight, forbidden
 */
export async function readNewTest(db: Database, actor: Actor, systemId: string | undefined, today: LocalDate) {
  const scope = scopeFor(actor, "security:record");
  const [options, figures, [found]] = await Promise.all([
    db
      .select({ value: systems.id, label: systems.name })
      .from(systems)
      .where(
        and(
          inScope(scope, { unitId: systems.unitId, regionId: systems.regionId }),
          eq(systems.ownership, "own"),
          eq(systems.secret, false),
          gte(systems.mlpsLevel, 1),
          or(isNull(systems.retiredOn), gt(systems.retiredOn, today)),
        ),
      )
      .orderBy(asc(systems.code)),
    loadFigures(db, today),
    systemId ? db.select().from(systems).where(eq(systems.id, systemId)) : [],
  ]);
  if (systemId) authorize(actor, "security:record", visible(actor, "system:read", found, "system"));
  return { options, system: found ?? null, validity: validityFiguresOf(figures) };
}
