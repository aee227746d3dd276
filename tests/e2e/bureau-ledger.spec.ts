import { expect, test, type Page } from "@playwright/test";
import * as XLSX from "xlsx";

import { logIn, press } from "./support/people";

/** A plan from its sheet to a closed task: the bureau imports and confirms it, the unit tells and asks, the bureau closes. */
test.describe.configure({ mode: "serial" });
test.setTimeout(120_000);

const PLAN = "河湖数字化治理行动方案（浏览器测试）";
const TASK = "建成河湖岸线遥感核查专题";
const UNIT = "市水利局";
let people: Record<"bureau" | "filer", Page>;
let planUrl = "";
let taskUrl = "";

const main = (page: Page) => page.getByRole("main");

/** Dialogs ask once more before what cannot be undone. */
async function confirm(page: Page, button: string, answer: string): Promise<void> {
  await main(page).getByRole("button", { name: button, exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: answer, exact: true }).click();
}

/** The ledger as units send it: a title, a merged section, a name that is nearly right. */
function sheet() {
  const rows = XLSX.utils.aoa_to_sheet([
    ["河湖数字化治理行动任务分解表"],
    ["序号", "所属部分", "重点任务", "牵头部门", "配合单位", "完成时间"],
    ["1", "一、数据", `${TASK}。每季度比对一次，疑似问题推送处置。`, "市水利局", "市自然资源局", "2026年6月底前"],
    ["2", "", "汇聚水雨情监测数据。按分钟更新。", "市水利局", "市农业农村局", "持续推进"],
    ["3", "", "开展河长履职提醒。按月推送巡河任务。", "市水务中心局", "", "2026年8月起,持续推进"],
  ]);
  rows["!merges"] = [XLSX.utils.decode_range("A1:F1"), XLSX.utils.decode_range("B3:B5")];
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, rows, "任务分解表");
  return {
    name: "河湖任务分解表.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer: XLSX.write(book, { type: "buffer", bookType: "xlsx" }) as Buffer,
  };
}

test.beforeAll(async ({ browser }) => {
  people = { bureau: await logIn(browser, "bureau"), filer: await logIn(browser, "filer-slj") };
});

test("1 · the bureau imports a plan and sees what was understood beside the sheet's own words", async () => {
  const { bureau } = people;
  await bureau.goto("/tasks");
  await main(bureau).getByRole("link", { name: "导入方案" }).click();
  await bureau.getByLabel("方案名称").fill(PLAN);
  await bureau.getByLabel("文号").fill("鹤水〔2026〕3号");
  await bureau.getByLabel("印发日期").fill("2026-03-02");
  await press(bureau, "导入并核对");
  await expect(main(bureau).getByRole("alert").first()).toContainText("台账文件");
  await bureau.getByLabel("任务台账文件").setInputFiles(sheet());
  await press(bureau, "导入并核对");
  await expect(bureau.getByRole("heading", { level: 1 })).toHaveText(PLAN);
  planUrl = new URL(bureau.url()).pathname;
  await expect(main(bureau)).toContainText("已确认 0 项，还有 3 项");
  await expect(main(bureau)).toContainText("“市水务中心局”不是本地区的单位");
  await expect(main(bureau)).toContainText("没有责任单位");
  await expect(bureau.getByRole("button", { name: "下达执行" })).toHaveCount(0);
});

test("2 · the unit sees nothing of it yet", async () => {
  const { filer } = people;
  await filer.goto(`/tasks?q=${encodeURIComponent(TASK)}`);
  await expect(main(filer)).toContainText("没有符合条件的任务");
});

test("3 · the bureau corrects a task, confirms the rest at once, and puts the plan in force", async () => {
  const { bureau } = people;
  await bureau.goto(planUrl);
  await main(bureau).getByRole("link", { name: "更正第 3 项" }).click();
  await bureau.getByLabel("牵头单位 1 对应").fill("市水务外星局");
  await press(bureau, "保存并确认");
  await expect(main(bureau).getByRole("alert").first()).toContainText("没有找到“市水务外星局”");
  await press(
    bureau,
    "增加一行",
    main(bureau)
      .locator("section")
      .filter({ has: bureau.getByRole("heading", { name: "责任单位", exact: true }) }),
  );
  await bureau.getByLabel("牵头单位 1 对应").fill(UNIT);
  await bureau.getByLabel("责任单位 1 方案写法").fill("各镇街");
  await bureau.getByLabel("责任单位 1 对应").fill("各镇(街)政府");
  await press(bureau, "保存并确认");
  await expect(bureau).toHaveURL(new RegExp(planUrl));
  await expect(main(bureau)).toContainText("还有 2 项");
  await press(bureau, "确认全部无疑点的任务（2 项）");
  await expect(main(bureau)).toContainText("全部任务已确认");
  await confirm(bureau, "下达执行", "下达执行");
  await expect(main(bureau).locator("header").first()).toContainText("执行中");
});

test("4 · the unit tells this month's progress, proves the dated part and asks to close", async () => {
  const { filer } = people;
  await filer.goto("/");
  await expect(main(filer)).toContainText("本月任务进展");
  await filer.goto(`/tasks?q=${encodeURIComponent(TASK)}`);
  await main(filer).getByRole("link", { name: TASK }).click();
  await expect(main(filer).locator("header").first()).toContainText("逾期 20 天");
  taskUrl = new URL(filer.url()).pathname;
  await filer.getByLabel("2026年7月进展情况").fill("完成二季度遥感影像比对，推送疑似问题 12 处");
  await filer.getByLabel("存在困难").fill("影像到位晚于计划");
  await press(filer, "填报进展");
  await expect(filer.getByRole("list", { name: "每月进展" })).toContainText("推送疑似问题 12 处");
  await expect(filer.getByRole("button", { name: "申请办结" })).toHaveCount(0);
  await filer.getByLabel("完成日期").fill("2026-07-17");
  await filer.getByLabel("完成情况和依据").fill("专题已上线，见验收意见");
  await press(filer, "报告节点完成");
  await expect(main(filer).getByRole("table", { name: "节点" })).toContainText("2026-07-17 完成，逾期 17 天");
  await filer.getByLabel("办结说明").fill("专题建成并投入使用");
  await press(filer, "申请办结");
  await expect(main(filer).locator("header").first()).toContainText("申请办结");
});

test("5 · the bureau finds the request on its desk, returns it once, and closes it", async () => {
  const { bureau, filer } = people;
  await bureau.goto("/");
  await bureau.getByRole("link", { name: new RegExp(TASK) }).click();
  await expect(bureau).toHaveURL(new RegExp(taskUrl));
  await bureau.getByLabel("退回原因").fill("请补充二季度处置结果");
  await press(bureau, "退回办结申请");
  await filer.goto(taskUrl);
  await expect(main(filer)).toContainText("请补充二季度处置结果");
  await filer.getByLabel("办结说明").fill("专题建成并投入使用，12 处问题已处置 11 处");
  await press(filer, "申请办结");
  await bureau.goto(taskUrl);
  await press(bureau, "同意办结");
  await expect(main(bureau).locator("header").first()).toContainText("已办结");
  await bureau.goto(`/tasks?state=closed&q=${encodeURIComponent(TASK)}`);
  await expect(main(bureau).getByRole("row", { name: new RegExp(TASK) })).toContainText("2026-07-20 办结");
});
