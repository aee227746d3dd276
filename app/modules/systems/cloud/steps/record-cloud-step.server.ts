import type { Transaction } from "@db/client";
import { cloudSteps } from "@db/schema";
import { accept, type Result } from "~/kernel/result";
import { saveFile, type AcceptedFile, type MadeFile } from "~/platform/files.server";
import { newId } from "~/platform/ids.server";
import type { Ctx } from "~/platform/transaction.server";

import { actOnCloud, type CloudDeed, type HeldSystem } from "./act-on-cloud.server";
import { endBlock, endOvercomeBlocks, openBlock } from "./blocks.server";
import { decideCloudStep, isTest, type CloudStepRefusalCode } from "./steps.rules";
import type { CloudStepInput } from "./steps.schema";

/**
 * Records one of the seven steps of a system, with its evidence: what kept the system from it is overcome. A security
 * test that was failed completes nothing; it is what now keeps the system from its step.
 * Refuses with the codes of decideCloudStep.
 * @throws DomainError notFound, forbidden; conflict when the system was changed meanwhile
 * @source domain.md §6
 */
export async function recordCloudStep(
  ctx: Ctx,
  systemId: string,
  input: CloudStepInput,
  file?: AcceptedFile | MadeFile,
): Promise<Result<null, CloudStepRefusalCode>> {
  return actOnCloud<CloudStepRefusalCode>(
    ctx,
    { systemId, version: input.version },
    "cloud:record",
    async (tx, held) => {
      const { step, completedOn, testResult } = input;
      const claim = { step, completedOn, testResult, hasFile: file !== undefined };
      const decided = decideCloudStep(held.state, claim);
      if (!decided.ok) return decided;
      const { regionId, unitId } = held.system;
      const stored = file && (await saveFile(tx, ctx, file, { regionId, unitId }));
      const taken = { input, fileId: stored?.id ?? null };
      const failed = isTest(step) && testResult === "failed";
      return accept(await (failed ? failTest(tx, ctx, held, taken) : completeStep(tx, ctx, held, taken)));
    },
  );
}

interface Taken {
  readonly input: CloudStepInput;
  readonly fileId: string | null;
}

async function completeStep(
  tx: Transaction,
  ctx: Ctx,
  { system, state }: HeldSystem,
  { input, fileId }: Taken,
): Promise<CloudDeed> {
  const { step, completedOn, evidence } = input;
  const row = {
    id: newId(),
    systemId: system.id,
    step,
    regionId: system.regionId,
    completedOn,
    evidence,
    evidenceFileId: fileId,
    recordedBy: ctx.actor.userId,
    recordedAt: ctx.now,
  };
  await tx.insert(cloudSteps).values(row);
  const overcome = await endOvercomeBlocks(tx, ctx, [system.id]);
  const payload = { step, completedOn, ...(overcome.length > 0 && { blockCleared: true }) };
  return { event: "cloudStepCompleted", before: state.steps, after: row, payload };
}

/** The report of a failed test has no step to belong to: the event holds it. */
async function failTest(
  tx: Transaction,
  ctx: Ctx,
  { system }: HeldSystem,
  { input, fileId }: Taken,
): Promise<CloudDeed> {
  const { step, completedOn, evidence } = input;
  const before = await endBlock(tx, ctx, system.id, "安全检测已做，结果不合格，另行登记");
  const told = { step, reason: "securityTestFailed" as const, detail: evidence, sinceOn: completedOn };
  const after = await openBlock(tx, ctx, system, told);
  return { event: "cloudTestFailed", before, after, payload: { step, completedOn, fileId } };
}
