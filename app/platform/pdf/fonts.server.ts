import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { Font } from "@react-pdf/renderer";
import { env } from "../env.server";
import { FACES, type Face, type TextMeasure } from "./text-measure";

interface FontFile {
  /** the commercial face that the standard names */
  readonly official: string;
  /** what stands in for it, as the file's properties say */
  readonly substitute: string;
  readonly file: string;
  /** true when the site supplies the official face itself */
  readonly isOfficial?: boolean;
}

/** What the renderer needs to know about the fonts it draws with. */
export interface LoadedFonts {
  readonly measure: TextMeasure;
  /** the face's ascent in parts of its size: the renderer places text by its top, we by its baseline */
  readonly ascentOf: (face: Face) => number;
  /** families to try in turn for a character, the face's own first */
  readonly familiesOf: (face: Face) => string[];
  /** "小标宋→Noto Serif SC Bold；…": substituted faces are always named in the file */
  readonly substitutions: string;
}

interface FontFace {
  readonly unitsPerEm: number;
  readonly ascent: number;
  hasGlyphForCodePoint(codePoint: number): boolean;
  layout(text: string): { readonly advanceWidth: number };
}

const require = createRequire(import.meta.url);

/** Faces in which a character is looked for when its own has no glyph: 宋体 has the most. */
const FALLBACK: readonly Face[] = ["folio", "headingOne"];

let loaded: Promise<LoadedFonts> | undefined;

/**
 * Registers the faces of official documents with the renderer, once per process.
 * A site that owns 仿宋 names its TrueType file in PDF_FANGSONG_FONT.
 * @throws Error when that file is missing: a document must not quietly appear in another face
 */
export function loadFonts(): Promise<LoadedFonts> {
  loaded ??= load().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function load(): Promise<LoadedFonts> {
  const files = await fontFiles();
  for (const face of FACES) Font.register({ family: face, src: files[face].file });
  await Promise.all(FACES.map((face) => Font.load({ fontFamily: face })));
  // Lines arrive broken and justified: the renderer must not hyphenate them.
  Font.registerHyphenationCallback((word) => [word]);

  const faces = Object.fromEntries(FACES.map((face) => [face, faceOf(face)])) as Record<Face, FontFace>;
  const familiesOf = (face: Face) => [face, ...FALLBACK.filter((other) => other !== face)];
  return {
    familiesOf,
    measure: measureWith((face) => familiesOf(face).map((family) => faces[family as Face])),
    ascentOf: (face) => faces[face].ascent / faces[face].unitsPerEm,
    substitutions: FACES.map((face) => files[face])
      .filter((font) => !font.isOfficial)
      .map((font) => `${font.official}→${font.substitute}`)
      .join("；"),
  };
}

async function fontFiles(): Promise<Record<Face, FontFile>> {
  const song = require.resolve("@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf");
  return {
    title: {
      official: "小标宋",
      substitute: "Noto Serif SC Bold",
      file: require.resolve("@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf"),
    },
    body: officialBody() ?? { official: "仿宋", substitute: "Noto Serif SC", file: song },
    headingOne: {
      official: "黑体",
      substitute: "Noto Sans SC",
      file: require.resolve("@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"),
    },
    headingTwo: { official: "楷体", substitute: "LXGW WenKai", file: await regularScript() },
    folio: { official: "宋体", substitute: "Noto Serif SC", file: song },
  };
}

function officialBody(): FontFile | undefined {
  const file = process.env.PDF_FANGSONG_FONT;
  if (!file) return undefined;
  if (!existsSync(file)) throw new Error(`PDF_FANGSONG_FONT names no file: ${file}`);
  return { official: "仿宋", substitute: "仿宋", file, isOfficial: true };
}

/**
 * 楷体 comes as WOFF2 only, which the renderer embeds whole (17 MB a document); as TrueType it embeds the characters
 * used. Unpacked once and kept; written aside and renamed, so that another process never reads half a file.
 */
async function regularScript(): Promise<string> {
  const packed = require.resolve("@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff2");
  const { version } = require("@fontsource/lxgw-wenkai/package.json") as { version: string };
  const folder = path.join(env().DATA_DIR, "cache");
  const file = path.join(folder, `lxgw-wenkai-${version}-500.ttf`);
  if (existsSync(file)) return file;
  const { default: wawoff2 } = await import("wawoff2");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unfinished = `${file}.${process.pid}.${performance.now()}`;
  await writeFile(unfinished, await wawoff2.decompress(await readFile(packed)));
  await rename(unfinished, file);
  return file;
}

function faceOf(face: Face): FontFace {
  const font = Font.getFont({ fontFamily: face }).data;
  if (!font) throw new Error(`font not loaded: ${face}`);
  return font as unknown as FontFace;
}

/** Measures as the renderer draws: each character in the first face that has it, kerning included. */
function measureWith(stackOf: (face: Face) => FontFace[]): TextMeasure {
  const known = new Map<string, number>();
  const widthOf = (face: Face, text: string): number => {
    let width = 0;
    let run = "";
    let runFont: FontFace | undefined;
    const endRun = () => {
      if (runFont && run) width += runFont.layout(run).advanceWidth / runFont.unitsPerEm;
      run = "";
    };
    const stack = stackOf(face);
    for (const char of text) {
      const font = stack.find((candidate) => candidate.hasGlyphForCodePoint(char.codePointAt(0) ?? 0)) ?? stack.at(-1);
      if (font !== runFont) endRun();
      runFont = font;
      run += char;
    }
    endRun();
    return width;
  };
  return (face, text) => {
    if (text.length > LONGEST_REMEMBERED) return widthOf(face, text);
    const key = face + text;
    const width = known.get(key) ?? widthOf(face, text);
    known.set(key, width);
    return width;
  };
}

/** Characters and short words recur, lines do not: remembering those would only grow. */
const LONGEST_REMEMBERED = 2;
