import { inflateSync } from "node:zlib";

/**
 * The text of a PDF as a reader would copy it: the glyphs that its pages draw, turned into characters by the ToUnicode
 * table of the font they are drawn in. Reads what our renderer writes: plain objects, two-byte glyphs, no encryption.
 */
export function pdfText(pdf: Uint8Array): string {
  const bytes = Buffer.from(pdf);
  const objects = readObjects(bytes);
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b(?!s)/.test(head));
  return pages.map((page) => pageText(page, objects)).join("\n");
}

interface PdfObject {
  readonly head: string;
  /** inflated, latin-1 */
  readonly stream: string;
}
type Objects = ReadonlyMap<string, PdfObject>;

function readObjects(bytes: Buffer): Objects {
  const text = bytes.toString("latin1");
  const objects = new Map<string, PdfObject>();
  for (const { index, 0: opening, 1: id = "" } of text.matchAll(/(?<=^|\n)(\d+) 0 obj\n/g)) {
    const from = index + opening.length;
    const body = text.slice(from, text.indexOf("endobj", from));
    const at = body.indexOf("stream\n");
    const head = at < 0 ? body : body.slice(0, at);
    objects.set(id, { head, stream: at < 0 ? "" : inflated(bytes, from + at + "stream\n".length, head) });
  }
  return objects;
}

function inflated(bytes: Buffer, from: number, head: string): string {
  const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
  const raw = bytes.subarray(from, from + length);
  return (head.includes("/FlateDecode") ? inflateSync(raw) : raw).toString("latin1");
}

const follow = (objects: Objects, head: string, key: string): PdfObject | undefined =>
  objects.get(new RegExp(`/${key} (\\d+) 0 R`).exec(head)?.[1] ?? "");

function pageText(page: PdfObject, objects: Objects): string {
  const resources = follow(objects, page.head, "Resources")?.head ?? page.head;
  const fonts = new Map<string, ReadonlyMap<string, string>>();
  for (const [, name = "", id = ""] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const font = objects.get(id);
    const table = font && follow(objects, font.head, "ToUnicode");
    if (table) fonts.set(name, charactersOf(table.stream));
  }
  const content = follow(objects, page.head, "Contents")?.stream ?? "";
  let characters: ReadonlyMap<string, string> | undefined;
  let text = "";
  for (const [, font, glyphs = ""] of content.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9a-f]+)>/gi)) {
    if (font) characters = fonts.get(font);
    else for (const glyph of glyphs.match(/.{4}/g) ?? []) text += characters?.get(glyph.toLowerCase()) ?? "";
  }
  return text;
}

/** glyph (four hex digits) → character */
function charactersOf(table: string): Map<string, string> {
  const characters = new Map<string, string>();
  for (const [, from = "0", list = ""] of table.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi)) {
    [...list.matchAll(/<([0-9a-f ]+)>/gi)].forEach(([, hex = ""], offset) => {
      const glyph = (parseInt(from, 16) + offset).toString(16).padStart(4, "0");
      characters.set(glyph, Buffer.from(hex.replaceAll(" ", ""), "hex").swap16().toString("utf16le"));
    });
  }
  return characters;
}
