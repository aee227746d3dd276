import { eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { contracts } from "@db/schema";
import { conflict, type Refusal, type Result } from "~/kernel/result";
import { isMoneyOpen } from "~/modules/compliance";
import { readGate } from "~/modules/compliance/index.server";
import type { Ctx } from "~/platform/transaction.server";

import type { EntryStepRefusal } from "./entry.rules";
import { entryProblems, type LimitCode } from "./limits.rules";
import type { EntryRef, LoadedEntry } from "./load-entry.server";
import { takeEntryStep } from "./take-entry-step.server";
import { tellEnterer } from "./tell-about-entry.server";

export type ConfirmCode = LimitCode | "projectSuspended" | "gateClosed";

/**
 * A second person confirms an entry; from now on it counts. A change then stands in its contract. A payment is confirmed
 * only while the project is not suspended and the unit's sharing gate is open or exempted.
 * Refuses with notInThisState, otherPerson, the limits, projectSuspended, gateClosed.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §1, §5
 */
export function confirmEntry(ctx: Ctx, ref: EntryRef): Promise<Result<{ id: string }, ConfirmCode | EntryStepRefusal>> {
  const { kind } = ref;
  return takeEntryStep<ConfirmCode>(ctx, {
    ...ref,
    event: "confirm",
    problems: async (tx, { ledger, entry, project }) => [
      ...entryProblems(ledger, kind, entry, "confirm"),
      ...(kind === "payment" ? await paymentStops(tx, project, ctx) : []),
    ],
    set: () => ({ confirmedBy: ctx.actor.userId, confirmedAt: ctx.now }),
    follow: async (tx, { entry, project, rows }) => {
      if (kind === "contractChange") await applyChange(tx, rows, entry.id);
      await tellEnterer(tx, ctx, project, { kind, ...entry }, "已确认");
    },
  });
}

/** What stops a payment whatever its amount. @source domain.md §5 (gate) */
async function paymentStops(
  tx: Transaction,
  project: LoadedEntry["project"],
  { today }: Ctx,
): Promise<readonly Refusal<"projectSuspended" | "gateClosed">[]> {
  if (project.stage === "suspended") return [{ code: "projectSuspended" }];
  const gate = await readGate(tx, project.unitId, today);
  return isMoneyOpen(gate, project) ? [] : [{ code: "gateClosed", facts: { count: gate.reasons.length } }];
}

async function applyChange(tx: Transaction, { changes, contracts: bought }: LoadedEntry["rows"], changeId: string) {
  const change = changes.find(({ id }) => id === changeId);
  const contract = bought.find(({ id }) => id === change?.contractId);
  if (!change || !contract) throw conflict("contractChange");
  await tx
    .update(contracts)
    .set({ amountFen: change.afterFen, endsOn: change.afterEndsOn, version: contract.version + 1 })
    .where(eq(contracts.id, contract.id));
}
