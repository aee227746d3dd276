/**
 * Reading the XML of a workbook by looking for the next tag: the parts have a fixed, flat shape, and a general parser
 * takes five times as long. CDATA sections and comments are resolved first, so that every "<" begins a tag.
 */
export function plainXml(bytes: Buffer): Buffer {
  const text = bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString("utf16le") : undefined;
  if (text === undefined && !bytes.includes("<![CDATA[") && !bytes.includes("<!--")) return bytes;
  const plain = (text ?? bytes.toString("utf8"))
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, inner: string) => inner.replace(/&/g, "&amp;").replace(/</g, "&lt;"))
    .replace(/<!--[\s\S]*?-->/g, "");
  return Buffer.from(plain, "utf8");
}

/** "x:" when the part writes its elements with a namespace prefix, else "". */
export const prefixOf = (opening: string): string => /<([\w.-]+:|)[\w.-]+[\s>/]/.exec(opening)?.[1] ?? "";

/** Whether `<name` and no longer name stands at `at`. */
export function isTagAt(xml: string, name: string, at: number): boolean {
  if (!xml.startsWith(name, at + 1)) return false;
  const after = xml.charCodeAt(at + 1 + name.length);
  return after <= 0x20 || after === 0x3e || after === 0x2f;
}

/** Position of the next `<name` at or after `from`, or -1. */
export function findTag(xml: string, name: string, from: number): number {
  let at = xml.indexOf(`<${name}`, from);
  while (at >= 0 && !isTagAt(xml, name, at)) at = xml.indexOf(`<${name}`, at + 1);
  return at;
}

/** Value of an attribute within a tag's text, as it stands there. */
export function attribute(tag: string, name: string): string | undefined {
  let at = tag.indexOf(`${name}=`);
  while (at >= 0 && tag.charCodeAt(at - 1) > 0x20) at = tag.indexOf(`${name}=`, at + 1);
  if (at < 0) return undefined;
  const open = at + name.length + 1;
  const close = tag.indexOf(tag.charAt(open), open + 1);
  return close < 0 ? undefined : tag.slice(open + 1, close);
}

/** The texts of all tags `<name …>` of a small part. */
export function tagsOf(xml: string, name: string): string[] {
  const tags: string[] = [];
  for (let at = findTag(xml, name, 0); at >= 0; at = findTag(xml, name, at + 1)) {
    const end = xml.indexOf(">", at);
    tags.push(xml.slice(at, end < 0 ? xml.length : end + 1));
  }
  return tags;
}

/** The text between `<name …>` and `</name>` at the first such tag from `from`. */
export function elementText(xml: string, name: string, from = 0): string | undefined {
  const at = findTag(xml, name, from);
  if (at < 0) return undefined;
  const open = xml.indexOf(">", at);
  if (open < 0 || xml[open - 1] === "/") return "";
  const close = xml.indexOf(`</${name}`, open);
  return xml.slice(open + 1, close < 0 ? xml.length : close);
}

/** A rich text: its runs joined, without the phonetic guides of East Asian texts. */
export function richText(xml: string, prefix: string): string {
  const body = xml.includes(`<${prefix}rPh`) ? xml.replace(/<([\w.-]+:|)rPh\b[\s\S]*?<\/\1rPh>/g, "") : xml;
  const name = `${prefix}t`;
  let text = "";
  for (let at = findTag(body, name, 0); at >= 0; at = findTag(body, name, at + 1))
    text += elementText(body, name, at) ?? "";
  return unescapeXml(text);
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function entity(whole: string, name: string): string {
  if (!name.startsWith("#")) return NAMED[name] ?? whole;
  const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

/** Resolves entities, line ends, and the format's own escapes for what XML cannot hold (_x000D_). */
export function unescapeXml(text: string): string {
  let plain = text;
  if (plain.includes("\r")) plain = plain.replace(/\r\n?/g, "\n");
  if (plain.includes("&")) plain = plain.replace(/&(#?\w+);/g, entity);
  if (!plain.includes("_x")) return plain;
  return plain.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
