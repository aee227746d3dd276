import { expect, test } from "@playwright/test";
import * as XLSX from "xlsx";

import { confirm, logIn, press } from "./support/people";

/** The system administrator's yearly duty: the next year's list, and a day that the city orders for itself. */
test.setTimeout(120_000);

const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const HEADER = ["日期", "名称", "休/班"];
/** 2027 as a notice might order it. */
const LIST: readonly (readonly [day: string, name: string, kind: "休" | "班"])[] = [
  ...["2027-01-01", "2027-01-02", "2027-01-03"].map((day) => [day, "元旦", "休"] as const),
  ...["05", "06", "07", "08", "09", "10", "11", "12"].map((day) => [`2027-02-${day}`, "春节", "休"] as const),
  ["2027-02-14", "春节", "班"],
  ["2027-02-20", "春节", "班"],
  ...["2027-04-03", "2027-04-04", "2027-04-05"].map((day) => [day, "清明节", "休"] as const),
  ...["01", "02", "03", "04", "05"].map((day) => [`2027-05-${day}`, "劳动节", "休"] as const),
  ["2027-05-08", "劳动节", "班"],
  ...["2027-06-09", "2027-06-10", "2027-06-11"].map((day) => [day, "端午节", "休"] as const),
  ["2027-06-12", "端午节", "班"],
  ["2027-09-15", "中秋节", "休"],
  ...["01", "02", "03", "04", "05", "06", "07"].map((day) => [`2027-10-${day}`, "国庆节", "休"] as const),
  ["2027-10-09", "国庆节", "班"],
];

function sheetOf(rows: readonly (readonly string[])[]) {
  const book = XLSX.utils.book_new();
  const sheet = XLSX.utils.aoa_to_sheet([["2027年部分节假日安排"], HEADER, ...rows.map((row) => [...row])]);
  XLSX.utils.book_append_sheet(book, sheet, "安排");
  return {
    name: "2027年安排.xlsx",
    mimeType: TYPE,
    buffer: XLSX.write(book, { type: "buffer", bookType: "xlsx" }) as Buffer,
  };
}

test("the administrator looks at next year's list and puts it in force; the warning goes", async ({ browser }) => {
  const page = await logIn(browser, "sysadmin");
  const main = page.getByRole("main");
  await page.goto("/calendar?year=2027");
  await expect(main).toContainText("2027年按周末推算");

  await page.goto("/admin/calendar");
  await expect(main).toContainText("2027年尚未上传");
  await main.getByRole("link", { name: "上传节假日安排" }).click();
  const source = page.getByLabel("来源（文件名和文号）");
  const choose = async (rows: Parameters<typeof sheetOf>[0]) => {
    await page.getByLabel("一年的节假日安排").setInputFiles(sheetOf(rows));
    await source.fill("国务院办公厅关于2027年部分节假日安排的通知");
    await press(page, "上传并预览");
  };

  await choose([...LIST, ["2027-10-08", "国庆节", "班"]]);
  await expect(page.getByRole("alert")).toContainText("2027年10月8日写明上班，但这天本来就是周一至周五");
  await expect(source).toHaveValue("国务院办公厅关于2027年部分节假日安排的通知");

  await choose(LIST);
  await expect(main).toContainText("2027年节假日安排（预览，尚未生效）");
  await expect(main).toContainText("2027年此前没有安排");
  await expect(main.getByRole("row", { name: /2027年2月14日 新增/ })).toContainText("班 春节");
  await press(page, "确认生效");

  await expect(page).toHaveURL(/\/admin\/calendar\?year=2027&done=list$/);
  await expect(main).toContainText("节假日安排已生效");
  await expect(main).not.toContainText("2027年尚未上传");
  await expect(main).not.toContainText("按周末推算");
  await expect(main.getByRole("table", { name: "工作日历的变动记录" })).toContainText("上传2027年节假日安排");

  const filer = await logIn(browser, "filer");
  await filer.goto("/calendar?year=2027");
  const february = filer.getByRole("table", { name: "2月", exact: true });
  await expect(february.getByTitle("春节")).toHaveCount(10);
  await expect(filer.getByRole("main")).not.toContainText("按周末推算");
});

test("a day that the city orders is listed, shown to everyone and taken back", async ({ browser }) => {
  const page = await logIn(browser, "sysadmin");
  const main = page.getByRole("main");
  const name = `市庆日${Date.now().toString(36)}`;
  await page.goto("/admin/calendar/days/new");
  await page.getByLabel("日期").fill("2026-12-26");
  await page.getByLabel("放假（停工）").check();
  await page.getByLabel("名称").fill(name);
  await page.getByLabel("依据（文件名和文号）").fill("市政府关于市庆放假的通告");
  await page.getByLabel("理由").fill("市庆");
  await press(page, "登记");
  await expect(page.getByRole("alert")).toContainText("2026年12月26日本来就不上班");
  await page.getByLabel("日期").fill("2026-12-25");
  await press(page, "登记");
  await expect(main).toContainText("区域安排已登记");

  await page.goto("/calendar?year=2026");
  await expect(main.getByRole("row", { name: /2026-12-25/ })).toContainText(name);
  await page.goto("/admin/calendar");
  const ordered = main.getByRole("table", { name: "区域另行安排的日期" });
  await ordered
    .getByRole("row", { name: new RegExp(name) })
    .getByRole("link")
    .click();
  await page.getByLabel("撤销理由").fill("改在周末举办");
  await confirm(page, "撤销安排", "确认撤销");
  await expect(main).toContainText("区域安排已撤销");
  await expect(ordered).not.toContainText(name);
});
