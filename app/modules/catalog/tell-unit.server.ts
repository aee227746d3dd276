import type { Transaction } from "@db/client";
import type { Role } from "~/kernel/actor";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import type { Ctx } from "~/platform/transaction.server";

/** A message about a resource: whose unit is told (none: the bureau), and where to go. */
export interface Tidings {
  readonly regionId: string;
  readonly unitId?: string;
  readonly roles: readonly Role[];
  readonly title: string;
  readonly href: string;
}

/** Tells the people of a unit, or of the bureau, what waits for them or what became of theirs. */
export async function tell(
  tx: Transaction,
  ctx: Ctx,
  { regionId, unitId, roles, title, href }: Tidings,
): Promise<void> {
  const people = await Promise.all(
    roles.map((role) => usersWithRole(tx, { role, regionId, ...(unitId && { unitId }) })),
  );
  const userIds = people.flat().map(({ id }) => id);
  await notify(tx, ctx, { userIds: userIds.filter((id) => id !== ctx.actor.userId), title, href });
}
