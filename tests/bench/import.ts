import { eq } from "drizzle-orm";
import { setTimeout as delay } from "node:timers/promises";
import * as XLSX from "xlsx";

import type { Database } from "@db/client";
import { importBatches } from "@db/schema";

import { round, type BenchFigure } from "./figure";
import { logIn, type RunningServer } from "./pages";

const ROWS = 100_000;
/** Every so many rows one lacks its condition: judging must say so. */
const BAD_EVERY = 100;
const LIST_PAGE = "/projects";
/** How many people look at lists meanwhile, and how long each reads before the next page. @unit ms */
const READERS = 4;
const READING_MS = 50;
const BASELINE_MS = 15_000;

const HEADERS = [
  "序号",
  "更新频率",
  "资源名称",
  "资源分类",
  "资源摘要",
  "资源格式",
  "信息项",
  "共享类型",
  "共享条件",
  "共享方式",
];
const SUBJECTS = ["供水", "排水", "燃气", "热力", "通信", "照明", "消防", "环卫"];
const FACETS = ["压力", "流量", "位置", "材质", "巡查", "维修", "权属"];
const CYCLES = ["每日", "每周", "每月", "每年"];

const pick = (words: readonly string[], index: number): string => words[index % words.length] ?? "";

/** A sheet of a city's whole catalog as departments would send it. */
function catalogOf(rows: number): Uint8Array {
  const data = Array.from({ length: rows }, (_, index) => {
    const name = `${pick(SUBJECTS, index)}设施第${index + 1}片区${pick(FACETS, index)}信息`;
    const conditional = index % 3 === 0;
    const conditions = conditional && index % BAD_EVERY !== 0 ? "限城市运行和应急指挥使用" : "";
    return [
      index + 1,
      pick(CYCLES, index),
      name,
      "地下空间与管网",
      `第${index + 1}片区设施的位置、材质和${pick(FACETS, index)}情况`,
      "数据库",
      "设施编号:字符型(20)*、类型、位置、材质、敷设年代:日期型",
      conditional ? "有条件共享" : "无条件共享",
      conditions,
      "接口",
    ];
  });
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([HEADERS, ...data], { dense: true }), "资源目录");
  return XLSX.write(book, { type: "buffer", bookType: "xlsx", bookSST: true, compression: true }) as Uint8Array;
}

/** People who go from list to list until told to stop; answers how long each page took. @unit ms */
async function readLists(get: () => Promise<void>, until: () => boolean): Promise<number[]> {
  const times: number[] = [];
  const reader = async () => {
    while (!until()) {
      const begun = performance.now();
      await get();
      times.push(performance.now() - begun);
      await delay(READING_MS);
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return times;
}

const p95 = (times: readonly number[]): number =>
  Math.round([...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? NaN);

/**
 * A hundred thousand rows through upload, validation and import on the running server, against the library's parse of the
 * same bytes alone; and what readers of a list page feel of it.
 */
export async function benchImport(
  { address, cookie: readerCookie }: RunningServer,
  db: Database,
): Promise<BenchFigure[]> {
  const filerCookie = await logIn(address, "filer");
  const bytes = catalogOf(ROWS);
  const parseBegun = performance.now();
  XLSX.read(bytes, { dense: true });
  const parseMs = performance.now() - parseBegun;

  const getList = async () => {
    const response = await fetch(address + LIST_PAGE, { headers: { cookie: readerCookie } });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${LIST_PAGE} answered ${response.status}`);
  };
  const baselineEnds = performance.now() + BASELINE_MS;
  await readLists(getList, () => performance.now() > baselineEnds - BASELINE_MS / 2);
  const quiet = await readLists(getList, () => performance.now() > baselineEnds + BASELINE_MS / 2);

  /** Runs one step while people read lists; answers its time and theirs. */
  const during = async (work: () => Promise<void>): Promise<{ ms: number; times: number[] }> => {
    let done = false;
    const begun = performance.now();
    let ms = 0;
    const [times] = await Promise.all([
      readLists(getList, () => done),
      work().finally(() => {
        done = true;
        ms = performance.now() - begun;
      }),
    ]);
    return { ms, times };
  };

  const form = new FormData();
  form.set("project", "catalog");
  form.set("file", new File([Buffer.from(bytes)], "全市资源目录.xlsx"));
  let batchId = "";
  const reading = await during(async () => {
    batchId = await post(address, filerCookie, "/catalog/import", form);
    await reaches(db, batchId, "previewed");
  });
  const [previewed] = await db.select().from(importBatches).where(eq(importBatches.id, batchId));
  const importing = await during(async () => {
    const order = { intent: "confirm", policy: "goodRows", version: String(previewed?.version) };
    await post(address, filerCookie, `/catalog/import/${batchId}`, new URLSearchParams(order));
    await reaches(db, batchId, "imported");
  });
  return [
    {
      figure: "import100k",
      value: Math.round(reading.ms + importing.ms),
      unit: `ms, ${ROWS} × ${HEADERS.length} cells uploaded, judged and imported while ${READERS} people read lists`,
      megabytes: round(bytes.length / 1024 / 1024),
      libraryParseMs: Math.round(parseMs),
      judgedMs: Math.round(reading.ms),
      ratioJudgedToLibrary: round(reading.ms / parseMs),
      importedMs: Math.round(importing.ms),
      ratioAllToLibrary: round((reading.ms + importing.ms) / parseMs),
      goodRows: previewed?.goodRows,
      badRows: previewed?.badRows,
    },
    {
      figure: "listPageDuringImport",
      value: p95(reading.times),
      unit: `ms, p95 of ${LIST_PAGE} while a sheet is judged`,
      p95Quiet: p95(quiet),
      p95WhileImported: p95(importing.times),
      ratioJudged: round(p95(reading.times) / p95(quiet)),
      ratioImported: round(p95(importing.times) / p95(quiet)),
      requests: quiet.length + reading.times.length + importing.times.length,
    },
  ];
}

/** Posts a form and answers the id of the import that it leads to. */
async function post(address: string, cookie: string, path: string, body: FormData | URLSearchParams): Promise<string> {
  const headers = { cookie, Origin: address };
  const response = await fetch(address + path, { method: "POST", redirect: "manual", headers, body });
  const id = /^\/catalog\/import\/([0-9a-f-]{36})/.exec(response.headers.get("location") ?? "")?.[1];
  if (!id) throw new Error(`${path} answered ${response.status}`);
  return id;
}

async function reaches(db: Database, batchId: string, wanted: string): Promise<void> {
  for (;;) {
    const [batch] = await db
      .select({ state: importBatches.state, failure: importBatches.failure })
      .from(importBatches)
      .where(eq(importBatches.id, batchId));
    if (batch?.state === wanted) return;
    if (batch?.failure) throw new Error(`the import failed: ${JSON.stringify(batch.failure)}`);
    await delay(50);
  }
}
