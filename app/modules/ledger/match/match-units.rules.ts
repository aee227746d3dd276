import { foldName } from "~/kernel/names";
import type { LocalDate } from "~/kernel/local-date";

import type { UnitMention } from "../ledger.rules";

/** A unit of the region with what it was called when. */
export interface DirectoryUnit {
  readonly id: string;
  /** today's */
  readonly name: string;
  readonly closedOn: LocalDate | null;
  readonly names: readonly { readonly name: string; readonly fromOn: LocalDate; readonly toOn: LocalDate | null }[];
}

/** A named group with its dated members. */
export interface DirectoryGroup {
  readonly name: string;
  readonly members: readonly { readonly unitId: string; readonly fromOn: LocalDate; readonly toOn: LocalDate | null }[];
}

/** Whom a plan can name in a region. */
export interface UnitDirectory {
  readonly units: readonly DirectoryUnit[];
  readonly groups: readonly DirectoryGroup[];
}

/**
 * What is doubtful about whom a name means. Facts named `list` are "lead" or "responsible".
 * - `unitUnknown` (list, name); `unitAlike` (list, name, candidate): not matched, one unit's name is nearly the same
 * - `unitRenamed` (list, name, now): matched by a name that the unit had on neither the plan's day nor today
 * - `unitClosed` (list, name, on): matched, but the unit has ended
 * - `groupUnknown` (list, name); `groupEmpty` (list, name): nobody belonged to it on the plan's day
 */
export interface MatchDoubt {
  readonly code: "unitUnknown" | "unitAlike" | "unitRenamed" | "unitClosed" | "groupUnknown" | "groupEmpty";
  readonly facts: Readonly<Record<string, string>>;
}

/** Whom a name was found to mean; a group is known by its name, a unit by its id. */
export interface MatchedMention {
  readonly mention: string;
  readonly kind: "unit" | "group";
  readonly unitId: string | null;
  readonly doubt: MatchDoubt | null;
}

export type NamedAs = "lead" | "responsible";

/**
 * Finds whom a ledger's name means on the plan's day: a named group first, then a unit by the name it had on that day, by
 * today's, by any it ever had. A name that is nearly a unit's is not taken for it but offered to the person who confirms.
 * @source domain.md §1 (dated names, named groups), §7
 */
export function matchMention(
  { kind, name }: UnitMention,
  list: NamedAs,
  { units, groups }: UnitDirectory,
  on: LocalDate,
): MatchedMention {
  const wanted = foldName(name);
  const group = groups.find((each) => foldName(each.name) === wanted);
  if (group) {
    const isEmpty = membersOn(group, on).length === 0;
    const doubt = isEmpty ? ({ code: "groupEmpty", facts: { list, name } } as const) : null;
    return { mention: group.name, kind: "group", unitId: null, doubt };
  }
  if (kind === "group")
    return { mention: name, kind, unitId: null, doubt: { code: "groupUnknown", facts: { list, name } } };
  const found = unitNamed(units, wanted, on);
  if (found) return { mention: name, kind, unitId: found.id, doubt: doubtOf(found, { list, name, on }) };
  const alike = units.filter((unit) => unit.closedOn === null && looseName(unit.name) === looseName(name));
  const [candidate] = alike;
  const doubt: MatchDoubt =
    candidate && alike.length === 1
      ? { code: "unitAlike", facts: { list, name, candidate: candidate.name } }
      : { code: "unitUnknown", facts: { list, name } };
  return { mention: name, kind, unitId: null, doubt };
}

/** Who belonged to a group on a day. */
export const membersOn = ({ members }: DirectoryGroup, on: LocalDate): string[] =>
  members.filter(({ fromOn, toOn }) => fromOn <= on && (toOn === null || toOn >= on)).map(({ unitId }) => unitId);

const calledOn = ({ names }: DirectoryUnit, wanted: string, on: LocalDate): boolean =>
  names.some(({ name, fromOn, toOn }) => fromOn <= on && (toOn === null || toOn >= on) && foldName(name) === wanted);

const calledNow = ({ name }: DirectoryUnit, wanted: string): boolean => foldName(name) === wanted;

const unitNamed = (units: readonly DirectoryUnit[], wanted: string, on: LocalDate): DirectoryUnit | undefined =>
  units.find((unit) => calledOn(unit, wanted, on)) ??
  units.find((unit) => calledNow(unit, wanted)) ??
  units.find(({ names }) => names.some(({ name }) => foldName(name) === wanted));

function doubtOf(
  unit: DirectoryUnit,
  { list, name, on }: { readonly list: NamedAs; readonly name: string; readonly on: LocalDate },
): MatchDoubt | null {
  if (unit.closedOn !== null) return { code: "unitClosed", facts: { list, name, on: unit.closedOn } };
  const wanted = foldName(name);
  if (calledOn(unit, wanted, on) || calledNow(unit, wanted)) return null;
  return { code: "unitRenamed", facts: { list, name, now: unit.name } };
}

/** What a name keeps when it is written a little differently: 市发展改革局 for 市发展和改革局. */
const looseName = (name: string): string =>
  foldName(name)
    .replace(/^[市县区]/, "")
    .replace(/人民政府/g, "政府")
    .replace(/[和与及]/g, "");
