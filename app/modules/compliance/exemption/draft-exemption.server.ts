import { eq, max } from "drizzle-orm";

import { gateExemptions, units } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { saveFile, type AcceptedFile, type MadeFile } from "~/platform/files.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import { readGate } from "../gate.queries.server";
import { undecidedExemption } from "./exemption-kind.server";
import type { DraftExemptionInput } from "./exemption.schema";

type Code = "nothingToExempt" | "exemptionOpen";

/**
 * Begins a unit's request to be exempted from its closed gate. The unit is locked, so of two drafts at once the second is
 * refused.
 * Refuses with nothingToExempt, exemptionOpen.
 * @throws DomainError notFound, forbidden
 * @source domain.md §5
 */
export async function draftExemption(
  ctx: Ctx,
  unitId: string,
  input: DraftExemptionInput,
  file?: AcceptedFile | MadeFile,
): Promise<Result<{ id: string }, Code>> {
  return inTransaction<{ id: string }, Code>(ctx, async (tx) => {
    const [found] = await tx
      .select({ unitId: units.id, regionId: units.regionId })
      .from(units)
      .where(eq(units.id, unitId))
      .for("update");
    const unit = visible(ctx.actor, "gate:read", found, "gate");
    authorize(ctx.actor, "exemption:request", unit);
    const gate = await readGate(tx, unitId, ctx.today);
    if (!gate.reasons.some(({ exemptible }) => exemptible)) return refuse({ code: "nothingToExempt" });
    const open = await undecidedExemption(tx, unitId);
    if (open) return refuse({ code: "exemptionOpen", facts: { number: open.number } });
    const [last] = await tx
      .select({ number: max(gateExemptions.number) })
      .from(gateExemptions)
      .where(eq(gateExemptions.unitId, unitId));
    const stored = file && (await saveFile(tx, ctx, file, unit));
    const exemption = {
      id: newId(),
      ...unit,
      number: (last?.number ?? 0) + 1,
      state: "draft" as const,
      ...input,
      fileId: stored?.id ?? null,
      requestedBy: ctx.actor.userId,
      requestedAt: ctx.now,
    };
    await tx.insert(gateExemptions).values(exemption);
    await record(tx, ctx, {
      action: "exemption:request",
      event: "exemptionDrafted",
      object: { type: "exemption", id: exemption.id, regionId: unit.regionId },
      after: exemption,
      payload: { unitId, number: exemption.number },
    });
    return accept({ id: exemption.id });
  });
}
