import { and, eq, inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as XLSX from "xlsx";

import { auditEntries, domainEvents, intakeRows, intakeSheets, outbox, serviceMatters } from "@db/schema";
import { seedReference } from "@seeds/reference/index";
import { makeCity, type TestCity } from "@tests/support/factories";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { keysOf, MATTER_TYPES } from "~/kernel/vocabulary";
import { newId } from "~/platform/ids.server";
import { applySheet } from "~/platform/intake/apply-sheet.server";
import { discardSheet } from "~/platform/intake/discard-sheet.server";
import { readIntakeSheet, recentIntakeSheets, waitingIntakeSheets } from "~/platform/intake/intake.queries.server";
import { sayIntakeRefusal } from "~/platform/intake/intake.refusals";
import type { IntakeKind, IntakeProblem } from "~/platform/intake/intake.types";
import { errorSheet, exportSheet, templateOf } from "~/platform/intake/register-sheets.server";
import { takeSheet } from "~/platform/intake/take-sheet.server";
import { recordAll } from "~/platform/transaction.server";
import { stopWorkers } from "~/platform/workers/worker-task.server";

const db = testDatabase();
let city: TestCity;
let filer: Actor;
afterAll(stopWorkers);
beforeAll(async () => {
  await seedReference(db);
  city = await makeCity(db);
  filer = await city.as("filer");
  // Starts the worker that reads sheets: reading has less patience than a busy machine may need to start one.
  await templateOf(KIND);
});
const ctx = (actor = filer) => city.ctx(actor);

type Matter = typeof serviceMatters.$inferInsert;

/** A register as small as one can be: the matters of the own unit by code, name and type. */
const KIND: IntakeKind<Matter> = {
  key: "test-matters",
  action: "matter:edit",
  title: "测试事项清单",
  counter: "个事项",
  listHref: "/matters",
  columns: [
    { key: "code", title: "事项编码", synonyms: ["编码"], required: true, example: "SX-1", hint: "全市唯一" },
    { key: "name", title: "事项名称", synonyms: ["事项"], required: true, example: "某事项" },
    { key: "type", title: "事项类型", choices: Object.values(MATTER_TYPES) },
  ],
  judge: async (tx, { actor }, rows) => {
    const codes = rows.map(({ values }) => values.code ?? "");
    const found = await tx.select().from(serviceMatters).where(inArray(serviceMatters.code, codes));
    const known = new Map(found.map((matter) => [matter.code, matter]));
    return rows.map(({ rowNumber, values }) => {
      const { code = "", name = "" } = values;
      const type = keysOf(MATTER_TYPES).find((each) => MATTER_TYPES[each] === values.type) ?? "publicService";
      const matter = known.get(code);
      const problems: IntakeProblem[] = [];
      if (values.type && MATTER_TYPES[type] !== values.type)
        problems.push({ column: "type", message: `“${values.type}”不是事项类型。` });
      if (name === "") problems.push({ column: "name", message: "请填写事项名称。" });
      if (matter && matter.unitId !== actor.unitId)
        problems.push({ column: "code", message: "这个事项属于其他单位。" });
      if (problems.length > 0) return { rowNumber, outcome: "problem", label: code, changes: [], problems };
      const data = { id: matter?.id ?? newId(), regionId: actor.regionId, unitId: actor.unitId, code, name, type };
      const same = matter?.name === name && matter.type === type;
      return {
        rowNumber,
        outcome: matter ? (same ? "same" : "change") : "add",
        label: `${code} ${name}`,
        changes: same ? [] : [{ title: "事项名称", before: matter?.name ?? "", after: name }],
        problems: [],
        data,
      };
    });
  },
  apply: async (tx, context, rows) => {
    const matters = rows.flatMap(({ data }) => data ?? []);
    await tx
      .insert(serviceMatters)
      .values(matters)
      .onConflictDoUpdate({
        target: [serviceMatters.regionId, serviceMatters.code],
        set: { name: sql`excluded.name`, type: sql`excluded.type` },
      });
    await recordAll(
      tx,
      context,
      matters.map(({ id, regionId, name }) => ({
        action: "matter:edit" as const,
        event: "testMatterTaken",
        object: { type: "matter", id: String(id), regionId },
        payload: { name },
      })),
    );
  },
};

type Cells = readonly (readonly (string | number)[])[];
const HEAD = ["事项编码", "事项名称", "事项类型"];
function sheetOf(rows: Cells, name = "事项.xlsx") {
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows.map((row) => [...row])), "事项");
  const bytes = new Uint8Array(XLSX.write(book, { type: "buffer", bookType: "xlsx" }) as Buffer);
  return { name, bytes };
}
let marks = 0;
/** A beginning of codes that no other test has. */
const mark = () => `SX-${++marks}`;
const addMatter = async (code: string, name: string, unitId = city.unitId) => {
  await db.insert(serviceMatters).values({ id: newId(), regionId: city.regionId, unitId, code, name });
};
const nameOf = async (code: string) =>
  (await db.select({ name: serviceMatters.name }).from(serviceMatters).where(eq(serviceMatters.code, code)))[0]?.name;
