import { accept, type Result } from "~/kernel/result";
import { saveFile, type AcceptedFile, type MadeFile } from "~/platform/files.server";
import type { Ctx } from "~/platform/transaction.server";

import { takeStep, type StepRef } from "../take-step.server";
import { tellRegion } from "../tell.server";
import { SANCTION } from "./sanction-kind.server";
import type { SanctionStepRefusal } from "./sanction.lifecycle";
import { sanctionName } from "./sanction.rules";

/**
 * The unit reports what it did to have a sanction lifted, with a paper that shows it.
 * Refuses with notInThisState, remedyGiven.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export function remedySanction(
  ctx: Ctx,
  { opinion, ...ref }: StepRef & { readonly opinion: string },
  file?: AcceptedFile | MadeFile,
): Promise<Result<{ id: string }, SanctionStepRefusal>> {
  const remedy = opinion.trim();
  return takeStep(ctx, SANCTION, {
    ...ref,
    event: "remedy",
    reason: remedy,
    prepare: async (tx, { regionId, unitId, remedyFileId }) => {
      const stored = file && (await saveFile(tx, ctx, file, { regionId, unitId }));
      const paperId = stored?.id ?? remedyFileId;
      return accept({
        guards: remedy && paperId ? (["remedyGiven"] as const) : [],
        set: { remedy, remedyFileId: paperId, remediedBy: ctx.actor.userId, remediedAt: ctx.now },
      });
    },
    follow: (tx, sanction) =>
      tellRegion(tx, ctx, sanction.regionId, "bureauReviewer", {
        title: `请核实${sanctionName(sanction)}的整改`,
        href: `/sanctions/${sanction.id}`,
      }),
  });
}
