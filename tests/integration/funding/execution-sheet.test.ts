import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it, vi } from "vitest";
import * as XLSX from "xlsx";

import {
  contracts,
  domainEvents,
  files,
  messages,
  outbox,
  payments,
  paymentSheetRows,
  paymentSheets,
  projects,
} from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import {
  arrivalOf,
  contractOf,
  makePurses,
  makeSpending,
  paymentOf,
  type Purses,
} from "@tests/support/factories/execution";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import { confirmEntry } from "~/modules/funding/execution/confirm-entry.server";
import { enterEntry } from "~/modules/funding/execution/enter-entry.server";
import { applyPaymentSheet } from "~/modules/funding/execution/sheet/apply-payment-sheet.server";
import { discardPaymentSheet } from "~/modules/funding/execution/sheet/discard-payment-sheet.server";
import { loadMatchFacts } from "~/modules/funding/execution/sheet/match-facts.server";
import { readSheet } from "~/modules/funding/execution/sheet/sheet.queries.server";
import { unmatchedSheet } from "~/modules/funding/execution/sheet/unmatched-sheet.server";
import { uploadPaymentSheet } from "~/modules/funding/execution/sheet/upload-payment-sheet.server";
import { newId } from "~/platform/ids.server";

const db = testDatabase();
let city: TestCity;
let purses: Purses;
beforeAll(async () => {
  city = await makeCity(db);
  purses = await makePurses(city);
});
const filer = () => city.ctx(purses.filer);
const finance = () => city.ctx(purses.finance);
const finance2 = () => city.ctx(purses.finance2);

type CellValue = string | number;
function sheetOf(rows: readonly (readonly CellValue[])[], merges: XLSX.Range[] = []) {
  const sheet = XLSX.utils.aoa_to_sheet(rows.map((row) => [...row]));
  sheet["!merges"] = merges;
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, sheet, "支付明细");
  return {
    name: "国库支付明细.xlsx",
    bytes: new Uint8Array(XLSX.write(book, { type: "buffer", bookType: "xlsx" }) as Buffer),
  };
}

/** A project with a confirmed contract of 500 yuan, all of it arrived. */
async function spending(number: string) {
  const projectId = await makeSpending(city);
  const contract = accepted(await enterEntry(filer(), projectId, contractOf(50_000, { number })));
  accepted(await confirmEntry(finance(), { kind: "contract", entryId: contract.id, version: 1 }));
  const arrival = accepted(await enterEntry(finance(), projectId, arrivalOf(50_000)));
  accepted(await confirmEntry(filer(), { kind: "arrival", entryId: arrival.id, version: 1 }));
  return { projectId, contractId: contract.id };
}
const enterPayment = async (at: { projectId: string; contractId: string }, amount: number, voucher: string) =>
  accepted(await enterEntry(filer(), at.projectId, paymentOf(at.contractId, amount, { voucher }))).id;
const paymentRow = async (id: string) => (await db.select().from(payments).where(eq(payments.id, id)))[0];
const outcomes = async (sheetId: string) =>
  (await readSheet(db, purses.finance, sheetId, { match: undefined, page: 1 })).rows.map((row) => [
    row.rowNumber,
    row.problem?.code ?? row.match,
  ]);

