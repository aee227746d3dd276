/**
 * Sheet names that the programs accept: 1–31 characters, none of []:*?/\, no apostrophe at an end, no two alike, and
 * not the one that Excel keeps for itself.
 */
export function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set(["history"]);
  return wanted.map((name, index) => {
    const plain = name.replace(/[[\]:*?/\\\p{Cc}]/gu, " ").replace(/^[\s']+|[\s']+$/g, "") || `Sheet${index + 1}`;
    let unique = plain.slice(0, 31).replace(/'+$/, "");
    for (let copy = 2; taken.has(unique.toLowerCase()); copy++) unique = `${plain.slice(0, 26)} (${copy})`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}
