const CHINESE_NUMERALS: Readonly<Record<string, string>> = { 一: "1", 二: "2", 三: "3", 四: "4", 五: "5", 六: "6" };

/**
 * The form in which names are compared: full width folded, lower case, no spaces or punctuation, 一期 = 1期.
 * Near-duplicates that differ only in these share it.
 * @source domain.md §3 (查重), §4
 */
export function normalizeName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[一二三四五六](?=期)/g, (numeral) => CHINESE_NUMERALS[numeral] ?? numeral)
    .replace(/[^\p{L}\p{N}]/gu, "");
}
