import { eq } from "drizzle-orm";
import { loadavg } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import * as XLSX from "xlsx";

import type { Database } from "@db/client";
import { importBatches } from "@db/schema";
import type { JudgeInput } from "~/modules/catalog/import/judge-rows.server";
import { withBook } from "~/modules/catalog/import/import-book.server";
import { CATALOG_FIELDS } from "~/modules/catalog/import/import-columns.server";
import { accept } from "~/kernel/result";
import { fileToParse } from "~/platform/xlsx/read-workbook.server";
import { findLayout } from "~/platform/xlsx/table-layout";

import { round, type BenchFigure } from "./figure";
import { logIn, type RunningServer } from "./pages";

const ROWS = 100_000;
const FEWER_ROWS = 10_000;
/** Every so many rows one lacks its condition: judging must say so. */
const BAD_EVERY = 100;
const LIST_PAGE = "/catalog";
/**
 * Somebody opens a list this often, whether or not the page before has come: far less than two cores serve. Readers who
 * wait for their page and ask at once again would take all that is left of the machine, whoever else uses it, and so
 * their waiting would say nothing about the import's manners. @unit ms
 */
const ARRIVAL_MS = 100;
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

/**
 * A sheet of a city's whole catalog as departments would send it.
 * @param mark a word in each name, so that a second run meets no name of the first
 */