const take = async (rows: Cells, name?: string) => accepted(await takeSheet(ctx(), KIND, sheetOf(rows, name))).sheetId;
const read = (sheetId: string, more: { outcome?: "problem"; page?: number } = {}) =>
  readIntakeSheet(db, filer, KIND, sheetId, { outcome: more.outcome, page: more.page ?? 1 });
const codesOf = (result: { ok: boolean; refusals?: readonly { code: string }[] }) =>
  result.ok ? [] : (result.refusals ?? []).map(({ code }) => code);
const cellsOf = (bytes: Uint8Array, sheet: string) =>
  XLSX.utils.sheet_to_json<string[]>(XLSX.read(bytes).Sheets[sheet] ?? {}, { header: 1 });

describe("a sheet from upload to register", () => {
  it("is read as it comes, previewed without writing anything, applied once, and tells what became of it", async () => {
    const at = mark();
    await addMatter(`${at}-1`, "旧名称");
    await addMatter(`${at}-2`, "一样的名称");
    const sheetId = await take([
      ["测试事项清单（2026年）"],
      [],
      ["责任人", "事项", "编码", "事项类型"],
      ["（示例）李某", "某事项", "SX-0", "公共服务"],
      ["李某", "新名称", `${at}-1`, ""],
      ["李某", "一样的名称", `${at}-2`, ""],
      ["李某", "新事项", `${at}-3`, "行政许可"],
      ["合计", "3"],
      ["填表人：李某"],
    ]);
    const preview = await read(sheetId);
    expect(preview.sheet).toMatchObject({
      state: "read",
      totalRows: 3,
      add: 1,
      change: 1,
      same: 1,
      problem: 0,
      version: 1,
    });
    expect(preview.understood).toEqual({ sheet: "事项", headerRow: 3, dropped: 3, unknownHeaders: ["责任人"] });
    expect(preview.rows.map(({ rowNumber, outcome, changes }) => [rowNumber, outcome, ...changes])).toEqual([
      [5, "change", { title: "事项名称", before: "旧名称", after: "新名称" }],
      [6, "same"],
      [7, "add", { title: "事项名称", before: "", after: "新事项" }],
    ]);
    expect(await nameOf(`${at}-1`)).toBe("旧名称");
    expect(await nameOf(`${at}-3`)).toBeUndefined();

    expect(await applySheet(ctx(), KIND, { sheetId, version: 1 }, "all")).toEqual({ ok: true, value: { applied: 2 } });
    expect([await nameOf(`${at}-1`), await nameOf(`${at}-3`)]).toEqual(["新名称", "新事项"]);
    expect((await read(sheetId)).sheet).toMatchObject({ state: "applied", appliedRows: 2, version: 2 });

    const events = await db.select().from(domainEvents).where(eq(domainEvents.subjectId, sheetId));
    expect(events.map(({ type }) => type).sort()).toEqual(["intakeSheetApplied", "intakeSheetRead"]);
    expect(events.find(({ type }) => type === "intakeSheetApplied")?.payload).toMatchObject({
      kind: "test-matters",
      mode: "all",
      add: 1,
      change: 1,
      left: 1,
    });
    const messages = await db.select().from(outbox).where(eq(outbox.subjectId, sheetId));
    const trail = await db.select().from(auditEntries).where(eq(auditEntries.objectId, sheetId));
    expect([messages.length, trail.length]).toEqual([2, 2]);
  });

  it("takes only the good rows when the person says so, and refuses all of them while one is bad", async () => {
    const at = mark();
    const sheetId = await take([HEAD, [`${at}-1`, "好的"], [`${at}-2`, ""], [`${at}-3`, "坏的类型", "自选"]]);
    const { sheet, rows, total } = await read(sheetId, { outcome: "problem" });
    expect([sheet.problem, total]).toEqual([2, 2]);
    expect(rows.map(({ problems }) => problems)).toEqual([
      [{ column: "name", message: "请填写事项名称。" }],
      [{ column: "type", message: "“自选”不是事项类型。" }],
    ]);
    const refused = await applySheet(ctx(), KIND, { sheetId, version: 1 }, "all");
    expect(refused).toEqual({ ok: false, refusals: [{ code: "problemsLeft", facts: { rows: 2 } }] });
    expect(accepted(await applySheet(ctx(), KIND, { sheetId, version: 1 }, "good"))).toEqual({ applied: 1 });
    expect([await nameOf(`${at}-1`), await nameOf(`${at}-2`), await nameOf(`${at}-3`)]).toEqual([
      "好的",
      undefined,
      undefined,
    ]);
  });

  it("has nothing to apply when all is the same or bad", async () => {
    const at = mark();
    await addMatter(`${at}-1`, "一样");
    const sheetId = await take([HEAD, [`${at}-1`, "一样"], [`${at}-2`, ""]]);
    expect(codesOf(await applySheet(ctx(), KIND, { sheetId, version: 1 }, "good"))).toEqual(["nothingToApply"]);
  });

  it("of another unit's matter is judged under the own scope", async () => {
    const at = mark();
    await addMatter(`${at}-1`, "别家的", city.otherUnitId);
    const { rows } = await read(await take([HEAD, [`${at}-1`, "改名"]]));
    expect(rows[0]?.problems).toEqual([{ column: "code", message: "这个事项属于其他单位。" }]);
  });
});

