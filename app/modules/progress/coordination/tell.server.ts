import type { Transaction } from "@db/client";
import type { Role } from "~/kernel/actor";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import type { Ctx } from "~/platform/transaction.server";

/** A matter as far as a message names it. */
interface Told {
  readonly id: string;
  readonly unitId: string;
  readonly regionId: string;
  readonly projectName: string;
}

/** Where a matter is read and worked on. */
export const coordinationHref = (id: string): string => `/coordination/${id}`;

/** Tells the fillers and leaders of the unit what became of its matter. */
export const tellMatterUnit = (tx: Transaction, ctx: Ctx, matter: Told, what: string): Promise<void> =>
  tell(tx, ctx, matter, what, ["filer", "unitLead"], matter.unitId);

/** Tells the leading group that a matter waits for it. */
export const tellLeaders = (tx: Transaction, ctx: Ctx, matter: Told, what: string): Promise<void> =>
  tell(tx, ctx, matter, what, ["leader"]);

/** Tells the bureau's reviewers. */
export const tellBureau = (tx: Transaction, ctx: Ctx, matter: Told, what: string): Promise<void> =>
  tell(tx, ctx, matter, what, ["bureauReviewer"]);

async function tell(
  tx: Transaction,
  ctx: Ctx,
  { id, regionId, projectName }: Told,
  what: string,
  roles: readonly Role[],
  unitId?: string,
): Promise<void> {
  const people = await Promise.all(
    roles.map((role) => usersWithRole(tx, { role, regionId, ...(unitId !== undefined && { unitId }) })),
  );
  const userIds = new Set(people.flat().map((person) => person.id));
  userIds.delete(ctx.actor.userId);
  await notify(tx, ctx, { userIds: [...userIds], title: `${what}：${projectName}`, href: coordinationHref(id) });
}
