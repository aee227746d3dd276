const CHINESE_NUMERALS = "一二三四五六七八九";

/** What nearly every filing ends with: it says that something is built, not what. */
const GENERIC_TAIL = /(?:系统|平台|项目|工程|建设|改造|升级|信息化|管理|综合|一体化|服务|信息)$/;
/** Adjectives of fashion: 智慧城管 and 数字城管 are one matter. */
const QUALIFIERS = /智慧化?|数字化?|综合|一体化/g;
/** One character alone would resemble half of a city. */
const SHORTEST_STEM = 2;

/**
 * The form in which names are told apart: full width folded, lower case, no spaces or punctuation, 一期 = 1期.
 * Near-duplicates that differ only in these share it.
 * @source domain.md §3 (查重), §4
 */
export function foldName(name: string): string {
  if (PLAIN.test(name)) return name.toLowerCase();
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[一二三四五六七八九](?=期)/g, (numeral) => String(CHINESE_NUMERALS.indexOf(numeral) + 1))
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** Most names: Chinese characters, letters and digits, and no phase; only their case is to be folded. */
const PLAIN = /^[0-9A-Za-z\u4e00-\u671e\u6720-\u9fff]*$/;

/**
 * The form in which 查重 compares names: the pairs of neighbouring characters of what the name is about, as words. Folded,
 * without phase (一期, 第二期工程) and year, without generic tails (管理系统, 平台建设) and adjectives (智慧, 数字).
 *
 * Pairs, because a Chinese word has two characters: pg_trgm then compares by words and forgives their order, where the
 * trigrams of the whole name would miss half of what officials write twice (docs/performance/duplicate-search.md).
 * @source domain.md §3
 */
export function comparedName(name: string): string {
  const folded = foldName(name);
  const undated = folded.replace(/第?\d{1,2}期(?:工程|项目|建设)?|20\d{2}年度?/g, "");
  const stem = withoutTails(undated) || folded;
  const words = stem.split(QUALIFIERS).filter(Boolean);
  const isLongEnough = words.join("").length >= SHORTEST_STEM;
  return (isLongEnough ? words : [stem]).flatMap(pairsOf).join(" ");
}

/**
 * The form in which 查重 compares contents: need and content, folded; long enough for the trigrams of the text itself.
 * @source domain.md §3
 */
export const comparedContent = (need: string, content: string): string => foldName(`${need}${content}`);

function withoutTails(name: string): string {
  const shorter = name.replace(GENERIC_TAIL, "");
  return shorter === name || shorter.length < SHORTEST_STEM ? name : withoutTails(shorter);
}

/** Every pair of neighbouring characters, each as often as it occurs; a single character is itself. */
function pairsOf(text: string): string[] {
  const characters = [...text];
  if (characters.length < 2) return characters;
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** Half of a character that takes two places of a string. */
const ASTRAL = /[\ud800-\udfff]/;

/**
 * What a search looks up: every pair of neighbouring characters of the folded texts, so that a word of two characters or
 * more is found by its pairs. Each text is cut by itself: pairs never span two of them.
 */
export function searchGrams(...texts: readonly (string | null | undefined)[]): string[] {
  const grams = new Set<string>();
  for (const text of texts) {
    const folded = foldName(text ?? "");
    const characters = ASTRAL.test(folded) ? [...folded] : folded;
    for (let at = 1; at < characters.length; at++) grams.add(`${characters[at - 1]}${characters[at]}`);
  }
  return [...grams];
}
