const CHINESE_NUMERALS: Readonly<Record<string, string>> = { 一: "1", 二: "2", 三: "3", 四: "4", 五: "5", 六: "6" };

/**
 * The form in which names are told apart: full width folded, lower case, no spaces or punctuation, 一期 = 1期.
 * Near-duplicates that differ only in these share it.
 * @source domain.md §3 (查重), §4
 */
export function foldName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[一二三四五六](?=期)/g, (numeral) => CHINESE_NUMERALS[numeral] ?? numeral)
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/**
 * The form in which 查重 compares names: folded, and without the phase (一期, 第二期工程), so that the phases of one project
 * look alike.
 * @source domain.md §3
 */
export function comparedName(name: string): string {
  const folded = foldName(name);
  return folded.replace(/第?\d{1,2}期(工程|项目|建设)?/g, "") || folded;
}

/**
 * What a search looks up: every pair of neighbouring characters of the folded texts, so that a word of two characters or
 * more is found by its pairs. Each text is cut by itself: pairs never span two of them.
 */
export function searchGrams(...texts: readonly (string | null | undefined)[]): string[] {
  const grams = new Set<string>();
  for (const text of texts) {
    const characters = [...foldName(text ?? "")];
    for (let at = 0; at + 1 < characters.length; at++) grams.add(`${characters[at]}${characters[at + 1]}`);
  }
  return [...grams];
}
