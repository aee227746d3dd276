import type { Transaction } from "@db/client";
import type { Role } from "~/kernel/actor";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import type { Ctx } from "~/platform/transaction.server";

interface Message {
  readonly title: string;
  readonly href: string;
}

/** Tells the people of a unit who hold one of these roles. */
export async function tellUnit(
  tx: Transaction,
  ctx: Pick<Ctx, "actor" | "now">,
  { unitId, regionId }: { readonly unitId: string; readonly regionId: string },
  roles: readonly Role[],
  message: Message,
): Promise<void> {
  const people = await Promise.all(roles.map((role) => usersWithRole(tx, { role, unitId, regionId })));
  await notify(tx, ctx, { userIds: people.flat().map(({ id }) => id), ...message });
}

/** Tells those who hold a role anywhere in the region, but not who acts himself. */
export async function tellRegion(
  tx: Transaction,
  ctx: Pick<Ctx, "actor" | "now">,
  regionId: string,
  role: Role,
  message: Message,
): Promise<void> {
  const people = await usersWithRole(tx, { role, regionId });
  await notify(tx, ctx, {
    userIds: people.map(({ id }) => id).filter((id) => id !== ctx.actor.userId),
    ...message,
  });
}
