import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { actOnCloud } from "./act-on-cloud.server";
import { decideBlock, type BlockRefusalCode } from "./blocks.rules";
import { openBlock, openBlockOf } from "./blocks.server";
import type { ReportBlockInput } from "./steps.schema";

/**
 * Says what keeps a system from its next step, and since when.
 * Refuses with the codes of decideBlock.
 * @throws DomainError notFound, forbidden; conflict when the system was changed meanwhile
 */
export async function reportBlock(
  ctx: Ctx,
  systemId: string,
  { version, ...told }: ReportBlockInput,
): Promise<Result<null, BlockRefusalCode>> {
  return actOnCloud<BlockRefusalCode>(ctx, { systemId, version }, "cloud:record", async (tx, { system, state }) => {
    const blocked = (await openBlockOf(tx, systemId)) !== undefined;
    const decided = decideBlock({ ...state, blocked }, told);
    if (!decided.ok) return decided;
    const step = decided.value;
    const after = await openBlock(tx, ctx, system, {
      step,
      reason: told.blockReason,
      detail: told.detail,
      sinceOn: told.sinceOn,
    });
    return accept({
      event: "cloudBlockReported",
      after,
      reason: told.detail,
      payload: { step, blockReason: told.blockReason, sinceOn: told.sinceOn },
    });
  });
}
