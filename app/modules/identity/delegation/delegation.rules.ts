import type { Role } from "~/kernel/actor";
import { daysBetween, type LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";
import { isDelegable, isSeparated } from "~/policy";

export type DelegationRefusal =
  | "notOwnRole"
  | "roleNotDelegable"
  | "toOneself"
  | "delegateDisabled"
  | "delegateSeparated"
  | "delegateHoldsRole"
  | "startsInThePast"
  | "endsBeforeStart"
  | "tooLong"
  | "overlapping";

interface Term {
  readonly role: Role;
  readonly fromOn: LocalDate;
  readonly untilOn: LocalDate;
}

/** What is asked, by whom, to whom, and what stands already. */
export interface DelegationCase {
  readonly asked: Term;
  readonly grantor: { readonly userId: string; readonly ownRoles: readonly Role[] };
  readonly delegate: { readonly userId: string; readonly roles: readonly Role[]; readonly disabled: boolean };
  /** the grantor's delegations that were not revoked */
  readonly standing: readonly Term[];
  readonly today: LocalDate;
  /** the longest delegation, first and last day included @unit days */
  readonly maxDays: number;
}

/**
 * May this role be handed to this colleague for these days? Only what one holds oneself and what carries the permission
 * to delegate, to somebody who could hold it, for a limited time that begins today at the earliest, and once at a time.
 * Refuses with every code that applies.
 * @source domain.md §1 (三员分立), rule figure delegation.maxDays
 */
export function decideDelegation({
  asked,
  grantor,
  delegate,
  standing,
  today,
  maxDays,
}: DelegationCase): Result<null, DelegationRefusal> {
  const { role, fromOn, untilOn } = asked;
  const refusals: Refusal<DelegationRefusal>[] = [];
  if (!grantor.ownRoles.includes(role)) refusals.push({ code: "notOwnRole", field: "role" });
  else if (!isDelegable(role)) refusals.push({ code: "roleNotDelegable", field: "role" });

  if (delegate.userId === grantor.userId) refusals.push({ code: "toOneself", field: "toUserId" });
  else if (delegate.disabled) refusals.push({ code: "delegateDisabled", field: "toUserId" });
  else if (delegate.roles.some(isSeparated)) refusals.push({ code: "delegateSeparated", field: "toUserId" });
  else if (delegate.roles.includes(role)) refusals.push({ code: "delegateHoldsRole", field: "toUserId" });

  if (fromOn < today) refusals.push({ code: "startsInThePast", field: "fromOn" });
  if (untilOn < fromOn) refusals.push({ code: "endsBeforeStart", field: "untilOn" });
  else if (daysBetween(fromOn, untilOn) + 1 > maxDays)
    refusals.push({ code: "tooLong", field: "untilOn", facts: { maxDays } });

  const clash = standing.find((term) => term.role === role && term.fromOn <= untilOn && fromOn <= term.untilOn);
  if (clash)
    refusals.push({
      code: "overlapping",
      field: "fromOn",
      facts: { fromOn: clash.fromOn, untilOn: clash.untilOn },
    });
  return refusals.length > 0 ? refuse(...refusals) : accept(null);
}

export type DelegationState = "coming" | "inForce" | "ended" | "revoked";

/** How a delegation stands on a day: it takes effect and ends by date, without anybody's doing. */
export function delegationState(
  { fromOn, untilOn, revoked }: Pick<Term, "fromOn" | "untilOn"> & { readonly revoked: boolean },
  today: LocalDate,
): DelegationState {
  if (revoked) return "revoked";
  if (today < fromOn) return "coming";
  return today > untilOn ? "ended" : "inForce";
}
