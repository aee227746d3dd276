import { sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { readCsv } from "@seeds/data/read-csv";
import type { LocalDate } from "~/kernel/local-date";
import { comparedContent, comparedName } from "~/kernel/names";
import { keysOf, PROJECT_CLASSES, type ProjectClass } from "~/kernel/vocabulary";
import { similarFigures } from "~/modules/projects/similar/similar.queries.server";
import { similarHits, type SimilarFigures, type SimilarHit } from "~/modules/projects/similar/similar.rules";
import { loadFigures } from "~/platform/figures.server";

/** One side of a pair, as a filing or the inventory would say it. */
export interface PairSide {
  readonly name: string;
  readonly unit: string;
  readonly class: ProjectClass | null;
  readonly content: string;
  readonly resources: readonly string[];
}

/** Two entries and whether a reviewer would ask for a difference statement, by judgement. */
export interface Pair {
  readonly filing: PairSide;
  readonly entry: PairSide & { readonly kind: "project" | "system" };
  readonly duplicate: boolean;
  /** both names stand in the published lists */
  readonly listed: boolean;
  readonly note: string;
}

/** A pair with what the rule says of it; no hit: not even shown. */
export interface JudgedPair<P extends Pair = Pair> {
  readonly pair: P;
  readonly nameSimilarity: number;
  readonly contentSimilarity: number | null;
  readonly hit: SimilarHit | undefined;
}

/** The labelled set. What its columns mean is in the README beside it. */
export function readPairs(): Pair[] {
  return readCsv("tests/fixtures/duplicates/pairs.csv").map((row) => ({
    filing: sideOf(row, "甲"),
    entry: { ...sideOf(row, "乙"), kind: row["种类乙"] === "系统" ? "system" : "project" },
    duplicate: row["判定"] === "重复",
    listed: row["来源"] === "清单",
    note: row["说明"] ?? "",
  }));
}

function sideOf(row: Readonly<Record<string, string>>, side: "甲" | "乙"): PairSide {
  return {
    name: row[`名称${side}`] ?? "",
    unit: row[`单位${side}`] ?? "",
    class: keysOf(PROJECT_CLASSES).find((key) => key === row[`类别${side}`]) ?? null,
    content: row[`内容${side}`] ?? "",
    resources: (row[`资源${side}`] ?? "").split(";").filter(Boolean),
  };
}

/** Every project of the published list beside every other and every system of the inventory. */
export function listedPairs(labelled: readonly Pair[]): Pair[] {
  const known = new Map(labelled.filter(({ listed }) => listed).map(({ filing }) => [filing.name, filing]));
  const projects = readCsv("seeds/data/heshan-projects.csv").map((row): PairSide => {
    const name = row["项目名称"] ?? "";
    const unit = (row["牵头单位"] ?? "").split(";")[0] ?? "";
    return known.get(name) ?? { name, unit, class: null, content: "", resources: [] };
  });
  const systems = readCsv("seeds/data/heshan-systems.csv").map((row) => ({
    ...{ kind: "system" as const, name: row["名称"] ?? "", unit: row["单位"] ?? "" },
    ...{ class: null, content: "", resources: [] },
  }));
  const key = (a: string, b: string) => [a, b].sort().join(" ");
  const duplicates = new Map(
    labelled.flatMap((pair) =>
      pair.listed && pair.duplicate ? [[key(pair.filing.name, pair.entry.name), pair.note] as const] : [],
    ),
  );
  return projects.flatMap((filing, index) =>
    [...projects.slice(index + 1).map((entry) => ({ ...entry, kind: "project" as const })), ...systems].map((entry) => {
      const note = duplicates.get(key(filing.name, entry.name));
      return { filing, entry, duplicate: note !== undefined, listed: true, note: note ?? "" };
    }),
  );
}

/** Measures the pairs with the database's own similarity and judges them with the rule and the figures in force. */
export async function judgePairs(db: Database, pairs: readonly Pair[], today: LocalDate): Promise<JudgedPair[]> {
  const figures = similarFigures(await loadFigures(db, today));
  const texts = pairs.map(({ filing, entry }, at) => ({
    at,
    names: [comparedName(filing.name), comparedName(entry.name)],
    contents: [comparedContent(filing.content, ""), comparedContent(entry.content, "")],
  }));
  const measured = await db.execute<{ at: number; name_similarity: number; content_similarity: number }>(sql`
    select at, similarity(names[1], names[2]) as name_similarity, similarity(contents[1], contents[2]) as content_similarity
    from jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) as t(at int, names text[], contents text[])
    order by at`);
  return pairs.map((pair, at) => {
    const row = measured[at];
    if (row?.at !== at) throw new Error(`pair ${at} was not measured`);
    const contentSimilarity = pair.filing.content && pair.entry.content ? row.content_similarity : null;
    return { pair, nameSimilarity: row.name_similarity, contentSimilarity, hit: judge(pair, row, figures) };
  });
}

function judge(
  { filing, entry }: Pair,
  measured: { readonly name_similarity: number; readonly content_similarity: number },
  figures: SimilarFigures,
): SimilarHit | undefined {
  const [hit] = similarHits(
    { class: filing.class, unitId: filing.unit, contentLength: comparedContent(filing.content, "").length },
    [
      {
        ...{ kind: entry.kind, id: entry.name, code: entry.name, name: entry.name },
        ...{ unitId: entry.unit, unitName: entry.unit, stage: null, class: entry.class },
        nameSimilarity: measured.name_similarity,
        contentSimilarity: measured.content_similarity,
        sharedResources: filing.resources.filter((name) => entry.resources.includes(name)),
      },
    ],
    figures,
  );
  return hit;
}

/** How well a judgement meets the labels. @unit share, 0–1 */
export interface Quality {
  readonly found: number;
  readonly wrong: number;
  readonly missed: number;
  readonly precision: number;
  readonly recall: number;
}

/** Of what was found how much is right, and of what is right how much was found. */
export function qualityOf<J extends { readonly pair: Pair }>(
  judged: readonly J[],
  isFound: (one: J) => boolean,
): Quality {
  const count = (found: boolean, duplicate: boolean) =>
    judged.filter((one) => isFound(one) === found && one.pair.duplicate === duplicate).length;
  const [right, wrong, missed] = [count(true, true), count(true, false), count(false, true)];
  const share = (of: number) => (of === 0 ? 1 : right / of);
  return { found: right + wrong, wrong, missed, precision: share(right + wrong), recall: share(right + missed) };
}
