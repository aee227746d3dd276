import { accept, refuse, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { actOnCloud } from "./act-on-cloud.server";
import { endBlock } from "./blocks.server";
import type { ClearBlockInput } from "./steps.schema";

/**
 * Says that nothing keeps a system from its next step any more, and how that came about. Refuses with notBlocked.
 * @throws DomainError notFound, forbidden; conflict when the system was changed meanwhile
 */
export async function clearBlock(
  ctx: Ctx,
  systemId: string,
  { version, note }: ClearBlockInput,
): Promise<Result<null, "notBlocked">> {
  return actOnCloud<"notBlocked">(ctx, { systemId, version }, "cloud:record", async (tx) => {
    const after = await endBlock(tx, ctx, systemId, note);
    if (!after) return refuse({ code: "notBlocked" });
    const before = { ...after, clearedOn: null, clearedNote: null, clearedBy: null };
    const payload = { step: after.step, blockReason: after.reason };
    return accept({ event: "cloudBlockCleared", before, after, reason: note, payload });
  });
}
