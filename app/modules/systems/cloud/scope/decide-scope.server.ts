import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { scopeDecisions, systems } from "@db/schema";
import { decideStep } from "~/kernel/lifecycle";
import { accept, conflict, notFound, type Result } from "~/kernel/result";
import { SCOPE_RESULTS } from "~/kernel/vocabulary";
import { notify } from "~/modules/inbox/index.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, samePerson, visible, type Action } from "~/policy";

import { changeStanding } from "../standing.server";
import { readScopeFacts } from "./scope-facts.queries.server";
import {
  SCOPE_EVENT_FACTS,
  SCOPE_LIFECYCLE,
  type ScopeEvent,
  type ScopeGuard,
  type ScopeStepRefusal,
  type ScopeTransition,
} from "./scope.lifecycle";
import { openedByRule, sameFacts } from "./scope.rules";

type System = typeof systems.$inferSelect;
type Decision = typeof scopeDecisions.$inferSelect;

/** Which proposal, the version the form was filled in from, and what was said. */
export interface ScopeStep {
  readonly id: string;
  readonly version: number;
  readonly opinion: string;
}
type StepResult = Promise<Result<{ id: string }, ScopeStepRefusal>>;

/**
 * Another person of the bureau confirms a proposal: from today the system stands to the rate as it says. Not when the facts
 * that were judged have changed since.
 * Refuses with notInThisState, otherPersonThanBefore, factsUnchanged.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §1, §6
 */
export const confirmScope = (ctx: Ctx, step: ScopeStep): StepResult => takeScopeStep(ctx, "confirm", step);

/**
 * Another person of the bureau does not take the proposal on, with a reason.
 * Refuses with notInThisState, otherPersonThanBefore, reasonGiven.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export const declineScope = (ctx: Ctx, step: ScopeStep): StepResult => takeScopeStep(ctx, "decline", step);

/**
 * Takes back a proposal that a person made.
 * Refuses with notInThisState, proposedByHand.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export const withdrawScope = (ctx: Ctx, step: ScopeStep): StepResult => takeScopeStep(ctx, "withdraw", step);

const ACTIONS = {
  confirm: "scope:confirm",
  decline: "scope:confirm",
  withdraw: "scope:propose",
} as const satisfies Record<ScopeEvent, Action>;
const STATE_WORDS = { confirm: "已复核通过", decline: "未通过", withdraw: "已撤回" } as const;

async function takeScopeStep(ctx: Ctx, event: ScopeEvent, { id, version, opinion }: ScopeStep): StepResult {
  return inTransaction<{ id: string }, ScopeStepRefusal>(ctx, async (tx) => {
    const { decision, system } = await hold(tx, ctx, id);
    authorize(ctx.actor, ACTIONS[event], system);
    if (decision.version !== version) throw conflict("scopeDecision");
    const said = opinion.trim();
    const guards = await guardsOf(tx, ctx, decision, system, said);
    const decided = decideStep<ScopeTransition>(SCOPE_LIFECYCLE, decision.state, event, guards);
    if (!decided.ok) return decided;

    const after: Decision = {
      ...decision,
      state: decided.value.to,
      decidedBy: ctx.actor.userId,
      decidedAt: ctx.now,
      opinion: said,
      version: version + 1,
    };
    await tx
      .update(scopeDecisions)
      .set(after)
      .where(and(eq(scopeDecisions.id, id), eq(scopeDecisions.version, version)));
    const { scope, reason, managed } = decision;
    if (event === "confirm") {
      await changeStanding(tx, system.id, ctx.today, { scope: { result: scope, reason, managed }, decisionId: id });
    }
    await record(tx, ctx, {
      action: ACTIONS[event],
      event: SCOPE_EVENT_FACTS[event],
      object: { type: "scopeDecision", id, regionId: system.regionId },
      before: decision,
      after,
      ...(said && { reason: said }),
      payload: { systemId: system.id, unitId: system.unitId, name: system.name, scope, reason, managed },
    });
    await notify(tx, ctx, {
      userIds: [decision.proposedBy].filter((userId) => userId !== ctx.actor.userId),
      title: `${system.name}的“${SCOPE_RESULTS[scope]}”认定${STATE_WORDS[event]}`,
      href: `/cloud/scope/${id}`,
    });
    return accept({ id });
  });
}

/** The system first, then the proposal: in the order in which everything else holds them. */
async function hold(tx: Transaction, ctx: Ctx, id: string): Promise<{ decision: Decision; system: System }> {
  const [found] = await tx
    .select({ systemId: scopeDecisions.systemId })
    .from(scopeDecisions)
    .where(eq(scopeDecisions.id, id));
  if (!found) throw notFound("scopeDecision");
  const [row] = await tx.select().from(systems).where(eq(systems.id, found.systemId)).for("update");
  const system = visible(ctx.actor, "system:read", row, "scopeDecision");
  const [decision] = await tx.select().from(scopeDecisions).where(eq(scopeDecisions.id, id)).for("update");
  if (!decision) throw notFound("scopeDecision");
  return { decision, system };
}

async function guardsOf(
  tx: Transaction,
  ctx: Ctx,
  decision: Decision,
  system: System,
  said: string,
): Promise<ScopeGuard[]> {
  const guards: ScopeGuard[] = [];
  if (!samePerson(ctx.actor, decision.proposedBy)) guards.push("otherPersonThanBefore");
  if (said) guards.push("reasonGiven");
  if (sameFacts(decision.facts, await readScopeFacts(tx, system, ctx.today))) guards.push("factsUnchanged");
  if (!openedByRule(decision.facts)) guards.push("proposedByHand");
  return guards;
}
