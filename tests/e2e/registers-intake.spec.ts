import { readFileSync } from "node:fs";

import { expect, test } from "@playwright/test";
import * as XLSX from "xlsx";

import { confirm, logIn, press } from "./support/people";

/** A list of systems, from the template to the inventory: a bad row comes back as a sheet, is mended and taken in. */
test.setTimeout(120_000);

const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

function sheetOf(rows: readonly (readonly string[])[], name: string) {
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows.map((row) => [...row])), "系统");
  return { name, mimeType: TYPE, buffer: XLSX.write(book, { type: "buffer", bookType: "xlsx" }) as Buffer };
}

test("a filer brings a list of systems, takes the good rows, mends the rest and finds all in the inventory", async ({
  browser,
}) => {
  const page = await logIn(browser, "filer");
  const main = page.getByRole("main");
  const mark = Date.now().toString(36);
  const [goodName, badName] = [`湿地监测预警系统${mark}`, `矿山修复管理系统${mark}`];

  await page.goto("/systems");
  await main.getByRole("link", { name: "导入", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("导入信息系统清单");
  const [template] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "下载导入模板" }).click(),
  ]);
  const titles = XLSX.utils.sheet_to_json<string[]>(
    XLSX.read(readFileSync(await template.path())).Sheets["信息系统清单"] ?? {},
    { header: 1 },
  )[0];
  expect(titles).toContain("系统名称*");

  await press(page, "上传并预览");
  await expect(page.getByRole("alert")).toContainText("请选择要上传的表格文件");

  const headers = ["系统名称", "建设方式", "是否涉密", "部署环境", "责任人"];
  const sheet = sheetOf(
    [
      ["市自然资源局信息系统一览"],
      headers,
      [goodName, "自建", "否", "政务云", "李某"],
      [badName, "自建", "不清楚", "政务云", "李某"],
    ],
    `系统一览${mark}.xlsx`,
  );
  await page.getByLabel("表格文件").setInputFiles(sheet);
  await press(page, "上传并预览");
  await expect(main).toContainText("读到 2 行：新增 1 行，有问题 1 行");
  await expect(main).toContainText("没有使用的列：责任人");
  await expect(page.getByRole("row", { name: new RegExp(badName) })).toContainText("不清楚");
  const here = page.url();
  await page.goto(`/systems?q=${encodeURIComponent(goodName)}`);
  await expect(main.getByRole("link", { name: goodName })).toHaveCount(0);

  await page.goto("/intake/systems");
  await page.getByLabel("表格文件").setInputFiles(sheet);
  await press(page, "上传并预览");
  await expect(page.getByRole("alert")).toContainText("这份表格已经上传过");
  await page.getByRole("link", { name: "打开等待确认的这份表格" }).click();
  await expect(page).toHaveURL(here);

  const [errors] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "下载问题清单" }).click(),
  ]);
  const rows = XLSX.utils.sheet_to_json<string[]>(XLSX.read(readFileSync(await errors.path())).Sheets["待改正"] ?? {}, {
    header: 1,
    defval: "",
  });
  expect(rows).toHaveLength(2);
  expect(rows[0]?.at(-1)).toBe("问题");

  await confirm(page, "只导入没有问题的 1 行", "确认导入");
  await expect(main).toContainText("已导入 1 个系统：新增 1，更新 0");
  await page.goto(`/systems?q=${encodeURIComponent(goodName)}`);
  await expect(main.getByRole("link", { name: goodName })).toHaveCount(1);

  const secret = rows[0]?.findIndex((title) => title.startsWith("是否涉密")) ?? -1;
  const mended = rows.map((row, index) => (index === 1 ? row.map((cell, at) => (at === secret ? "否" : cell)) : row));
  await page.goto("/intake/systems");
  await page.getByLabel("表格文件").setInputFiles(sheetOf(mended, `系统一览${mark}-待改正.xlsx`));
  await press(page, "上传并预览");
  await expect(main).toContainText("读到 1 行：新增 1 行");
  await confirm(page, "全部导入（1 行）", "确认导入");
  await main.getByRole("link", { name: "查看信息系统清单" }).click();
  await page.goto(`/systems?q=${encodeURIComponent(badName)}`);
  await expect(main.getByRole("link", { name: badName })).toHaveCount(1);
});