function catalogOf(rows: number, mark: string): Uint8Array {
  const data = Array.from({ length: rows }, (_, index) => {
    const name = `${pick(SUBJECTS, index)}设施${mark}第${index + 1}片区${pick(FACETS, index)}信息`;
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

/** People who open a list one after the other until told to stop; answers how long each waited from then on. @unit ms */
async function readLists(get: () => Promise<void>, until: () => boolean): Promise<number[]> {
  const waits: Promise<number>[] = [];
  const begun = performance.now();
  while (!until()) {
    const due = begun + waits.length * ARRIVAL_MS;
    await delay(Math.max(0, due - performance.now()));
    waits.push(get().then(() => performance.now() - due));
  }
  return Promise.all(waits);
}

const p95 = (times: readonly number[]): number =>
  Math.round([...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? NaN);

/** What some work cost. @unit ms */
interface Cost {
  /** of all threads of this process */
  readonly cpuMs: number;
  readonly wallMs: number;
}

async function costOf(work: () => unknown): Promise<Cost> {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1_000, wallMs: performance.now() - begun };
}

/** Reads a sheet in the import worker and judges its rows, as the server does, without a database. */
async function check(bytes: Uint8Array): Promise<{ good: number; bad: number; openedCpuMs: number }> {
  const file = fileToParse(bytes, "全市资源目录.xlsx");
  if (!file.ok) throw new Error("the bench made no sheet");
  const before = process.cpuUsage();
  const checked = await withBook<{ good: number; bad: number; openedCpuMs: number }, never>(
    file.value,
    async (book) => {
      const { user, system } = process.cpuUsage(before);
      let [good, bad] = [0, 0];
      const [sheet] = book.sheets;
      const layout = sheet && findLayout(sheet, CATALOG_FIELDS);
      if (!layout) throw new Error("the bench made a sheet without a header");
      for await (const chunk of book.judge({ ...AROUND, mapping: { sheet: 0, constants: {}, ...layout } })) {
        good += chunk.good;
        bad += chunk.bad;
      }
      return accept({ good, bad, openedCpuMs: (user + system) / 1_000 });
    },
  );
  if (!checked.ok) throw new Error(JSON.stringify(checked.refusals));
  return checked.value;
}

/** A unit without a catalog, and the one category of the sheet. */
const AROUND: Omit<JudgeInput, "mapping"> = {
  vocabulary: {
    categories: [{ value: "103002", label: "自然资源和空间地理 / 地下空间与管网" }],
    basicDatabases: [],
    systems: [],
  },
  around: {
    siblings: new Set(),
    systems: new Set(),
    systemIds: new Set(),
    categories: new Set(["103002"]),
    basicDatabases: new Set(),
    codes: new Set(),
  },
};

/** Runs of a pair of works in turn: whatever else the machine does, it does to both. */
const RUNS = 3;

/** The processor's time for parsing and judging every row, beside the library's parse of the same bytes alone. */
async function benchCheck(bytes: Uint8Array, warmUp: Uint8Array): Promise<BenchFigure> {
  await check(warmUp);
  const runs: { library: Cost; own: Cost; opened: number; good: number; bad: number }[] = [];
  for (let run = 0; run < RUNS; run++) {
    const library = await costOf(() => XLSX.read(bytes, { dense: true }));
    let [opened, good, bad] = [0, 0, 0];
    const own = await costOf(async () => {
      const checked = await check(bytes);
      [opened, good, bad] = [checked.openedCpuMs, checked.good, checked.bad];
    });
    runs.push({ library, own, opened, good, bad });
  }
  const median = (of: (run: (typeof runs)[number]) => number): number =>
    runs.map(of).sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? NaN;
  return {
    figure: "import100kCheck",
    value: Math.round(median(({ own }) => own.cpuMs)),
    unit: `ms of CPU, ${ROWS} × ${HEADERS.length} cells parsed and every row judged`,
    megabytes: round(bytes.length / 1024 / 1024),
    wallMs: Math.round(median(({ own }) => own.wallMs)),
    parsedCpuMs: Math.round(median(({ opened }) => opened)),
    judgedCpuMs: Math.round(median(({ own, opened }) => own.cpuMs - opened)),
    libraryCpuMs: Math.round(median(({ library }) => library.cpuMs)),
    libraryWallMs: Math.round(median(({ library }) => library.wallMs)),
    /** quality.md: at most 1.5 */
    ratioCpu: round(median(({ own, library }) => own.cpuMs / library.cpuMs)),
    ratioWall: round(median(({ own, library }) => own.wallMs / library.wallMs)),
    goodRows: median(({ good }) => good),
    badRows: median(({ bad }) => bad),
    loadAverage: round(loadavg()[0] ?? NaN),
  };
}

/**
 * A hundred thousand rows checked in one process; then, and ten thousand, through upload, preview and import on the
 * running server, and what readers of a list page feel of it.
 */
export async function benchImport(
  { address, cookie: readerCookie }: RunningServer,
  db: Database,
): Promise<BenchFigure[]> {
  const filerCookie = await logIn(address, "filer");
  const run = Date.now().toString(36);
  const [bytes, fewerBytes] = [catalogOf(ROWS, `${run}甲`), catalogOf(FEWER_ROWS, `${run}乙`)];
  const checked = await benchCheck(bytes, fewerBytes);

  const getList = async () => {
    const response = await fetch(address + LIST_PAGE, { headers: { cookie: readerCookie } });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${LIST_PAGE} answered ${response.status}`);
  };
  const people = { address, cookie: filerCookie, db };
  const fewer = await importOn(people, fewerBytes, (work) => timed(work));
  const begun = performance.now();
  await readLists(getList, () => performance.now() > begun + BASELINE_MS / 2);
  const quiet = await readLists(getList, () => performance.now() > begun + BASELINE_MS * 1.5);
  const whole = await importOn(people, bytes, (work) => timed(work, getList));
  return [
    checked,
    {
      figure: "import10k",
      value: Math.round(fewer.read.ms + fewer.written.ms),
      unit: `ms, ${FEWER_ROWS} rows uploaded, every row judged, and imported, nobody else there`,
      previewedMs: Math.round(fewer.read.ms),
      importedMs: Math.round(fewer.written.ms),
      goodRows: fewer.goodRows,
      badRows: fewer.badRows,
    },
    {
      figure: "import100kPreview",
      value: Math.round(whole.read.ms),
      unit: `ms, ${ROWS} rows uploaded, judged and kept for the preview while people read lists`,
      goodRows: whole.goodRows,
      badRows: whole.badRows,
    },
    {
      figure: "import100kWrite",
      value: Math.round(whole.written.ms),
      unit: `ms, the good rows written into the catalog while people read lists`,
      rowsPerSecond: Math.round((whole.goodRows * 1_000) / whole.written.ms),
    },
    {
      figure: "listPageDuringImport",
      value: p95(whole.read.times),
      unit: `ms, p95 of ${LIST_PAGE}, opened every ${ARRIVAL_MS} ms, while a sheet is judged`,
      p95Quiet: p95(quiet),
      p95WhileImported: p95(whole.written.times),
      /** quality.md: 0.8 to 1.2 */
      ratioJudged: round(p95(whole.read.times) / p95(quiet)),
      ratioImported: round(p95(whole.written.times) / p95(quiet)),
      requests: quiet.length + whole.read.times.length + whole.written.times.length,
      loadAverage: round(loadavg()[0] ?? NaN),
    },
  ];
}

interface Timed {
  readonly ms: number;
  readonly times: number[];
}

/** Runs one step, with people who read lists meanwhile; answers its time and theirs. */
async function timed(work: () => Promise<void>, getList?: () => Promise<void>): Promise<Timed> {
  let done = false;
  const begun = performance.now();
  let ms = 0;
  const [times] = await Promise.all([
    getList ? readLists(getList, () => done) : [],
    work().finally(() => {
      done = true;
      ms = performance.now() - begun;
    }),
  ]);
  return { ms, times };
}

/** One sheet from upload to catalog, as a person does it. */
async function importOn(
  { address, cookie, db }: { readonly address: string; readonly cookie: string; readonly db: Database },
  bytes: Uint8Array,
  step: (work: () => Promise<void>) => Promise<Timed>,
): Promise<{ read: Timed; written: Timed; goodRows: number; badRows: number }> {
  const form = new FormData();
  form.set("project", "catalog");
  form.set("file", new File([Buffer.from(bytes)], "全市资源目录.xlsx"));
  let batchId = "";
  const read = await step(async () => {
    batchId = await post(address, cookie, "/catalog/import", form);
    await reaches(db, batchId, "previewed");
  });
  const [previewed] = await db.select().from(importBatches).where(eq(importBatches.id, batchId));
  if (!previewed) throw new Error("the batch is gone");
  const written = await step(async () => {
    const order = { intent: "confirm", policy: "goodRows", version: String(previewed.version) };
    await post(address, cookie, `/catalog/import/${batchId}`, new URLSearchParams(order));
    await reaches(db, batchId, "imported");
  });
  return { read, written, goodRows: previewed.goodRows, badRows: previewed.badRows };
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
