import type { Actor, Delegated, Role } from "../kernel/actor";
import type { Action } from "./actions";
import { GRANTS } from "./grants";

/** Roles that stand apart (三员分立, 审计监督): who holds one takes over nobody else's. @source domain.md §1 */
export const SEPARATED_ROLES: readonly Role[] = ["systemAdmin", "securityAdmin", "auditAdmin", "auditor"];

export const isSeparated = (role: Role): boolean => SEPARATED_ROLES.includes(role);

/** May this role be handed to a colleague during a leave? Those whose grants say so. */
export const isDelegable = (role: Role): boolean => GRANTS[role]["delegation:grant"] !== undefined;

/** The roles that the person holds in their own right. */
export function ownRoles(actor: Actor): Role[] {
  const borrowed = new Set(actor.delegations?.map(({ role }) => role));
  return actor.roles.filter((role) => !borrowed.has(role));
}

/**
 * For whom the actor acts when doing this: nobody when an own role permits it, otherwise the colleagues whose delegated
 * role does.
 */
export function actingFor(actor: Actor, action: Action): readonly Delegated[] {
  if (ownRoles(actor).some((role) => GRANTS[role][action])) return [];
  return (actor.delegations ?? []).filter(({ role }) => GRANTS[role][action]);
}

/** The name that the trail keeps of a deed: 李四（代张三） when it was done only through a delegation. */
export function nameInTrail(actor: Actor, action: Action): string {
  const principals = actingFor(actor, action).map(({ fromName }) => fromName);
  return principals.length === 0 ? actor.name : `${actor.name}（代${[...new Set(principals)].join("、")}）`;
}

/**
 * Is the actor the person who did the step before? Acting for somebody counts as being that person, so that a delegation
 * never lets one hand do both halves of what needs two.
 * @source domain.md §1
 */
export function samePerson(actor: Actor, userId: string | null | undefined): boolean {
  if (!userId) return false;
  return actor.userId === userId || (actor.delegations ?? []).some(({ fromUserId }) => fromUserId === userId);
}