describe("a treasury's payment sheet", () => {
  it("is read as it comes, previewed without touching anything, applied once, and leaves the rest with reasons", async () => {
    const tag = newId().slice(-6);
    const number = `HT-${tag}`;
    const at = await spending(number);
    const [byVoucher, byContract, differing] = [
      await enterPayment(at, 10_000, `PZ-${tag}-1`),
      await enterPayment(at, 7_000, `手填-${tag}`),
      await enterPayment(at, 3_000, `PZ-${tag}-3`),
    ];
    const file = sheetOf(
      [
        ["国库集中支付明细表（2026年4月）"],
        ["单位：元"],
        ["序号", "支付信息", "", "", "合同编号", "收款人"],
        ["", "支付日期", "凭证号", "金额", "", ""],
        [1, "2026年4月10日", `PZ-${tag}-1`, 100, number, "某公司"],
        [2, "2026-04-12", `PZ-${tag}-2`, 70, number, "某公司"],
        [3, "2026-04-10", `PZ-${tag}-3`, 31, number, "某公司"],
        [4, "2026-06-30", `PZ-${tag}-4`, 50, number, "某公司"],
        [5, "2026-06-30", `PZ-${tag}-5`, 50, "HT-不存在", "某公司"],
        [6, "六月", `PZ-${tag}-6`, 50, number, "某公司"],
        [7, "2026-06-30", `PZ-${tag}-4`, 50, number, "某公司"],
        ["合计", "", "", 401],
        ["制表人：李某"],
      ],
      [
        { s: { r: 0, c: 0 }, e: { r: 0, c: 5 } },
        { s: { r: 2, c: 1 }, e: { r: 2, c: 3 } },
      ],
    );
    const { sheetId } = accepted(await uploadPaymentSheet(finance(), file));
    expect(await outcomes(sheetId)).toEqual([
      [5, "confirms"],
      [6, "confirms"],
      [7, "amountDiffers"],
      [8, "enters"],
      [9, "contractUnknown"],
      [10, "dayUnreadable"],
      [11, "duplicateInSheet"],
    ]);
    expect((await paymentRow(byVoucher))?.state).toBe("entered");

    const applied = await applyPaymentSheet(finance(), { sheetId, version: 1 });
    expect(applied).toEqual({ ok: true, value: { confirmed: 2, entered: 1, moved: 0 } });
    expect(await paymentRow(byVoucher)).toMatchObject({
      state: "confirmed",
      sheetId,
      confirmedBy: purses.finance.userId,
    });
    // The treasury's voucher replaces the number the unit had put in its place.
    expect(await paymentRow(byContract)).toMatchObject({ state: "confirmed", voucher: `PZ-${tag}-2`, version: 2 });
    expect(await paymentRow(differing)).toMatchObject({ state: "entered", sheetId: null });
    const [entered] = await db
      .select()
      .from(payments)
      .where(eq(payments.voucher, `PZ-${tag}-4`));
    expect(entered).toMatchObject({ state: "entered", enteredBy: purses.finance.userId, amountFen: 5_000, sheetId });
    const events = await db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.type, "paymentConfirmed"), eq(domainEvents.subjectId, byVoucher)));
    expect(events).toHaveLength(1);
    expect(events[0]?.payload).toMatchObject({ projectId: at.projectId, amountFen: 10_000, sheetId });
    expect(await db.$count(outbox, and(eq(outbox.topic, "paymentConfirmed"), eq(outbox.subjectId, byContract)))).toBe(
      1,
    );

    // What finance entered itself, another person of finance confirms.
    const ref = { kind: "payment" as const, entryId: entered?.id ?? "", version: 1 };
    expect(await confirmEntry(finance(), ref)).toMatchObject({ ok: false, refusals: [{ code: "otherPerson" }] });
    accepted(await confirmEntry(finance2(), ref));
    expect(
      await db.$count(
        messages,
        and(eq(messages.userId, purses.finance2.userId), eq(messages.href, "/funding/execution#waiting")),
      ),
    ).toBe(1);

    // Applied twice has one effect; the same file is not taken again.
    expect(await applyPaymentSheet(finance(), { sheetId, version: 2 })).toMatchObject({
      ok: false,
      refusals: [{ code: "notInThisState" }],
    });
    await expect(applyPaymentSheet(finance(), { sheetId, version: 1 })).rejects.toMatchObject({ kind: "conflict" });
    expect(await uploadPaymentSheet(finance2(), file)).toMatchObject({
      ok: false,
      refusals: [{ code: "sheetKnown", facts: { id: sheetId } }],
    });

    // The list of what is left can be corrected and uploaded as it is.
    const left = await unmatchedSheet(finance(), sheetId);
    const book = XLSX.read(left.bytes, { type: "buffer" });
    const table = XLSX.utils.sheet_to_json<Record<string, unknown>>(book.Sheets[book.SheetNames[0] ?? ""] ?? {}, {
      defval: "",
    });
    expect(table.map((row) => row["未匹配原因"])).toEqual([
      expect.stringContaining("登记 30.00 元，明细表多 1.00 元"),
      "系统中没有合同编号“HT-不存在”，请核对，或请单位先登记合同。",
      expect.stringContaining("支付日期不是完整的年月日"),
      expect.stringContaining("与本表第 8 行是同一笔支付"),
    ]);
    const again = accepted(await uploadPaymentSheet(finance(), { name: left.name, bytes: left.bytes }));
    expect(await outcomes(again.sheetId)).toEqual([
      [2, "amountDiffers"],
      [3, "contractUnknown"],
      [4, "dayUnreadable"],
      [5, "voucherConfirmed"],
    ]);
  });

  it("clicked twice at once is applied once", async () => {
    const tag = newId().slice(-6);
    const at = await spending(`HT-${tag}`);
    const id = await enterPayment(at, 10_000, `PZ-${tag}`);
    const { sheetId } = accepted(
      await uploadPaymentSheet(
        finance(),
        sheetOf([
          ["支付日期", "凭证号", "支付金额"],
          ["2026-04-10", `PZ-${tag}`, 100],
        ]),
      ),
    );
    const results = await Promise.allSettled([1, 2].map(() => applyPaymentSheet(finance(), { sheetId, version: 1 })));
    expect(results.filter((r) => r.status === "fulfilled" && r.value.ok)).toHaveLength(1);
    expect(await paymentRow(id)).toMatchObject({ state: "confirmed", version: 2 });
  });

  it("what changed since the preview is left with its new reason, and nothing that nobody saw is done", async () => {
    const tag = newId().slice(-6);
    const at = await spending(`HT-${tag}`);
    const [kept, lost] = [await enterPayment(at, 10_000, `PZ-${tag}-1`), await enterPayment(at, 5_000, `PZ-${tag}-2`)];
    const rows = [
      ["支付日期", "凭证号", "支付金额"],
      ["2026-04-10", `PZ-${tag}-1`, 100],
      ["2026-04-10", `PZ-${tag}-2`, 50],
    ];
    const { sheetId } = accepted(await uploadPaymentSheet(finance(), sheetOf(rows)));
    accepted(await confirmEntry(finance2(), { kind: "payment", entryId: lost, version: 1 }));
    expect(await applyPaymentSheet(finance(), { sheetId, version: 1 })).toEqual({
      ok: true,
      value: { confirmed: 1, entered: 0, moved: 1 },
    });
    expect(await outcomes(sheetId)).toEqual([
      [2, "confirms"],
      [3, "voucherConfirmed"],
    ]);
    expect((await paymentRow(kept))?.state).toBe("confirmed");
  });

  it("when nothing holds any more it stays open with the new reasons", async () => {
    const tag = newId().slice(-6);
    const at = await spending(`HT-${tag}`);
    await enterPayment(at, 10_000, `PZ-${tag}`);
    const rows = [
      ["支付日期", "凭证号", "支付金额"],
      ["2026-04-10", `PZ-${tag}`, 100],
    ];
    const { sheetId } = accepted(await uploadPaymentSheet(finance(), sheetOf(rows)));
    await db.update(projects).set({ stage: "suspended" }).where(eq(projects.id, at.projectId));
    expect(await applyPaymentSheet(finance(), { sheetId, version: 1 })).toMatchObject({
      value: { confirmed: 0, moved: 1 },
    });
    expect(await outcomes(sheetId)).toEqual([[2, "projectSuspended"]]);
    expect(await applyPaymentSheet(finance(), { sheetId, version: 2 })).toMatchObject({
      refusals: [{ code: "nothingToApply" }],
    });
    accepted(await discardPaymentSheet(finance(), { sheetId, version: 2 }));
    accepted(await uploadPaymentSheet(finance(), sheetOf(rows)));
  });

  it("is finance's of its region only", async () => {
    const file = sheetOf([
      ["支付日期", "支付金额"],
      ["2026-04-10", 100],
    ]);
    const { sheetId } = accepted(await uploadPaymentSheet(finance(), file));
    await expect(uploadPaymentSheet(filer(), file)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(applyPaymentSheet(filer(), { sheetId, version: 1 })).rejects.toMatchObject({ kind: "forbidden" });
    const elsewhere = await makeCity(db);
    const stranger = elsewhere.ctx(await elsewhere.as("financeReviewer"));
    for (const act of [applyPaymentSheet, discardPaymentSheet])
      await expect(act(stranger, { sheetId, version: 1 })).rejects.toMatchObject({ kind: "notFound" });
    await expect(unmatchedSheet(stranger, sheetId)).rejects.toMatchObject({ kind: "notFound" });
    await expect(readSheet(db, stranger.actor, sheetId, { match: undefined, page: 1 })).rejects.toMatchObject({
      kind: "notFound",
    });
  });

  it.each<[string, { name: string; bytes: Uint8Array }, string]>([
    ["no sheet", { name: "a.xlsx", bytes: new Uint8Array([37, 80, 68, 70, 45, 49]) }, "sheet.notASheet"],
    ["an empty file", { name: "a.xlsx", bytes: new Uint8Array() }, "sheet.emptyFile"],
    [
      "another table",
      sheetOf([
        ["资源名称", "共享类型"],
        ["甲", "乙"],
      ]),
      "table.headerNotFound",
    ],
    ["no rows", sheetOf([["支付日期", "支付金额"]]), "table.noRows"],
  ])("%s is refused", async (_name, file, code) => {
    expect(await uploadPaymentSheet(finance(), file)).toMatchObject({ ok: false, refusals: [{ code }] });
  });
});

