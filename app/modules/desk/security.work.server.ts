import { and, asc, eq } from "drizzle-orm";

import type { Database } from "@db/client";
import { securityTests, systems, units } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import type { EntryState } from "~/kernel/vocabulary";
import { TEST_KIND_NAMES } from "~/modules/systems";
import { dueTests, securityRegister } from "~/modules/systems/index.server";
import { inScope } from "~/platform/scope.server";
import { samePerson, type Scope } from "~/policy";

import type { WorkItem } from "./work-item";

const KIND = "测评";

async function testsIn(db: Database, scope: Scope, state: EntryState, what: string) {
  const rows = await db
    .select({
      id: securityTests.id,
      kind: securityTests.kind,
      enteredBy: securityTests.enteredBy,
      systemName: systems.name,
      unitName: units.name,
    })
    .from(securityTests)
    .innerJoin(systems, eq(systems.id, securityTests.systemId))
    .innerJoin(units, eq(units.id, systems.unitId))
    .where(and(inScope(scope, { unitId: systems.unitId, regionId: systems.regionId }), eq(securityTests.state, state)))
    .orderBy(asc(securityTests.enteredAt), asc(securityTests.id));
  return rows.map(({ id, kind, enteredBy, systemName, unitName }) => ({
    enteredBy,
    item: {
      key: `security-test ${id}`,
      kind: KIND,
      what,
      title: `${systemName}（${TEST_KIND_NAMES[kind]}）`,
      unitName,
      href: `/security/tests/${id}`,
      dueOn: null,
    },
  }));
}

/** Tests that units entered and the bureau has to look at; not one's own. */
export const testsToConfirm = async (db: Database, scope: Scope, actor: Actor): Promise<WorkItem[]> =>
  (await testsIn(db, scope, "entered", "核对确认安全测评"))
    .filter(({ enteredBy }) => !samePerson(actor, enteredBy))
    .map(({ item }) => item);

/** Tests that the bureau returned to the unit. */
export const testsToMend = async (db: Database, scope: Scope): Promise<WorkItem[]> =>
  (await testsIn(db, scope, "returned", "更正被退回的安全测评")).map(({ item }) => item);

/** Systems of the unit whose test runs out soon or has run out, until a new one is entered. */
export async function testsDue(db: Database, scope: Scope, today: LocalDate): Promise<WorkItem[]> {
  const due = dueTests(await securityRegister(db, scope, today));
  return due.map(({ row, kind, standing }) => ({
    key: `security-due ${row.id} ${kind}`,
    kind: KIND,
    what: "安排复测并登记",
    title: `${row.name}（${TEST_KIND_NAMES[kind]}）`,
    unitName: row.unitName,
    href: `/systems/${row.id}#security`,
    dueOn: standing.dueOn,
    regionId: row.regionId,
  }));
}
