import type { Transaction } from "@db/client";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import type { Ctx } from "~/platform/transaction.server";

/** Asks the bureau's others to look at a proposal. */
export async function askToConfirm(
  tx: Transaction,
  ctx: Ctx,
  proposal: { readonly id: string; readonly regionId: string },
  systemName: string,
): Promise<void> {
  const people = await usersWithRole(tx, { role: "bureauReviewer", regionId: proposal.regionId });
  await notify(tx, ctx, {
    userIds: people.map(({ id }) => id).filter((id) => id !== ctx.actor.userId),
    title: `请复核上云范围认定：${systemName}`,
    href: `/cloud/scope/${proposal.id}`,
  });
}
