import type { Inline, Paragraph } from "./bulletin.types";

type Part = Inline | Paragraph;

/** A paragraph written as a template: text`共${count}个` */
export function text(strings: TemplateStringsArray, ...parts: readonly Part[]): Paragraph {
  return concat(strings.flatMap((string, i) => [string, ...(i < parts.length ? [parts[i] ?? ""] : [])]));
}

/** Parts with a separator between them; empty parts are left out, so that no separator stands alone. */
export function join(parts: readonly Part[], separator: string): Paragraph {
  const kept = parts.filter((part) => !(part === "" || (Array.isArray(part) && part.length === 0)));
  return concat(kept.flatMap((part, i) => (i === 0 ? [part] : [separator, part])));
}

/** Joins neighbouring texts into one. */
function concat(parts: readonly Part[]): Paragraph {
  const result: Inline[] = [];
  for (const inline of parts.flat()) {
    const last = result.at(-1);
    if (typeof inline === "string" && typeof last === "string") result[result.length - 1] = last + inline;
    else if (inline !== "") result.push(inline);
  }
  return result;
}

/** A name inside a sentence: quotes within become single ones, and it brings no closing punctuation of its own. */
export const quoted = (name: string): string => `“${official(name).replace(/“/g, "‘").replace(/”/g, "’")}”`;

/** A document's title: brackets within become single ones. */
export const titled = (name: string): string => `《${official(name).replace(/《/g, "〈").replace(/》/g, "〉")}》`;

/**
 * Names and phrases that come from records, as an official document writes them: full-width brackets around Chinese, and
 * none of the punctuation that somebody closed them with.
 */
export function official(phrase: string): string {
  const plain = phrase.trim().replace(/[，。；：、,.;:\s]+$/u, "");
  return /\p{Script=Han}/u.test(plain) ? plain.replace(/\(/g, "（").replace(/\)/g, "）") : plain;
}

const NUMERALS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/** "三" for 2. A bulletin never has more than ten headings of one level. */
export const numeral = (index: number): string => NUMERALS[index] ?? String(index + 1);
