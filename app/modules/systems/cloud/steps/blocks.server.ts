import { and, eq, inArray, isNull, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { cloudBlocks, cloudSteps } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import type { BlockReason, CloudStep } from "~/kernel/vocabulary";
import { newId } from "~/platform/ids.server";
import type { Ctx } from "~/platform/transaction.server";

import type { SystemRow } from "./act-on-cloud.server";

export type CloudBlock = typeof cloudBlocks.$inferSelect;

/** What keeps a system from its next step now. The caller holds the system. */
export async function openBlockOf(tx: Transaction, systemId: string): Promise<CloudBlock | undefined> {
  const [block] = await tx
    .select()
    .from(cloudBlocks)
    .where(isOpen([systemId]));
  return block;
}

/** Writes a block. The caller holds the system and knows that no other is open. */
export async function openBlock(
  tx: Transaction,
  ctx: Ctx,
  system: SystemRow,
  told: {
    readonly step: CloudStep;
    readonly reason: BlockReason;
    readonly detail: string;
    readonly sinceOn: LocalDate;
  },
): Promise<CloudBlock> {
  const [block] = await tx
    .insert(cloudBlocks)
    .values({
      ...told,
      id: newId(),
      systemId: system.id,
      regionId: system.regionId,
      reportedBy: ctx.actor.userId,
      reportedAt: ctx.now,
    })
    .returning();
  if (!block) throw new Error("the block was not written");
  return block;
}

/** Ends what keeps a system from its next step, if anything does. @param note why it no longer does */
export async function endBlock(
  tx: Transaction,
  ctx: Ctx,
  systemId: string,
  note: string,
): Promise<CloudBlock | undefined> {
  const [ended] = await tx
    .update(cloudBlocks)
    .set({ clearedOn: ctx.today, clearedNote: note, clearedBy: ctx.actor.userId })
    .where(isOpen([systemId]))
    .returning();
  return ended;
}

/**
 * Ends the blocks of steps that were taken after all: on the day the step was completed, and not before the block began.
 * @returns the systems concerned
 */
export async function endOvercomeBlocks(tx: Transaction, ctx: Ctx, systemIds: readonly string[]): Promise<string[]> {
  const ended = await tx
    .update(cloudBlocks)
    .set({
      clearedOn: sql`greatest(${cloudBlocks.sinceOn}, ${cloudSteps.completedOn})`,
      clearedNote: sql`'“' || ${cloudBlocks.step} || '”已完成'`,
      clearedBy: ctx.actor.userId,
    })
    .from(cloudSteps)
    .where(
      and(
        isOpen(systemIds),
        eq(cloudSteps.systemId, cloudBlocks.systemId),
        eq(cloudSteps.step, cloudBlocks.step),
        isNull(cloudSteps.rolledBackOn),
      ),
    )
    .returning({ systemId: cloudBlocks.systemId });
  return ended.map(({ systemId }) => systemId);
}

const isOpen = (systemIds: readonly string[]) =>
  and(inArray(cloudBlocks.systemId, [...systemIds]), isNull(cloudBlocks.clearedOn));
