import { and, eq, max } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { fundingPlanAdjustments, fundingPlans, units } from "@db/schema";
import { ZERO_FEN, type Fen } from "~/kernel/fen";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import type { FundingSource } from "~/kernel/vocabulary";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import type { Plan } from "./load-adjustment.server";
import { proposalProblems, type ProposalCode } from "./plan.rules";
import { planTitle } from "./plan.words";

/** Whose plan, for which year, from which source. */
export interface PlanKey {
  readonly unitId: string;
  readonly year: number;
  readonly source: FundingSource;
}

export interface ProposedAdjustment extends PlanKey {
  /** of the plan as the page showed it; null: there was none @throws conflict when that is no longer so */
  readonly version: number | null;
  /** @unit fen */
  readonly afterFen: Fen;
  readonly reason: string;
  /** number of the paper it rests on */
  readonly basis: string;
}

type Code = ProposalCode | "adjustmentOpen" | "unitClosed";

/**
 * Finance proposes what a unit may spend in a year from a source; the first amount is an adjustment too, from nothing. It
 * counts once a second person confirms it. Of a plan one adjustment waits at a time.
 * Refuses with unitClosed, adjustmentOpen, planUnchanged, planNegative, reasonMissing, basisMissing.
 * @throws DomainError notFound, forbidden; conflict when another proposal came first
 * @source domain.md §1, §5
 */
export async function proposeAdjustment(
  ctx: Ctx,
  { version, afterFen, reason, basis, ...key }: ProposedAdjustment,
): Promise<Result<{ planId: string }, Code>> {
  return inTransaction<{ planId: string }, Code>(ctx, async (tx) => {
    const [found] = await tx.select().from(units).where(eq(units.id, key.unitId));
    const unit = visible(ctx.actor, "funding:read", found && { ...found, unitId: found.id }, "unit");
    authorize(ctx.actor, "plan:propose", unit);
    if (unit.closedOn !== null) return refuse({ code: "unitClosed" });
    const plan = await lockPlan(tx, { ...key, regionId: unit.regionId }, version);
    const waiting = await openAdjustment(tx, plan.id);
    if (waiting) return refuse({ code: "adjustmentOpen", facts: { number: waiting.number } });
    const proposal = { beforeFen: plan.amountFen, afterFen, reason: reason.trim(), basis: basis.trim() };
    const problems = proposalProblems(proposal);
    if (problems.length > 0) return refuse(...problems.map((code) => ({ code, field: FIELDS[code] })));

    const [last] = await tx
      .select({ number: max(fundingPlanAdjustments.number) })
      .from(fundingPlanAdjustments)
      .where(eq(fundingPlanAdjustments.planId, plan.id));
    const adjustment = {
      ...proposal,
      id: newId(),
      regionId: plan.regionId,
      planId: plan.id,
      number: (last?.number ?? 0) + 1,
      state: "proposed" as const,
      proposedBy: ctx.actor.userId,
      proposedAt: ctx.now,
    };
    await tx.insert(fundingPlanAdjustments).values(adjustment);
    await tx
      .update(fundingPlans)
      .set({ version: plan.version + 1 })
      .where(eq(fundingPlans.id, plan.id));
    const name = planTitle(key, unit.name);
    await record(tx, ctx, {
      action: "plan:propose",
      event: "planAdjustmentProposed",
      object: { type: "fundingPlan", id: plan.id, regionId: plan.regionId },
      after: adjustment,
      reason: adjustment.reason,
      payload: { ...key, name, number: adjustment.number, beforeFen: plan.amountFen, afterFen },
    });
    const finance = await usersWithRole(tx, { role: "financeReviewer", regionId: ctx.actor.regionId });
    await notify(tx, ctx, {
      userIds: finance.map(({ id }) => id).filter((id) => id !== ctx.actor.userId),
      title: `请复核：${name}（第 ${adjustment.number} 次调整）`,
      href: `/funding/plan/${plan.id}`,
    });
    return accept({ planId: plan.id });
  });
}

const FIELDS = {
  planUnchanged: "after",
  planNegative: "after",
  reasonMissing: "reason",
  basisMissing: "basis",
} as const;

/** The plan with its lock, made when there was none and none was expected. */
async function lockPlan(
  tx: Transaction,
  key: PlanKey & { readonly regionId: string },
  version: number | null,
): Promise<Plan> {
  const [made] = await tx
    .insert(fundingPlans)
    .values({ ...key, id: newId(), amountFen: ZERO_FEN })
    .onConflictDoNothing()
    .returning();
  if (made && version === null) return made;
  const { regionId, unitId, year, source } = key;
  const [plan] = await tx
    .select()
    .from(fundingPlans)
    .where(
      and(
        eq(fundingPlans.regionId, regionId),
        eq(fundingPlans.unitId, unitId),
        eq(fundingPlans.year, year),
        eq(fundingPlans.source, source),
      ),
    )
    .for("update");
  if (!plan || plan.version !== version) throw conflict("fundingPlan");
  return plan;
}

async function openAdjustment(tx: Transaction, planId: string) {
  const [row] = await tx
    .select({ number: fundingPlanAdjustments.number })
    .from(fundingPlanAdjustments)
    .where(and(eq(fundingPlanAdjustments.planId, planId), eq(fundingPlanAdjustments.state, "proposed")));
  return row;
}
