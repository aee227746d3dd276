import { foldName, searchGrams } from "~/kernel/names";

/** More would have to be read rather than seen. */
const MOST_OFFERED = 8;

/** Something that is known under a name. */
interface Named {
  readonly name: string;
}

/** Are two names one paper? Width, case, spaces and punctuation do not tell papers apart. */
export const isSameName = (a: string, b: string): boolean => foldName(a) === foldName(b);

/**
 * The known ones that may be what somebody means, the likest first: those that share at least half of the shorter name's
 * pairs of characters, so that 身份证 finds 居民身份证 and 身份证明.
 */
export function similarNames<T extends Named>(name: string, known: readonly T[]): T[] {
  const wanted = searchGrams(name);
  return known
    .map((each) => ({ each, likeness: isSameName(name, each.name) ? 1 : likenessOf(wanted, searchGrams(each.name)) }))
    .filter(({ likeness }) => likeness >= 0.5)
    .sort((a, b) => b.likeness - a.likeness || a.each.name.localeCompare(b.each.name, "zh"))
    .slice(0, MOST_OFFERED)
    .map(({ each }) => each);
}

/** Shared pairs of the shorter name's; a little less where the longer says more, so that the whole name comes first. */
function likenessOf(a: readonly string[], b: readonly string[]): number {
  const shorter = Math.min(a.length, b.length);
  if (shorter === 0) return 0;
  const shared = a.filter((pair) => b.includes(pair)).length;
  return shared / shorter - Math.abs(a.length - b.length) / 1_000;
}
