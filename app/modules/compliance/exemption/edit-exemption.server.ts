import { accept, type Result } from "~/kernel/result";
import { saveFile, type AcceptedFile, type MadeFile } from "~/platform/files.server";
import type { Ctx } from "~/platform/transaction.server";

import { takeStep, type StepRef } from "../take-step.server";
import { EXEMPTION } from "./exemption-kind.server";
import type { ExemptionStepRefusal } from "./exemption.lifecycle";
import type { DraftExemptionInput } from "./exemption.schema";

/**
 * Saves a request while it is a draft. Saving checks types only. A new paper takes the place of the old one.
 * Refuses with notInThisState.
 * @throws DomainError notFound, forbidden; conflict when it was saved by someone else meanwhile
 */
export const editExemption = (
  ctx: Ctx,
  ref: StepRef,
  input: DraftExemptionInput,
  file?: AcceptedFile | MadeFile,
): Promise<Result<{ id: string }, ExemptionStepRefusal>> =>
  takeStep(ctx, EXEMPTION, {
    ...ref,
    event: "edit",
    prepare: async (tx, { regionId, unitId }) => {
      const stored = file && (await saveFile(tx, ctx, file, { regionId, unitId }));
      return accept({ set: { ...input, ...(stored && { fileId: stored.id }) } });
    },
  });
