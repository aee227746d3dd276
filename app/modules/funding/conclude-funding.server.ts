import { eq } from "drizzle-orm";

import { budgetLines } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { isMoneyOpen } from "~/modules/compliance";
import { readGate } from "~/modules/compliance/index.server";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import type { TransitionRefusal } from "~/modules/projects";
import { applyTransition } from "~/modules/projects/index.server";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

import type { FundingCode } from "./funding.refusals";
import { fundingTotals, isFullyReviewed, type FundingTotals } from "./line.rules";
import { loadOpenReview, type ReviewRef } from "./load-review.server";

/**
 * Finance concludes its review: every line reviewed and the unit's sharing gate open. The reviewed total then stands and
 * waits for the bureau's approval, which is a second person's.
 * Refuses with notUnderFundingReview, alreadyConcluded, linesNotReviewed, gateOpen.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §1, §5
 */
export async function concludeFunding(
  ctx: Ctx,
  { opinion = "", ...ref }: ReviewRef & { readonly opinion?: string },
): Promise<Result<FundingTotals, FundingCode | TransitionRefusal>> {
  return inTransaction<FundingTotals, FundingCode | TransitionRefusal>(ctx, async (tx) => {
    const loaded = await loadOpenReview(tx, ctx, ref);
    if (!loaded.ok) return loaded;
    const project = loaded.value;
    const totals = fundingTotals(await tx.select().from(budgetLines).where(eq(budgetLines.projectId, project.id)));
    if (!isFullyReviewed(totals)) {
      return refuse({ code: "linesNotReviewed", facts: { count: totals.openLines } });
    }
    const gate = await readGate(tx, project.unitId, ctx.today);
    const concluded = await applyTransition(tx, ctx, {
      project,
      event: "concludeFunding",
      guards: isMoneyOpen(gate, project) ? ["gateOpen"] : [],
      reason: opinion,
      payload: { ...totals, gateReasons: gate.reasons.length, exempted: gate.exemption !== null },
    });
    if (!concluded.ok) return concluded;
    const { regionId, unitId, name } = project;
    const [bureau, filers, leads] = await Promise.all([
      usersWithRole(tx, { role: "bureauReviewer", regionId }),
      usersWithRole(tx, { role: "filer", regionId, unitId }),
      usersWithRole(tx, { role: "unitLead", regionId, unitId }),
    ]);
    await notify(tx, ctx, {
      userIds: bureau.map(({ id }) => id),
      title: `资金评估已完成，请批复：${name}`,
      href: `/projects/${project.id}/review`,
    });
    await notify(tx, ctx, {
      userIds: [...filers, ...leads].map(({ id }) => id),
      title: `资金评估已完成，请查看逐行核定金额和核减理由：${name}`,
      href: `/funding/${project.id}`,
    });
    return accept(totals);
  });
}
