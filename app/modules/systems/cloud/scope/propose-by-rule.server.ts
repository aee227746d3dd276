import { and, desc, eq, ne } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { scopeDecisions, type systems } from "@db/schema";
import { newId } from "~/platform/ids.server";
import { record, type Ctx } from "~/platform/transaction.server";

import { standingOf } from "../standing.server";
import { readScopeFacts } from "./scope-facts.queries.server";
import {
  changeByRule,
  explainByRule,
  factsToKeep,
  openedByRule,
  sameFacts,
  sameJudgement,
  type ScopeFacts,
  type ScopeJudgement,
} from "./scope.rules";
import { askToConfirm } from "./tell-scope.server";

type System = typeof systems.$inferSelect;
type Decision = typeof scopeDecisions.$inferSelect;

/**
 * Asks the rule of scope anew after a system was registered, changed or transferred, in that act's transaction. Where the
 * rule's answer is not how the system stands, it opens a proposal for a second person; one that was opened with other facts
 * is withdrawn. What was declined with the same facts is not asked again. Until somebody confirms, the system counts as
 * before. The caller holds the system's row and has written it.
 * @source domain.md §6
 */
export async function reconsiderScope(tx: Transaction, ctx: Ctx, system: System): Promise<void> {
  if (system.retiredOn !== null) return;
  const facts = await readScopeFacts(tx, system, ctx.today);
  const change = changeByRule(facts, await standingOf(tx, system.id));
  const [open] = await tx
    .select()
    .from(scopeDecisions)
    .where(and(eq(scopeDecisions.systemId, system.id), eq(scopeDecisions.state, "proposed")))
    .for("update");
  if (open && isOutdated(open, facts, change)) await withdrawOutdated(tx, ctx, open);
  else if (open) return;
  if (!change || (await wasDeclined(tx, system.id, facts, change))) return;
  await openByRule(tx, ctx, system, facts, change);
}

/** The rule's own proposals live as long as its facts; a person's stands until the rule itself says otherwise. */
function isOutdated(open: Decision, facts: ScopeFacts, change: ScopeJudgement | undefined): boolean {
  if (change) return !sameFacts(open.facts, facts) || !sameJudgement(open, change);
  return openedByRule(open.facts);
}

async function wasDeclined(
  tx: Transaction,
  systemId: string,
  facts: ScopeFacts,
  change: ScopeJudgement,
): Promise<boolean> {
  const [last] = await tx
    .select()
    .from(scopeDecisions)
    .where(and(eq(scopeDecisions.systemId, systemId), ne(scopeDecisions.state, "withdrawn")))
    .orderBy(desc(scopeDecisions.proposedAt), desc(scopeDecisions.id))
    .limit(1);
  return last?.state === "declined" && sameFacts(last.facts, facts) && sameJudgement(last, change);
}

async function withdrawOutdated(tx: Transaction, ctx: Ctx, open: Decision): Promise<void> {
  const opinion = "系统情况有变，原提请自动撤回。";
  const after = {
    ...open,
    state: "withdrawn" as const,
    decidedBy: ctx.actor.userId,
    decidedAt: ctx.now,
    opinion,
    version: open.version + 1,
  };
  await tx.update(scopeDecisions).set(after).where(eq(scopeDecisions.id, open.id));
  await record(tx, ctx, {
    action: "scope:propose",
    event: "scopeWithdrawn",
    object: { type: "scopeDecision", id: open.id, regionId: open.regionId },
    before: open,
    after,
    reason: opinion,
    payload: { systemId: open.systemId, unitId: open.unitId, scope: open.scope },
  });
}

async function openByRule(
  tx: Transaction,
  ctx: Ctx,
  system: System,
  facts: ScopeFacts,
  change: ScopeJudgement,
): Promise<void> {
  const proposal = {
    id: newId(),
    systemId: system.id,
    regionId: system.regionId,
    unitId: system.unitId,
    state: "proposed" as const,
    ...change,
    facts: factsToKeep(facts, "byRule"),
    explanation: explainByRule(facts, change),
    proposedBy: ctx.actor.userId,
    proposedAt: ctx.now,
  };
  await tx.insert(scopeDecisions).values(proposal);
  await record(tx, ctx, {
    action: "scope:propose",
    event: "scopeProposed",
    object: { type: "scopeDecision", id: proposal.id, regionId: system.regionId },
    after: proposal,
    payload: {
      systemId: system.id,
      unitId: system.unitId,
      name: system.name,
      scope: change.scope,
      reason: change.reason,
    },
  });
  await askToConfirm(tx, ctx, proposal, system.name);
}
