import type { LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Result } from "~/kernel/result";

/** What the rules of a figure's versions must know of one of them. */
export interface FigureVersion {
  readonly inForceFrom: LocalDate;
  readonly withdrawn: boolean;
}

export type NewVersionRefusal = "notInFuture" | "dayTaken";
export type WithdrawVersionRefusal = "alreadyInForce" | "alreadyWithdrawn";

/**
 * May a figure take a new value from a day on? Only from a later day than today, so that what was decided until now keeps
 * the value it was decided by; and from a day on which no other value begins.
 * Refuses with notInFuture, dayTaken.
 */
export function decideNewVersion(
  versions: readonly FigureVersion[],
  from: LocalDate,
  today: LocalDate,
): Result<LocalDate, NewVersionRefusal> {
  if (from <= today) return refuse({ code: "notInFuture", field: "inForceFrom", facts: { today } });
  const taken = versions.some(({ inForceFrom, withdrawn }) => !withdrawn && inForceFrom === from);
  return taken ? refuse({ code: "dayTaken", field: "inForceFrom", facts: { from } }) : accept(from);
}

/**
 * May a version be taken back? Before the day from which it holds; afterwards decisions may rest on it.
 * Refuses with alreadyWithdrawn, alreadyInForce.
 */
export function decideWithdrawal(version: FigureVersion, today: LocalDate): Result<null, WithdrawVersionRefusal> {
  if (version.withdrawn) return refuse({ code: "alreadyWithdrawn" });
  if (version.inForceFrom <= today) return refuse({ code: "alreadyInForce", facts: { from: version.inForceFrom } });
  return accept(null);
}

export type VersionStanding = "current" | "future" | "past" | "withdrawn";

/**
 * How each version stands on a day, and until when it holds: the day before the next one begins. Given in the order of
 * their first days, as they are answered.
 */
export function standingsOf<Version extends FigureVersion>(
  versions: readonly Version[],
  today: LocalDate,
): (Version & { readonly standing: VersionStanding; readonly nextFrom: LocalDate | null })[] {
  const valid = versions.filter(({ withdrawn }) => !withdrawn);
  const current = valid.findLast(({ inForceFrom }) => inForceFrom <= today);
  return versions.map((version) => {
    const next = valid.find(({ inForceFrom }) => inForceFrom > version.inForceFrom);
    const standing = version.withdrawn
      ? "withdrawn"
      : version === current
        ? "current"
        : version.inForceFrom > today
          ? "future"
          : "past";
    return { ...version, standing, nextFrom: version.withdrawn ? null : (next?.inForceFrom ?? null) };
  });
}
