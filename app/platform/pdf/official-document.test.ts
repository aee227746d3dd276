import { inflateSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { stopWorkers } from "../workers/worker-task.server";
import { ONE_PAGE, THREE_PAGES } from "./official-document.fixture";
import { renderOfficialDocument } from "./render-pdf.server";

/** The first render of a process unpacks the fonts; the machine may be busy. */
const TIMEOUT_MS = 60_000;

const structureOf = (pdf: Uint8Array) => Buffer.from(pdf).toString("latin1");
const count = (pdf: Uint8Array, pattern: RegExp) => [...structureOf(pdf).matchAll(pattern)].length;
/** A text of the file's properties as it is written: UTF-16, brackets and control bytes escaped. */
const asWritten = (text: string) =>
  Buffer.from(text, "utf16le")
    .swap16()
    .toString("latin1")
    .replace(/[()\\\n\r\t\b\f]/g, (byte) => ESCAPES[byte] ?? `\\${byte}`);
const ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f" };

/** The characters that a reader can copy out of the file: what its fonts' ToUnicode tables name. */
function readableCharacters(pdf: Uint8Array): Set<string> {
  const structure = structureOf(pdf);
  const characters = new Set<string>();
  for (const { index } of structure.matchAll(/(?<!end)stream\n/g)) {
    const end = structure.indexOf("endstream", index);
    const table = inflated(Buffer.from(pdf).subarray(index + "stream\n".length, end));
    if (!table.includes("beginbfrange")) continue;
    for (const [, hex = ""] of table.matchAll(/<([0-9a-f ]+)>/gi)) {
      characters.add(Buffer.from(hex.replaceAll(" ", ""), "hex").swap16().toString("utf16le"));
    }
  }
  return characters;
}

function inflated(stream: Buffer): string {
  try {
    return inflateSync(stream).toString("latin1");
  } catch {
    return "";
  }
}

describe("renderOfficialDocument", { timeout: TIMEOUT_MS }, () => {
  afterAll(stopWorkers);

  it.each([
    ["a short bulletin", ONE_PAGE, 1, ["NotoSerifSC-Bold", "NotoSerifSC-Regular", "NotoSansSC-Regular"]],
    [
      "a bulletin with a ranking of 20 units",
      THREE_PAGES,
      3,
      ["NotoSerifSC-Bold", "NotoSerifSC-Regular", "NotoSansSC-Regular", "LXGWWenKai-Regular"],
    ],
  ])("%s: A4 pages, every font embedded as a subset, every character readable", async (_, document, pages, fonts) => {
    const pdf = await renderOfficialDocument(document);
    expect(structureOf(pdf)).toMatch(/^%PDF-1\.7\n[\s\S]*%%EOF\n?$/);
    expect(count(pdf, /\/Type \/Page\b(?!s)/g)).toBe(pages);
    expect(count(pdf, /\/MediaBox \[0 0 595\.28\d* 841\.8[89]\d*\]/g)).toBe(pages);

    const embedded = [...structureOf(pdf).matchAll(/\/FontName \/[A-Z]{6}\+([\w-]+)/g)].map(([, name]) => name);
    expect(embedded.sort()).toEqual([...fonts].sort());
    expect(count(pdf, /\/FontFile2 \d+ 0 R/g)).toBe(fonts.length);
    expect(pdf.length).toBeLessThan(300_000);

    const text = JSON.stringify([document.blocks, document.title, document.annexes.map((annex) => annex.title)]);
    const chinese = new Set(text.match(/[\u4e00-\u9fff，。〔〕（）“”]/gu));
    const readable = readableCharacters(pdf);
    expect([...chinese].filter((character) => !readable.has(character))).toEqual([]);
  });

  it("draws rare characters from the face that has them and a box for what none has, never a wrong character", async () => {
    const rare = { kind: "paragraph", text: "𬭎、𠮷、H₂O、😀。" } as const;
    const readable = readableCharacters(await renderOfficialDocument({ ...ONE_PAGE, blocks: [rare] }));
    expect(["𬭎", "𠮷", "₂", "□", "😀"].map((character) => readable.has(character))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  it("the same document has the same bytes, from a warm worker and from a new one", async () => {
    const first = await renderOfficialDocument(THREE_PAGES);
    await renderOfficialDocument(ONE_PAGE);
    const warm = await renderOfficialDocument(THREE_PAGES);
    await stopWorkers();
    const afterRestart = await renderOfficialDocument(THREE_PAGES);
    expect(Buffer.compare(first, warm)).toBe(0);
    expect(Buffer.compare(first, afterRestart)).toBe(0);
  });

  it("states title, issuer and subject, and names every substituted font", async () => {
    const pdf = structureOf(await renderOfficialDocument(ONE_PAGE));
    const { title, author, subject } = ONE_PAGE.properties;
    const stated = [title, author, subject, "小标宋→Noto Serif SC Bold", "黑体→Noto Sans SC", "楷体→LXGW WenKai"];
    expect(stated.filter((text) => !pdf.includes(asWritten(text)))).toEqual([]);
    expect(pdf).toContain("D:20260720013000Z");
  });

  it("a document that cannot be drawn fails alone", async () => {
    const broken = { ...ONE_PAGE, properties: { ...ONE_PAGE.properties, createdAt: "yesterday" } };
    const [failed, next] = await Promise.allSettled([renderOfficialDocument(broken), renderOfficialDocument(ONE_PAGE)]);
    expect(failed).toMatchObject({ status: "rejected", reason: { cause_: "failed" } });
    expect(next.status).toBe("fulfilled");
  });
});
