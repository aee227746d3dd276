/**
 * A reason out of ready-made sentences and own words: the chosen sentences, one a line, then what was written. A sentence
 * that was taken over into the writing is not said twice.
 */
export function composeSentences(chosen: readonly string[], written: string): string {
  const words = written.trim();
  return [...chosen.filter((sentence) => !words.includes(sentence)), words].filter(Boolean).join("\n");
}
