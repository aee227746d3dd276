import { foldName } from "~/kernel/names";

/** Whose hands are in a project: their experts do not judge it. */
export interface Interested {
  /** the region as official names begin with it: 鹤山市 */
  readonly regionName: string;
  /** the applicant's names, today's and earlier ones */
  readonly unitNames: readonly string[];
  readonly participants: readonly string[];
  readonly suppliers: readonly string[];
}

export type Conflict = "ownUnit" | "participatingUnit" | "supplier";

/**
 * Why an expert cannot be invited to a panel: his employer, or the body it belongs to, is the applicant, takes part in the
 * project or supplies it; undefined when nothing is known against him. Names are compared folded, and 市某局 is read as the
 * region's own.
 * @source domain.md §1 (回避)
 */
export function conflictOf(employer: string, interested: Interested): Conflict | undefined {
  const own = fullName(employer, interested.regionName);
  const works = (names: readonly string[]): boolean =>
    names.some((name) => {
      const body = fullName(name, interested.regionName);
      // A centre or institute of the body carries the body's name in front of its own.
      return body !== "" && own.startsWith(body);
    });
  if (works(interested.unitNames)) return "ownUnit";
  if (works(interested.participants)) return "participatingUnit";
  if (works(interested.suppliers)) return "supplier";
  return undefined;
}

function fullName(name: string, regionName: string): string {
  const folded = foldName(name);
  const region = foldName(regionName);
  const short = region.slice(-1);
  return short !== "" && folded.startsWith(short) ? `${region}${folded.slice(1)}` : folded;
}
