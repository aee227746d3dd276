import { and, eq, isNull } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { delegations, userRoles, users } from "@db/schema";
import { accept, notFound, type Result } from "~/kernel/result";
import { notify } from "~/modules/inbox/index.server";
import { loadFigures } from "~/platform/figures.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, ownRoles } from "~/policy";

import { roleLabels } from "../role-labels";
import { decideDelegation, type DelegationRefusal } from "./delegation.rules";
import type { GrantDelegation } from "./delegation.schema";

/**
 * Hands one of the actor's own roles to a colleague of the unit for some days (委托代办). The colleague's next request
 * within these days holds the role; the trail names both.
 * Refuses with notOwnRole, roleNotDelegable, toOneself, delegateDisabled, delegateSeparated, delegateHoldsRole,
 * startsInThePast, endsBeforeStart, tooLong, overlapping.
 * @throws DomainError notFound when the colleague is of another unit; forbidden
 * @source domain.md §1
 */
export async function grantDelegation(
  ctx: Ctx,
  { role, toUserId, fromOn, untilOn, reason }: GrantDelegation,
): Promise<Result<{ delegationId: string }, DelegationRefusal>> {
  return inTransaction<{ delegationId: string }, DelegationRefusal>(ctx, async (tx) => {
    const { actor } = ctx;
    // The grantor's row is the queue: of two grants at once the second sees the first and overlaps.
    await tx.select({ id: users.id }).from(users).where(eq(users.id, actor.userId)).for("update");
    const [delegate, standing, figures] = await Promise.all([
      loadColleague(tx, ctx, toUserId),
      tx
        .select({ role: delegations.role, fromOn: delegations.fromOn, untilOn: delegations.untilOn })
        .from(delegations)
        .where(and(eq(delegations.fromUserId, actor.userId), isNull(delegations.revokedAt))),
      loadFigures(tx, ctx.today),
    ]);
    const own = { unitId: actor.unitId, regionId: actor.regionId };
    authorize(actor, "delegation:grant", own);
    const decision = decideDelegation({
      asked: { role, fromOn, untilOn },
      grantor: { userId: actor.userId, ownRoles: ownRoles(actor) },
      delegate,
      standing,
      today: ctx.today,
      maxDays: figures.number("delegation.maxDays"),
    });
    if (!decision.ok) return decision;
    const granted = {
      ...own,
      id: newId(),
      fromUserId: actor.userId,
      toUserId,
      role,
      fromOn,
      untilOn,
      reason,
      createdAt: ctx.now,
    };
    await tx.insert(delegations).values(granted);
    await record(tx, ctx, {
      action: "delegation:grant",
      event: "delegationGranted",
      object: { type: "delegation", id: granted.id, regionId: actor.regionId },
      after: granted,
      reason,
      payload: { name: `${roleLabels[role]}委托给${delegate.name}`, role, toUserId, fromOn, untilOn },
    });
    await notify(tx, ctx, {
      userIds: [toUserId],
      title: `${actor.name}委托您代办“${roleLabels[role]}”，${fromOn} 至 ${untilOn}`,
      href: "/delegations",
    });
    return accept({ delegationId: granted.id });
  });
}

/** A person of the actor's unit; anybody else is as unknown as nobody. */
async function loadColleague(tx: Transaction, { actor }: Ctx, userId: string) {
  const rows = await tx
    .select({ name: users.name, disabledAt: users.disabledAt, role: userRoles.role })
    .from(users)
    .leftJoin(userRoles, eq(userRoles.userId, users.id))
    .where(and(eq(users.id, userId), eq(users.unitId, actor.unitId)));
  const [first] = rows;
  if (!first) throw notFound("user");
  return {
    userId,
    name: first.name,
    disabled: first.disabledAt !== null,
    roles: rows.flatMap(({ role }) => role ?? []),
  };
}