describe("what happens between preview and applying", () => {
  it("a moved value is shown anew instead of being written, and then written as it was shown", async () => {
    const at = mark();
    await addMatter(`${at}-1`, "甲");
    const sheetId = await take([HEAD, [`${at}-1`, "乙"], [`${at}-2`, "丙"]]);
    await db
      .update(serviceMatters)
      .set({ name: "丁" })
      .where(eq(serviceMatters.code, `${at}-1`));
    const refused = await applySheet(ctx(), KIND, { sheetId, version: 1 }, "all");
    expect(refused).toEqual({ ok: false, refusals: [{ code: "changedSincePreview", facts: { rows: 1 } }] });
    expect([await nameOf(`${at}-1`), await nameOf(`${at}-2`)]).toEqual(["丁", undefined]);
    const { sheet, rows } = await read(sheetId);
    expect(sheet).toMatchObject({ state: "read", version: 2 });
    expect(rows[0]?.changes).toEqual([{ title: "事项名称", before: "丁", after: "乙" }]);
    await expect(applySheet(ctx(), KIND, { sheetId, version: 1 }, "all")).rejects.toMatchObject({ kind: "conflict" });
    expect(accepted(await applySheet(ctx(), KIND, { sheetId, version: 2 }, "all"))).toEqual({ applied: 2 });
    const events = await db.select().from(domainEvents).where(eq(domainEvents.subjectId, sheetId));
    expect(events.map(({ type }) => type).sort()).toEqual([
      "intakeSheetApplied",
      "intakeSheetRead",
      "intakeSheetRejudged",
    ]);
  });

  it("a row that somebody else took meanwhile is a problem, also for the good rows alone", async () => {
    const at = mark();
    const sheetId = await take([HEAD, [`${at}-1`, "我的"], [`${at}-2`, "也是我的"]]);
    await addMatter(`${at}-1`, "别家的", city.otherUnitId);
    expect(codesOf(await applySheet(ctx(), KIND, { sheetId, version: 1 }, "good"))).toEqual(["changedSincePreview"]);
    expect((await read(sheetId)).sheet).toMatchObject({ add: 1, problem: 1, version: 2 });
    expect(accepted(await applySheet(ctx(), KIND, { sheetId, version: 2 }, "good"))).toEqual({ applied: 1 });
    expect(await nameOf(`${at}-1`)).toBe("别家的");
  });

  it("a double submit has one effect", async () => {
    const at = mark();
    const sheetId = await take([HEAD, [`${at}-1`, "一次"]]);
    const twice = await Promise.allSettled([1, 2].map(() => applySheet(ctx(), KIND, { sheetId, version: 1 }, "all")));
    expect(twice.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const taken = await db
      .select()
      .from(domainEvents)
      .innerJoin(serviceMatters, eq(serviceMatters.id, domainEvents.subjectId))
      .where(and(eq(domainEvents.type, "testMatterTaken"), eq(serviceMatters.code, `${at}-1`)));
    expect(taken).toHaveLength(1);
    expect(codesOf(await applySheet(ctx(), KIND, { sheetId, version: 2 }, "all"))).toEqual(["notInThisState"]);
    expect(codesOf(await discardSheet(ctx(), KIND, { sheetId, version: 2 }))).toEqual(["notInThisState"]);
  });

  it("a failure while applying leaves nothing", async () => {
    const at = mark();
    const sheetId = await take([HEAD, [`${at}-1`, "半途"]]);
    const failing: IntakeKind<Matter> = {
      ...KIND,
      apply: async (tx, context, rows) => {
        await KIND.apply(tx, context, rows);
        throw new Error("the disk is full");
      },
    };
    await expect(applySheet(ctx(), failing, { sheetId, version: 1 }, "all")).rejects.toThrow("the disk is full");
    expect(await nameOf(`${at}-1`)).toBeUndefined();
    expect((await read(sheetId)).sheet).toMatchObject({ state: "read", version: 1 });
  });

  it("a kind that answers out of order or leaves a row out is a fault, and nothing is kept", async () => {
    const rows: Cells = [HEAD, [mark(), "甲"], [mark(), "乙"]];
    const file = sheetOf(rows);
    const backwards = {
      ...KIND,
      judge: async (...given: Parameters<typeof KIND.judge>) => [...(await KIND.judge(...given))].reverse(),
    };
    const short = {
      ...KIND,
      judge: async (...given: Parameters<typeof KIND.judge>) => (await KIND.judge(...given)).slice(1),
    };
    await expect(takeSheet(ctx(), backwards, file)).rejects.toThrow("out of their order");
    await expect(takeSheet(ctx(), short, file)).rejects.toThrow("judged 1 of 2 rows");
    expect((await takeSheet(ctx(), KIND, file)).ok).toBe(true);
  });
});

describe("who may", () => {
  it("a sheet of another person, unit or kind does not exist", async () => {
    const at = mark();
    const sheetId = await take([HEAD, [`${at}-1`, ""], [`${at}-2`, "好的"]]);
    const ref = { sheetId, version: 1 };
    for (const other of [
      await city.as("filer"),
      await city.as("filer", city.otherUnitId),
      await city.as("bureauReviewer"),
    ]) {
      const missing = { kind: "notFound" };
      await expect(applySheet(ctx(other), KIND, ref, "good")).rejects.toMatchObject(missing);
      await expect(discardSheet(ctx(other), KIND, ref)).rejects.toMatchObject(missing);
      await expect(readIntakeSheet(db, other, KIND, sheetId, { outcome: undefined, page: 1 })).rejects.toMatchObject(
        missing,
      );
      await expect(errorSheet(db, other, KIND, sheetId)).rejects.toMatchObject(missing);
      expect((await recentIntakeSheets(db, other, KIND)).map(({ id }) => id)).not.toContain(sheetId);
    }
    const otherKind = { ...KIND, key: "other" };
    await expect(applySheet(ctx(), otherKind, ref, "good")).rejects.toMatchObject({ kind: "notFound" });
    await expect(errorSheet(db, filer, otherKind, sheetId)).rejects.toMatchObject({ kind: "notFound" });
  });
  it("without the permission of the kind nothing is taken in", async () => {
    const expert = await city.as("expert");
    await expect(takeSheet(ctx(expert), KIND, sheetOf([HEAD, [mark(), "甲"]]))).rejects.toMatchObject({
      kind: "forbidden",
    });
  });
});

describe("the same file", () => {
  const rows = (at: string): Cells => [HEAD, [`${at}-1`, "甲"]];
  it("waits once for one person, and is named by the refusal", async () => {
    const file = sheetOf(rows(mark()), "第一次.xlsx");
    const { sheetId } = accepted(await takeSheet(ctx(), KIND, file));
    const again = await takeSheet(ctx(), KIND, { ...file, name: "第二次.xlsx" });
    expect(again).toEqual({
      ok: false,
      refusals: [{ code: "sheetKnown", facts: { id: sheetId, name: "第一次.xlsx" } }],
    });
    const colleague = await city.as("filer");
    expect((await takeSheet(ctx(colleague), KIND, file)).ok).toBe(true);
    expect((await takeSheet(ctx(), { ...KIND, key: "other" }, file)).ok).toBe(true);
  });
  it("uploaded twice at once is kept once", async () => {
    const file = sheetOf(rows(mark()));
    const both = await Promise.all([1, 2].map(() => takeSheet(ctx(), KIND, file)));
    expect(both.flatMap(codesOf)).toEqual(["sheetKnown"]);
  });
  it("may come again after it was given up or applied", async () => {
    const file = sheetOf(rows(mark()));
    const first = accepted(await takeSheet(ctx(), KIND, file)).sheetId;
    expect((await discardSheet(ctx(), KIND, { sheetId: first, version: 1 })).ok).toBe(true);
    expect((await read(first)).sheet).toMatchObject({ state: "discarded", version: 2 });
    await expect(discardSheet(ctx(), KIND, { sheetId: first, version: 1 })).rejects.toMatchObject({ kind: "conflict" });
    const second = accepted(await takeSheet(ctx(), KIND, file)).sheetId;
    expect((await waitingIntakeSheets(db, filer)).map(({ id }) => id)).toContain(second);
    accepted(await applySheet(ctx(), KIND, { sheetId: second, version: 1 }, "all"));
    const third = accepted(await takeSheet(ctx(), KIND, file)).sheetId;
    expect((await read(third)).sheet).toMatchObject({ same: 1, add: 0 });
  });
});

describe("files", () => {
  it("in GBK are read like any other", async () => {
    const at = mark();
    const head = Buffer.from([
      0xca, 0xc2, 0xcf, 0xee, 0xb1, 0xe0, 0xc2, 0xeb, 0x2c, 0xca, 0xc2, 0xcf, 0xee, 0xc3, 0xfb, 0xb3, 0xc6, 0x0a,
    ]);
    // 事项编码,事项名称 and 水利工程许可, as a Chinese spreadsheet program saves .csv.
    const row = Buffer.concat([
      Buffer.from(`${at}-1,`),
      Buffer.from([0xcb, 0xae, 0xc0, 0xfb, 0xb9, 0xa4, 0xb3, 0xcc, 0xd0, 0xed, 0xbf, 0xc9, 0x0a]),
    ]);
    const bytes = new Uint8Array(Buffer.concat([head, row]));
    const { sheetId } = accepted(await takeSheet(ctx(), KIND, { name: "C:\\资料\\事项.csv", bytes }));
    const { sheet, rows } = await read(sheetId);
    expect([sheet.fileName, rows[0]?.label]).toEqual(["事项.csv", `${at}-1 水利工程许可`]);
  });
  it.each<[string, () => { name: string; bytes: Uint8Array }, string, RegExp]>([
    [
      "that is no sheet",
      () => ({ name: "a.xlsx", bytes: new TextEncoder().encode("%PDF-1.7 …") }),
      "sheet.notASheet",
      /不是表格/,
    ],
    [
      "without a required column",
      () =>
        sheetOf([
          ["事项编码", "事项类型"],
          ["SX", ""],
        ]),
      "table.columnsMissing",
      /缺少：事项名称/,
    ],
    ["without rows", () => sheetOf([HEAD]), "table.noRows", /没有数据/],
    [
      "with more rows than one go takes",
      () => sheetOf([HEAD, ...Array.from({ length: 20_001 }, (_, n) => [`SX-多-${n}`, "甲"])]),
      "tooManyRows",
      /20001 行数据，超过一次导入 20000 行/,
    ],
  ])("%s is refused and not kept", async (_, file, code, sentence) => {
    const before = await db.$count(intakeSheets);
    const refused = await takeSheet(ctx(), KIND, file());
    expect(codesOf(refused)).toEqual([code]);
    if (!refused.ok && refused.refusals[0]) expect(sayIntakeRefusal(refused.refusals[0])).toMatch(sentence);
    expect(await db.$count(intakeSheets)).toBe(before);
  });
});

describe("a cell whose formula failed", () => {
  it("is a problem in any register, whatever its kind says of the row", async () => {
    const { rows } = await read(await take([HEAD, [mark(), "#REF!"]]));
    expect(rows[0]).toMatchObject({
      outcome: "problem",
      changes: [],
      problems: [{ column: "name", message: "公式出错（#REF!），请改为实际内容。" }],
    });
  });
});

describe("the sheets that go out", () => {
  it("the bad rows come back as they were, with what is wrong, can run no formula, and can be mended and taken in", async () => {
    const at = mark();
    const evil = `=HYPERLINK("http://x","y")`;
    const sheetId = await take([HEAD, [`${at}-1`, ""], [`${at}-2`, "好的"], [`${at}-3`, evil, "自选"]], "清单.xlsx");
    const made = await errorSheet(db, filer, KIND, sheetId);
    expect(made.name).toBe("清单-待改正.xlsx");
    const cells = cellsOf(made.bytes, "待改正").map((row) => Array.from(row, (cell) => cell ?? ""));
    expect(cells).toEqual([
      ["事项编码*", "事项名称*", "事项类型", "问题"],
      [`${at}-1`, "", "", "事项名称：请填写事项名称。"],
      [`${at}-3`, `'${evil}`, "自选", "事项类型：“自选”不是事项类型。"],
    ]);
    const stored = XLSX.read(made.bytes).Sheets["待改正"] ?? {};
    expect(Object.values(stored).some((cell) => (cell as { f?: string }).f !== undefined)).toBe(false);

    const mended = cells.map((row, index) => (index === 1 ? [row[0] ?? "", "补上的名称", "", row[3] ?? ""] : row));
    const again = await take(mended, "清单-待改正.xlsx");
    const { sheet, rows } = await read(again);
    expect([sheet.add, sheet.problem]).toEqual([1, 1]);
    expect(rows[0]?.label).toBe(`${at}-1 补上的名称`);
    const [bad] = await db
      .select()
      .from(intakeRows)
      .where(and(eq(intakeRows.sheetId, again), eq(intakeRows.rowNumber, 3)));
    expect(bad?.values.name).toBe(evil);
    accepted(await applySheet(ctx(), KIND, { sheetId: again, version: 1 }, "good"));
    const clean = await take([HEAD, [`${at}-9`, "好的"]]);
    await expect(errorSheet(db, filer, KIND, clean)).rejects.toMatchObject({ kind: "notFound" });
  });

  it("the template has headers, drop-downs and hints, and its example is not taken in", async () => {
    const made = await templateOf(KIND);
    expect(made.name).toBe("测试事项清单导入模板.xlsx");
    expect(cellsOf(made.bytes, "测试事项清单")).toEqual([
      ["事项编码*", "事项名称*", "事项类型"],
      ["（示例）SX-1", "某事项"],
    ]);
    expect(cellsOf(made.bytes, "填写说明")).toContainEqual(["事项编码", "必填", "全市唯一"]);
    expect(cellsOf(made.bytes, "可选内容").slice(1).flat()).toEqual(Object.values(MATTER_TYPES));
    expect(codesOf(await takeSheet(ctx(), KIND, made))).toEqual(["table.noRows"]);
  });

  it("an exported list comes back as it went out", async () => {
    const at = mark();
    await addMatter(`${at}-1`, "-开头的名称");
    const made = await exportSheet(
      KIND,
      [{ code: `${at}-1`, name: "-开头的名称", type: MATTER_TYPES.publicService, state: "在用" }],
      { today: ctx().today, author: filer.unitName, more: "超过 1 行的部分未导出" },
      [{ key: "state", title: "状态" }],
    );
    expect(cellsOf(made.bytes, "测试事项清单")[0]).toEqual([
      `导出日期：${ctx().today}，共 1 行；超过 1 行的部分未导出`,
    ]);
    const { sheet, understood } = await read(accepted(await takeSheet(ctx(), KIND, made)).sheetId);
    expect(sheet).toMatchObject({ totalRows: 1, same: 1 });
    expect(understood?.unknownHeaders).toEqual(["状态"]);
  });
});

describe("5,000 rows", () => {
  it("take a statement more for each thousand that is stored, not for each row", async () => {
    const statements = async <T>(work: () => Promise<T>): Promise<[number, T]> => {
      const session = Object.getPrototypeOf((db as unknown as { session: object }).session) as {
        prepareQuery: () => unknown;
      };
      const prepare = vi.spyOn(session, "prepareQuery");
      try {
        const done = await work();
        return [prepare.mock.calls.length, done];
      } finally {
        prepare.mockRestore();
      }
    };
    const run = async (many: number) => {
      const at = mark();
      const file = sheetOf([HEAD, ...Array.from({ length: many }, (_, n) => [`${at}-${n}`, `事项${n}`])]);
      const [taking, taken] = await statements(() => takeSheet(ctx(), KIND, file));
      const ref = { sheetId: accepted(taken).sheetId, version: 1 };
      const [applying, applied] = await statements(() => applySheet(ctx(), KIND, ref, "all"));
      expect(accepted(applied)).toEqual({ applied: many });
      return [taking, applying] as const;
    };
    const [few, many] = [await run(10), await run(5_000)];
    expect(many[0] - few[0]).toBeLessThanOrEqual(5);
    // The register's own three rows of trail come a thousand at a time.
    expect(many[1] - few[1]).toBeLessThanOrEqual(20);
  }, 120_000);
});
