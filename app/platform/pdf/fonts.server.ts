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
  /**
   * The text as it can be drawn, □ for what no font has, and its ascent in parts of the size: the renderer places text
   * by its top, we by its baseline.
   */
  readonly drawn: (face: Face, text: string) => { readonly text: string; readonly ascent: number };
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

/** Faces in which a character is looked for when its own has no glyph: between them, all of GB 18030's usual ones. */
const FALLBACK: readonly Face[] = ["folio", "headingTwo"];
const MISSING = "□";

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
  const stackOf = (face: Face): Face[] => [face, ...FALLBACK.filter((other) => other !== face)];
  const runs = (face: Face, text: string) =>
    runsOf(
      text,
      stackOf(face).map((family) => faces[family]),
    );
  return {
    familiesOf: stackOf,
    measure: remembered((face, text) =>
      runs(face, text).reduce((sum, run) => sum + run.font.layout(run.text).advanceWidth / run.font.unitsPerEm, 0),
    ),
    drawn: (face, text) => ({
      text: runs(face, text)
        .map((run) => run.text)
        .join(""),
      ascent: Math.max(...runs(face, text).map(({ font }) => font.ascent / font.unitsPerEm)),
    }),
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
  await mkdir(folder, { recursive: true });
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

interface Run {
  readonly font: FontFace;
  readonly text: string;
}

/** The text in stretches of one font each, as the renderer will choose them: per character, the first that has it. */
function runsOf(text: string, stack: readonly FontFace[]): Run[] {
  const runs: Run[] = [];
  for (const char of text) {
    const known = stack.find((font) => font.hasGlyphForCodePoint(char.codePointAt(0) ?? 0));
    const font = known ?? stack[0];
    if (!font) throw new Error("no font to draw with");
    const drawn = known ? char : MISSING;
    const last = runs.at(-1);
    if (last?.font === font) runs[runs.length - 1] = { font, text: last.text + drawn };
    else runs.push({ font, text: drawn });
  }
  return runs;
}

/** Characters and short words recur, lines do not: remembering those would only grow. */
const LONGEST_REMEMBERED = 2;

function remembered(measure: TextMeasure): TextMeasure {
  const known = new Map<string, number>();
  return (face, text) => {
    if (text.length > LONGEST_REMEMBERED) return measure(face, text);
    const key = face + text;
    const width = known.get(key) ?? measure(face, text);
    known.set(key, width);
    return width;
  };
}
