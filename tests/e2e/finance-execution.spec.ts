import { expect, test, type Page } from "@playwright/test";
import { readFile } from "node:fs/promises";
import * as XLSX from "xlsx";

import { pdfNamed } from "./support/catalog-sheet";
import { confirm, logIn, optionNaming, press } from "./support/people";

/**
 * Money from the contract to the confirmed payment: the unit enters, finance confirms, what exceeds a limit is refused with
 * the figures, and a treasury's sheet confirms, enters and leaves rows with reasons.
 */
test.describe.configure({ mode: "serial" });
test.setTimeout(120_000);

const PROJECT = "数字高清底图";
const STAMP = "E2E-2026-07";
let people: Record<"filer" | "finance" | "finance2", Page>;
let executionUrl = "";

test.beforeAll(async ({ browser }) => {
  const names = ["filer", "finance", "finance2"] as const;
  const pages: Partial<typeof people> = {};
  for (const name of names) pages[name] = await logIn(browser, name);
  people = pages as typeof people;
});

const main = (page: Page) => page.getByRole("main");
const head = (page: Page) => main(page).locator("header").first();

/** What a figure of the project's page shows. */
async function figure(page: Page, label: string): Promise<number> {
  await page.goto(executionUrl);
  const card = main(page).getByText(label, { exact: true }).locator("xpath=../..");
  const text = await card
    .locator("p")
    .filter({ hasText: /[\d,]+\.\d+/ })
    .first()
    .innerText();
  return Number(/(-?[\d,]+\.\d+)/.exec(text)?.[1]?.replaceAll(",", ""));
}

async function enterContract(page: Page, number: string, amount: string): Promise<void> {
  await page.goto(`${executionUrl}/contract`);
  await page.getByLabel("合同名称").fill(`底图成果检查合同 ${number}`);
  await page.getByLabel("合同编号").fill(number);
  await page.getByLabel("采购方式").selectOption({ label: "限额以下自行采购" });
  await page.getByLabel("供应商名称").fill("广东云岭数字科技有限公司");
  await page.getByLabel("供应商统一社会信用代码").fill("91350100M000100Y43");
  await page.getByLabel("金额").fill(amount);
  await page.getByLabel("签订日期").fill("2026-07-01");
  await page.getByLabel("合同扫描件").setInputFiles(pdfNamed(`${number}.pdf`));
  await press(page, "提交确认");
}

async function enterPayment(page: Page, contract: string, voucher: string, amount: string): Promise<string> {
  await page.goto(`${executionUrl}/payment`);
  const select = page.getByLabel("合同", { exact: true });
  await select.selectOption(await optionNaming(select, contract));
  await page.getByLabel("金额").fill(amount);
  await page.getByLabel("支付日期").fill("2026-07-10");
  await page.getByLabel("支付凭证号").fill(voucher);
  await press(page, "提交确认");
  await expect(head(page)).toContainText("待确认");
  return new URL(page.url()).pathname;
}

test("1 · a contract above the approved amount is refused with the figures and nothing typed is lost", async () => {
  const { filer } = people;
  await filer.goto(`/projects?q=${encodeURIComponent(PROJECT)}`);
  await filer.getByRole("link", { name: PROJECT, exact: true }).click();
  await expect(filer).toHaveURL(/\/projects\/[0-9a-f-]{36}/);
  await filer.goto(`${new URL(filer.url()).pathname}?tab=money`);
  await filer.getByRole("link", { name: "查看资金执行" }).click();
  await expect(head(filer)).toContainText(`资金执行：${PROJECT}`);
  executionUrl = new URL(filer.url()).pathname;

  await enterContract(filer, `HT-${STAMP}`, "999999999.99");
  const alert = main(filer).getByRole("alert");
  await expect(alert).toContainText("合同金额超过批复金额：批复");
  await expect(alert).toContainText("本合同 999,999,999.99 元");
  await expect(filer.getByLabel("合同编号")).toHaveValue(`HT-${STAMP}`);
});

test("2 · the unit enters a contract, finance confirms it, the sums change", async () => {
  const { filer, finance } = people;
  const before = await figure(finance, "合同金额");
  await enterContract(filer, `HT-${STAMP}`, "10000");
  await expect(head(filer)).toContainText("待确认");
  const entry = new URL(filer.url()).pathname;
  expect(await figure(finance, "合同金额")).toBe(before);

  await finance.goto("/funding/execution");
  await main(finance)
    .getByRole("link", { name: `合同：${PROJECT}` })
    .first()
    .click();
  await finance.goto(entry);
  await press(finance, "退回更正");
  await expect(main(finance).getByRole("alert")).toContainText("请写明理由");
  await press(finance, "确认合同");
  await expect(head(finance)).toContainText("已确认");
  expect(await figure(finance, "合同金额")).toBeCloseTo(before + 1, 2);
});

