import { readFileSync } from "node:fs";

import { expect, test } from "@playwright/test";
import * as XLSX from "xlsx";

import { logIn, press } from "./support/people";

/** A sheet of a unit's catalog, from the download of bad rows to its corrected return. */
test.setTimeout(120_000);

const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

function sheetOf(rows: readonly (readonly string[])[], name: string) {
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows.map((row) => [...row])), "台账");
  return { name, mimeType: TYPE, buffer: XLSX.write(book, { type: "buffer", bookType: "xlsx" }) as Buffer };
}

test("a filer maps, previews, takes the good rows, corrects the rest and brings it back", async ({ browser }) => {
  const page = await logIn(browser, "filer");
  const main = page.getByRole("main");
  const mark = Date.now().toString(36);
  const rowOf = (name: string, conditions: string) => [
    name,
    `${name}的登记内容`,
    "xls",
    "编号、名称",
    "有条件共享",
    conditions,
  ];
  const [goodName, badName] = [`测量标志台账${mark}`, `测绘成果台账${mark}`];

  await page.goto("/catalog/import");
  const [template] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "下载导入模板" }).click(),
  ]);
  const titles = XLSX.utils.sheet_to_json<string[]>(
    XLSX.read(readFileSync(await template.path())).Sheets["资源目录"] ?? {},
    { header: 1 },
  )[0];
  expect(titles).toContain("资源名称*");

  await page.getByLabel("导入到哪里").selectOption({ label: "本单位资源目录（不属于某个项目）" });
  const headers = ["台账名目", "内容", "数据格式", "数据项", "共享类型", "使用条件"];
  const sheet = sheetOf(
    [["测绘台账"], headers, rowOf(goodName, "限自然资源业务使用"), rowOf(badName, "")],
    `台账${mark}.xlsx`,
  );
  await page.getByLabel("表格文件").setInputFiles(sheet);
  await press(page, "上传并预览");

  await expect(page).toHaveURL(/\/mapping$/);
  await expect(main).toContainText("缺少：资源名称、资源分类、资源摘要、更新周期");
  await expect(page.getByLabel("信息项取自")).toHaveValue("3");
  await press(page, "按此对应并检查");
  await expect(page.getByRole("alert")).toContainText("请为“资源名称”选择对应的列");
  await page.getByLabel("资源名称取自").selectOption({ label: "A 列：台账名目" });
  await page.getByLabel("资源摘要取自").selectOption({ label: "B 列：内容" });
  await page.locator("[name='constant.category']").selectOption({ label: "自然资源和空间地理 / 基础地理" });
  await page.locator("[name='constant.updateCycle']").selectOption({ label: "每年" });
  await press(page, "按此对应并检查");

  await expect(main).toContainText("读到 2 行：1 行可以导入，1 行有问题");
  await expect(page.getByRole("row", { name: new RegExp(badName) })).toContainText(
    "共享条件（F 列）：有条件共享须写明共享条件",
  );
  await press(page, "导入 1 行");
  await expect(main).toContainText("已导入 1 条数据资源，1 行有问题未导入");

  const [errors] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "下载错误清单" }).click(),
  ]);
  const rows = XLSX.utils.sheet_to_json<string[]>(XLSX.read(readFileSync(await errors.path())).Sheets["待改正"] ?? {}, {
    header: 1,
  });
  expect(rows[0]).toEqual([...headers, "问题"]);
  expect(rows).toHaveLength(2);
  const corrected = rows.map((row, index) => (index === 1 ? [...row.slice(0, 5), "限自然资源业务使用"] : row));

  await page.goto("/catalog/import");
  await page.getByLabel("导入到哪里").selectOption({ label: "本单位资源目录（不属于某个项目）" });
  await page.getByLabel("表格文件").setInputFiles(sheetOf(corrected, `台账${mark}-待改正.xlsx`));
  await press(page, "上传并预览");
  await expect(main).toContainText("已沿用上次的对应关系");
  await press(page, "按此对应并检查");
  await expect(main).toContainText("读到 1 行：1 行可以导入，0 行有问题");
  await press(page, "导入 1 行");
  await expect(main).toContainText("已导入 1 条数据资源");
  await page.goto(`/catalog?q=${encodeURIComponent(badName)}`);
  await expect(main).toContainText(badName);
});
