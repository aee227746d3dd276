import type { Result } from "~/kernel/result";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import type { AcceptedFile, MadeFile } from "~/platform/files.server";
import type { Ctx } from "~/platform/transaction.server";

import type { SupervisionRefusal } from "./supervision.rules";
import { type ItemRef, takeStep } from "./take-step.server";

/**
 * The unit says what it did, with files that show it; the bureau is asked to verify. Files come with a reply only. Refuses with replyGiven, notInThisState.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §8
 */
export function replyItem(
  ctx: Ctx,
  {
    reply,
    files = [],
    ...ref
  }: ItemRef & { readonly reply: string; readonly files?: readonly (AcceptedFile | MadeFile)[] },
): Promise<Result<null, SupervisionRefusal>> {
  const words = reply.trim();
  return takeStep(ctx, ref, {
    event: "reply",
    guards: () => (words ? ["replyGiven"] : []),
    set: () => ({ reply: words, repliedAt: ctx.now }),
    reason: words,
    papers: { purpose: "reply", files },
    afterwards: async (tx, item) => {
      const verifiers = await usersWithRole(tx, { role: "bureauReviewer", regionId: item.regionId });
      await notify(tx, ctx, {
        userIds: verifiers.map(({ id }) => id),
        title: `请核实督办反馈：${item.title}（${item.number}）`,
        href: `/supervision/${item.id}`,
      });
    },
  });
}