describe("1,000 rows", () => {
  it("take as many statements as ten rows", async () => {
    const fresh = await makeCity(db);
    const people = await makePurses(fresh);
    const now = new Date();
    const held = { state: "confirmed" as const, enteredBy: "a", enteredAt: now, confirmedBy: "b", confirmedAt: now };
    const projectIds = await Promise.all(
      Array.from({ length: 50 }, () => makeSpending(fresh, { approvedFen: fen(1_000_000_000) })),
    );
    const { arrivals } = await import("@db/schema");
    const own = (projectId: string) => ({ id: newId(), projectId, regionId: fresh.regionId, ...held });
    await db
      .insert(arrivals)
      .values(
        projectIds.map((id) => ({ ...own(id), amountFen: fen(1_000_000_000), arrivedOn: localDate("2026-03-02") })),
      );
    const bought = projectIds.map((id, index) => ({
      ...own(id),
      number: `BULK-${index}`,
      name: "合同",
      supplier: "某公司",
      procurementMethod: "openTender" as const,
      amountFen: fen(1_000_000_000),
      signedOn: localDate("2026-03-02"),
    }));
    await db.insert(contracts).values(bought);
    await db.insert(payments).values(
      Array.from({ length: 600 }, (_, n) => ({
        id: newId(),
        projectId: bought[n % 50]?.projectId ?? "",
        contractId: bought[n % 50]?.id ?? "",
        regionId: fresh.regionId,
        amountFen: fen(10_000 + n),
        paidOn: localDate("2026-04-10"),
        voucher: `BV-${n}`,
        state: "entered" as const,
        enteredBy: people.filer.userId,
        enteredAt: now,
      })),
    );
    const line = (n: number): CellValue[] => ["2026-04-10", `BV-${n}`, (10_000 + n) / 100, `BULK-${n % 50}`];
    const big = sheetOf([
      ["支付日期", "凭证号", "支付金额", "合同编号"],
      ...Array.from({ length: 1_000 }, (_, n) => line(n)),
    ]);
    const ctx = fresh.ctx(people.finance);

    const statements = async (work: () => Promise<unknown>): Promise<number> => {
      const prepare = vi.spyOn(
        Object.getPrototypeOf((db as unknown as { session: object }).session) as { prepareQuery: () => unknown },
        "prepareQuery",
      );
      try {
        await work();
        return prepare.mock.calls.length;
      } finally {
        prepare.mockRestore();
      }
    };
    const rowsOf = (many: number) =>
      Array.from({ length: many }, (_, n) => ({
        ...EMPTY,
        rowNumber: n,
        contractNumber: `BULK-${n % 50}`,
        voucher: `BV-${n}`,
      }));
    const count = (many: number) => statements(() => db.transaction((tx) => loadMatchFacts(tx, ctx, rowsOf(many))));
    expect(await count(1_000)).toBe(await count(10));

    const started = performance.now();
    const { sheetId } = accepted(await uploadPaymentSheet(ctx, big));
    const read = performance.now();
    const applied = accepted(await applyPaymentSheet(ctx, { sheetId, version: 1 }));
    const done = performance.now();
    // Same contract, near day, other amounts are open: the 400 new ones are told apart from them or entered.
    expect(applied.confirmed).toBe(600);
    expect(applied.confirmed + applied.entered).toBeLessThanOrEqual(1_000);
    expect(read - started).toBeLessThan(8_000);
    expect(done - read).toBeLessThan(8_000);
    expect(await db.$count(paymentSheetRows, eq(paymentSheetRows.sheetId, sheetId))).toBe(1_000);
    expect(await db.$count(paymentSheets, eq(paymentSheets.regionId, fresh.regionId))).toBe(1);
    expect(await db.$count(files, eq(files.regionId, fresh.regionId))).toBe(1);
  }, 60_000);
});

const EMPTY = {
  projectCode: "",
  projectName: "",
  unitName: "",
  payee: "",
  purpose: "",
  amountText: "",
  amountFen: null,
  paidText: "",
  paidOn: null,
};