test("3 · a payment is entered by the unit and confirmed by finance; the rates follow", async () => {
  const { filer, finance } = people;
  const before = await figure(finance, "累计支付");
  await filer.goto(`${executionUrl}/payment`);
  const select = filer.getByLabel("合同", { exact: true });
  await select.selectOption(await optionNaming(select, `HT-${STAMP}`));
  await filer.getByLabel("金额").fill("10000.01");
  await filer.getByLabel("支付日期").fill("2026-07-21");
  await filer.getByLabel("支付凭证号").fill(`PZ-${STAMP}-1`);
  await press(filer, "提交确认");
  await expect(main(filer).getByRole("alert")).toContainText("支付金额超过合同金额：合同 10,000.00 元");
  await expect(main(filer).getByRole("alert")).toContainText("日期晚于今天");

  const entry = await enterPayment(filer, `HT-${STAMP}`, `PZ-${STAMP}-1`, "5000");
  await finance.goto(entry);
  await press(finance, "确认支付");
  await expect(head(finance)).toContainText("已确认");
  expect(await figure(finance, "累计支付")).toBeCloseTo(before + 0.5, 2);
});

test("4 · a treasury's sheet is compared, applied, and what did not match is handed back", async () => {
  const { filer, finance, finance2 } = people;
  const entry = await enterPayment(filer, `HT-${STAMP}`, `PZ-${STAMP}-2`, "2000");
  const before = await figure(finance, "累计支付");
  await finance.goto("/funding/payments/import");
  const sheet = XLSX.utils.aoa_to_sheet([
    ["江城市财政国库集中支付明细表"],
    ["编制单位：市财政局", "", "", "单位：元"],
    ["序号", "付款日期", "凭证号", "金额", "合同号", "收款人名称"],
    [1, "2026年7月10日", `PZ-${STAMP}-2`, 2000, `HT-${STAMP}`, "广东云岭数字科技有限公司"],
    [2, "2026-07-01", `PZ-${STAMP}-3`, 1000, `HT-${STAMP}`, "广东云岭数字科技有限公司"],
    [3, "2026-07-10", `PZ-${STAMP}-4`, 1000, "HT-没有这份合同", "某公司"],
    [4, "七月上旬", `PZ-${STAMP}-5`, 1000, `HT-${STAMP}`, "某公司"],
    ["合计", "", "", 5000],
    ["制表人：李某"],
  ]);
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, sheet, "支付明细");
  const upload = {
    name: "国库支付明细2026年7月.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer: XLSX.write(book, { type: "buffer", bookType: "xlsx" }) as Buffer,
  };
  await finance.getByLabel("支付明细表").setInputFiles(upload);
  await press(finance, "上传并比对");
  await expect(main(finance)).toContainText("确认支付 1 笔，补录 1 笔，未匹配 2 行");
  await expect(main(finance)).toContainText("系统中没有合同编号“HT-没有这份合同”");
  await expect(main(finance)).toContainText("支付日期不是完整的年月日");
  const sheetUrl = new URL(finance.url()).pathname;
  // Nothing is written before it is applied.
  expect(await figure(finance, "累计支付")).toBe(before);

  await finance.goto(`${sheetUrl}?match=unmatched`);
  await expect(main(finance).getByRole("row")).toHaveCount(3);
  const [download] = await Promise.all([
    finance.waitForEvent("download"),
    finance.getByRole("link", { name: "下载未匹配清单" }).click(),
  ]);
  const left = XLSX.read(await readFile(await download.path()), { type: "buffer" });
  const rows = XLSX.utils.sheet_to_json<Record<string, string>>(left.Sheets[left.SheetNames[0] ?? ""] ?? {});
  expect(rows.map((row) => row["凭证号"])).toEqual([`PZ-${STAMP}-4`, `PZ-${STAMP}-5`]);

  await finance.goto(sheetUrl);
  await confirm(finance, "入账", "确认入账");
  await expect(main(finance)).toContainText("已入账：确认支付 1 笔，补录 1 笔");
  expect(await figure(finance, "累计支付")).toBeCloseTo(before + 0.2, 2);
  await finance.goto(entry);
  await expect(head(finance)).toContainText("已确认");

  // What finance entered itself waits for its colleague.
  await finance2.goto(`${sheetUrl}?match=enters`);
  await main(finance2)
    .getByRole("link", { name: `PZ-${STAMP}-3` })
    .click();
  await press(finance2, "确认支付");
  await expect(head(finance2)).toContainText("已确认");

  await finance.goto("/funding/payments/import");
  await finance.getByLabel("支付明细表").setInputFiles(upload);
  await press(finance, "上传并比对");
  await expect(main(finance)).toContainText("这张表已上传过");
});

test("5 · the year's list shows both rates, and goes out as a sheet", async () => {
  const { finance } = people;
  await finance.goto("/funding/execution");
  await expect(main(finance)).toContainText("预算执行率（自评口径）");
  await expect(main(finance)).toContainText("支出率（财政框架口径）");
  const [download] = await Promise.all([
    finance.waitForEvent("download"),
    finance.getByRole("link", { name: "导出表格" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/2026年资金执行/);
});
