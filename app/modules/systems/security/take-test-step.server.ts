import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { securityTests, systems } from "@db/schema";
import { decideStep } from "~/kernel/lifecycle";
import { accept, conflict, notFound, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, samePerson, visible, type Action } from "~/policy";

import {
  SECURITY_TEST_EVENT_FACTS,
  SECURITY_TEST_LIFECYCLE,
  type SecurityTestEvent,
  type SecurityTestGuard,
  type SecurityTestStepRefusal,
  type SecurityTestTransition,
} from "./security-test.lifecycle";

export type SecurityTest = typeof securityTests.$inferSelect;
type System = typeof systems.$inferSelect;

/** Which test, and the version the form was filled in from. */
export interface TestRef {
  readonly id: string;
  readonly version: number;
}

export interface LoadedTest {
  readonly test: SecurityTest;
  readonly system: System;
}

interface Step<Code extends string> extends TestRef {
  readonly event: SecurityTestEvent;
  /** the guard reasonGiven follows from it */
  readonly reason?: string;
  /** what the verb itself asks, and the columns that change with the state */
  readonly prepare?: (tx: Transaction, loaded: LoadedTest) => Promise<Result<Partial<SecurityTest>, Code>>;
  /** guards beside reason and other person */
  readonly guards?: (loaded: LoadedTest) => readonly SecurityTestGuard[];
  /** whom it tells */
  readonly follow?: (tx: Transaction, loaded: LoadedTest) => Promise<void>;
}

/** What timelines and listeners need of a test. */
export const testPayload = ({
  test,
  system,
}: {
  test: Pick<SecurityTest, "systemId" | "kind" | "passed" | "testedOn" | "validUntil">;
  system: Pick<System, "unitId" | "name">;
}) => ({
  systemId: test.systemId,
  systemName: system.name,
  unitId: system.unitId,
  kind: test.kind,
  passed: test.passed,
  testedOn: test.testedOn,
  validUntil: test.validUntil,
});

/**
 * Moves a test along its lifecycle, in the one order of all verbs.
 * Refuses with notInThisState, the guards that do not hold, or what the verb's own question refuses with.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export async function takeTestStep<Code extends string = never>(
  ctx: Ctx,
  { id, version, event, reason = "", prepare, guards, follow }: Step<Code>,
): Promise<Result<{ id: string }, Code | SecurityTestStepRefusal>> {
  return inTransaction<{ id: string }, Code | SecurityTestStepRefusal>(ctx, async (tx) => {
    const loaded = await loadTest(tx, ctx, id);
    const { test, system } = loaded;
    const action = actionOf(event);
    authorize(ctx.actor, action, system);
    if (test.version !== version) throw conflict("securityTest");
    const said = reason.trim();
    const decided = decideStep<SecurityTestTransition>(SECURITY_TEST_LIFECYCLE, test.state, event, [
      ...(samePerson(ctx.actor, test.enteredBy) ? [] : (["otherPerson"] as const)),
      ...(said ? (["reasonGiven"] as const) : []),
      ...(guards?.(loaded) ?? []),
    ]);
    if (!decided.ok) return decided;
    const prepared = prepare ? await prepare(tx, loaded) : accept<Partial<SecurityTest>>({});
    if (!prepared.ok) return prepared;
    const [after] = await tx
      .update(securityTests)
      .set({ ...prepared.value, state: decided.value.to, stateReason: said || null, version: version + 1 })
      .where(and(eq(securityTests.id, id), eq(securityTests.version, version)))
      .returning();
    if (!after) throw conflict("securityTest");
    await record(tx, ctx, {
      action,
      event: SECURITY_TEST_EVENT_FACTS[event],
      object: { type: "securityTest", id, regionId: test.regionId },
      before: test,
      after,
      ...(said && { reason: said }),
      payload: testPayload({ test: after, system }),
    });
    await follow?.(tx, { test: after, system });
    return accept({ id });
  });
}

/** The test and its system, the system locked first: two entries of one report meet there. @throws DomainError notFound */
async function loadTest(tx: Transaction, ctx: Ctx, id: string): Promise<LoadedTest> {
  const [at] = await tx
    .select({ systemId: securityTests.systemId })
    .from(securityTests)
    .where(eq(securityTests.id, id));
  if (!at) throw notFound("securityTest");
  const [found] = await tx.select().from(systems).where(eq(systems.id, at.systemId)).for("update");
  const system = visible(ctx.actor, "system:read", found, "securityTest");
  const [test] = await tx.select().from(securityTests).where(eq(securityTests.id, id)).for("update");
  if (!test) throw notFound("securityTest");
  return { test, system };
}

/** The permission that an event asks for; the same in every state. */
function actionOf(event: SecurityTestEvent): Action {
  const row = SECURITY_TEST_LIFECYCLE.find(({ on }) => on === event);
  if (!row) throw new Error(`no step is called ${event}`);
  return row.action;
}
