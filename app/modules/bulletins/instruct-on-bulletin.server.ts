import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { instructions, supervisionItems, units } from "@db/schema";
import { accept, type Result } from "~/kernel/result";
import { registerItemFor } from "~/modules/supervision/index.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { decideInstruct, type InstructRefusalCode } from "./bulletin.rules";
import type { InstructInput } from "./bulletin.schema";
import { loadBulletin, regional } from "./load-bulletin.server";

/**
 * Writes a leader's instruction (批示) on a published bulletin and registers the supervised item that it becomes.
 * Refuses with the codes of decideInstruct.
 * @throws DomainError notFound, forbidden
 * @source domain.md §8, §10
 */
export async function instructOnBulletin(
  ctx: Ctx,
  bulletinId: string,
  input: InstructInput,
): Promise<Result<{ itemId: string }, InstructRefusalCode>> {
  return inTransaction(ctx, async (tx) => {
    // The bulletin's lock makes two submits of one form follow each other.
    const bulletin = await loadBulletin(tx, ctx.actor, bulletinId);
    authorize(ctx.actor, "bulletin:instruct", regional(bulletin));
    const [unit] = await tx.select({ regionId: units.regionId }).from(units).where(eq(units.id, input.unitId));
    const decided = decideInstruct({
      state: bulletin.state,
      dueOn: input.dueOn,
      today: ctx.today,
      unitInRegion: unit !== undefined && ctx.actor.regionIds.includes(unit.regionId),
      givenBefore: await isGivenBefore(tx, ctx, bulletinId, input),
    });
    if (!decided.ok) return decided;

    const id = newId();
    const item = await registerItemFor(
      tx,
      ctx,
      {
        origin: "instruction",
        originId: id,
        regionId: unit?.regionId ?? bulletin.regionId,
        unitId: input.unitId,
        title: `领导在${bulletin.number ?? ""}通报上的批示`,
        requirement: input.text,
        dueOn: input.dueOn,
      },
      "bulletin:instruct",
    );
    const instruction = {
      id,
      bulletinId,
      regionId: bulletin.regionId,
      leaderId: ctx.actor.userId,
      text: input.text,
      givenAt: ctx.now,
      itemId: item.id,
    };
    await tx.insert(instructions).values(instruction);
    await record(tx, ctx, {
      action: "bulletin:instruct",
      event: "bulletinInstructed",
      object: { type: "bulletin", id: bulletinId, regionId: bulletin.regionId },
      after: instruction,
      payload: { name: bulletin.title, instructionId: id, itemId: item.id },
    });
    return accept({ itemId: item.id });
  });
}

async function isGivenBefore(tx: Transaction, ctx: Ctx, bulletinId: string, input: InstructInput): Promise<boolean> {
  const same = await tx
    .select({ id: instructions.id })
    .from(instructions)
    .innerJoin(supervisionItems, eq(supervisionItems.id, instructions.itemId))
    .where(
      and(
        eq(instructions.bulletinId, bulletinId),
        eq(instructions.leaderId, ctx.actor.userId),
        eq(instructions.text, input.text),
        eq(supervisionItems.unitId, input.unitId),
      ),
    )
    .limit(1);
  return same.length > 0;
}
