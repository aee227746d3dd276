import { expect, test, type Page } from "@playwright/test";

import { pdfNamed } from "./support/catalog-sheet";
import { logIn, press } from "./support/people";

/** A security test from its report to the register: one enters it, another confirms it, from then on it counts. */
test.describe.configure({ mode: "serial" });
test.setTimeout(120_000);

const SYSTEM = "河长制管理系统";
const REPORT = "XJCP-2026-1288";
let people: Record<"filer" | "bureau", Page>;
let testUrl = "";

test.beforeAll(async ({ browser }) => {
  people = { filer: await logIn(browser, "filer-slj"), bureau: await logIn(browser, "bureau") };
});

const main = (page: Page) => page.getByRole("main");
const rowOf = (page: Page) => main(page).getByRole("row", { name: new RegExp(SYSTEM) });

test("1 · the unit is told what a test lacks, and enters it with its report", async () => {
  const { filer } = people;
  await filer.goto(`/security?q=${encodeURIComponent(SYSTEM)}`);
  await rowOf(filer).getByRole("link", { name: SYSTEM }).click();
  await filer.locator("#security").getByRole("link", { name: "登记测评" }).click();
  await expect(filer.getByRole("heading", { level: 1 })).toHaveText("登记测评");

  await filer.getByLabel("测评类型").last().selectOption({ label: "等保测评" });
  await filer.getByLabel("通过", { exact: true }).check();
  await filer.getByLabel("备案编号").fill("44078320017");
  await filer.getByLabel("测评日期").fill("2026-07-13");
  await filer.getByLabel("测评机构").fill("西江网络安全技术有限公司");
  await filer.getByLabel("报告编号").fill(REPORT);
  await press(filer, "登记，报数据局确认");
  await expect(main(filer).getByRole("alert").first()).toContainText("请上传测评报告");
  await expect(filer.getByLabel("报告编号")).toHaveValue(REPORT);

  await filer.getByLabel("测评报告").setInputFiles(pdfNamed("河长制等级保护测评报告.pdf"));
  await press(filer, "登记，报数据局确认");
  await expect(filer).toHaveURL(/\/security\/tests\/[0-9a-f-]{36}/);
  testUrl = new URL(filer.url()).pathname;
  await expect(main(filer).locator("header").first()).toContainText("核对报告并确认");
  await expect(main(filer)).toContainText("2028年7月13日");

  await filer.goto(`/security?q=${encodeURIComponent(SYSTEM)}`);
  await expect(rowOf(filer)).toContainText("另有 1 条待确认");
  await expect(rowOf(filer)).not.toContainText("2026-07-13 测评");
});

test("2 · the bureau opens the report, confirms it, and the register shows it valid", async () => {
  const { bureau, filer } = people;
  await bureau.goto("/");
  await bureau.getByRole("link", { name: new RegExp(`${SYSTEM}（等保测评）`) }).click();
  await expect(bureau).toHaveURL(new RegExp(testUrl));
  const report = bureau.getByRole("link", { name: "河长制等级保护测评报告.pdf" });
  const answer = await bureau.request.get((await report.getAttribute("href")) ?? "");
  expect(answer.headers()["content-type"]).toContain("application/pdf");

  await press(bureau, "退回更正");
  await expect(main(bureau).getByRole("alert").first()).toContainText("请写明理由");
  await press(bureau, "确认");
  await expect(main(bureau).locator("header").first()).toContainText("已确认");

  await bureau.goto(`/security?q=${encodeURIComponent(SYSTEM)}&state=valid`);
  await expect(rowOf(bureau)).toContainText("2026-07-13 测评，至 2028-07-13");
  await expect(rowOf(bureau)).toContainText("有效");
  await filer.goto(testUrl);
  await expect(main(filer)).toContainText(REPORT);
  await expect(main(filer).getByRole("button", { name: "撤销登记" })).toHaveCount(0);
});
