import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { ExtensionStepRefusal } from "./acceptance.rules";
import { acceptanceClock } from "./clock.queries.server";
import type { ExtensionRef } from "./load-acceptance.server";
import { takeExtensionStep } from "./take-extension-step.server";
import { tell } from "./tell.server";

/**
 * The bureau grants a later limit or refuses it with a reason. A day that is not later than the present limit any more, or
 * of a project that applied meanwhile, is not granted.
 * Refuses with notInThisState, withinLimit, reasonGiven, otherPersonThanBefore.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §1, §2
 */
export function decideOnExtension(
  ctx: Ctx,
  { event, opinion, ...ref }: ExtensionRef & { readonly event: "grant" | "refuse"; readonly opinion: string },
): Promise<Result<{ id: string }, ExtensionStepRefusal>> {
  return takeExtensionStep(ctx, {
    ...ref,
    event,
    reason: opinion,
    set: { opinion: opinion.trim() || null, decidedBy: ctx.actor.userId, decidedAt: ctx.now },
    guards: async (tx, { extension, project }) => {
      const clock = await acceptanceClock(tx, ctx.today, project.id);
      return clock && clock.appliedOn === null && extension.untilOn > clock.limit ? ["withinLimit"] : [];
    },
    follow: (tx, { project }) =>
      tell(tx, ctx, project, ["filer", "unitLead"], event === "grant" ? "延期验收已同意" : "延期验收未获同意"),
  });
}
