import { expect, test } from "@playwright/test";

import { logIn, press } from "./support/people";

/** Its own name in every run: all specs share one city. */
const NAME = `国土调查图斑信息${Date.now().toString(36)}甲`;

test("a resource goes from its filer into the catalog, to its second edition, and an error in it is mended", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const filer = await logIn(browser, "filer");
  const lead = await logIn(browser, "unitlead");
  const bureau = await logIn(browser, "bureau");
  const filer2 = await logIn(browser, "filer2");

  await filer.goto("/catalog/new");
  await filer.getByLabel("资源名称").fill(NAME);
  await filer.getByLabel("资源分类").selectOption({ index: 5 });
  await filer.getByLabel("资源摘要").fill("全市年度国土变更调查形成的图斑信息");
  await filer.getByLabel("资源格式").selectOption("database");
  await filer.getByLabel("信息项 1 名称").fill("图斑编号");
  await filer.getByLabel("信息项 1 长度").fill("64");
  await filer.getByLabel("信息项 2 名称").fill("图斑编号");
  await filer.getByLabel("信息项 3 名称").fill("地类名称");
  await filer.getByLabel("共享类型").selectOption("unconditional");
  await filer.getByLabel("共享方式").selectOption("interface");
  await filer.getByLabel("更新周期").selectOption("yearly");
  await press(filer, "提交本单位登记");
  await expect(filer.getByRole("main")).toContainText("信息项“图斑编号”重复");
  // What was typed is still there; the row with the mistake goes, another one comes.
  await expect(filer.getByLabel("资源名称")).toHaveValue(NAME);
  await press(filer, "删除信息项第 2 行");
  await expect(filer.getByLabel("信息项 2 名称")).toHaveValue("地类名称");
  await press(filer, "上移信息项第 2 行");
  await expect(filer.getByLabel("信息项 1 名称")).toHaveValue("地类名称");
  await press(filer, "提交本单位登记");
  await expect(filer.getByRole("heading", { level: 1 })).toHaveText(NAME);
  await expect(filer.getByRole("main")).toContainText("已提交，等本单位分管领导登记");
  const address = new URL(filer.url()).pathname;

  await lead.goto(address);
  await press(lead, "单位登记");
  await expect(lead.getByRole("main")).toContainText("单位已登记");

  await bureau.goto(`/catalog?state=registered&q=${encodeURIComponent(NAME)}`);
  await bureau.getByLabel(`选择${NAME}`).check();
  await press(bureau, "发布所选资源");
  await expect(bureau.getByRole("main")).toContainText("已发布 1 项，未发布 0 项");
  await bureau.goto(address);
  await expect(bureau.getByRole("main")).toContainText(/\d{6}\/\d{6}/);

  await filer.goto(`${address}/edit`);
  await filer.getByLabel("修订说明").fill("更新周期改为每季度，增加坡度");
  await filer.getByLabel("更新周期").selectOption("quarterly");
  await press(filer, "增加 3 行");
  await filer.getByLabel("信息项 3 名称").fill("坡度级别");
  await press(filer, "提交修订");
  await expect(filer.getByRole("main")).toContainText("正在办理的修订");
  await lead.goto(address);
  await press(lead, "登记修订");
  await bureau.goto(address);
  await press(bureau, "发布修订");
  await filer.goto(`${address}/versions`);
  const main = filer.getByRole("main");
  await expect(main.getByRole("rowheader", { name: "第 2 版" })).toBeVisible();
  await expect(main.getByRole("table", { name: "字段的差别" })).toContainText("每年");
  await expect(main.getByRole("table", { name: "信息项的差别" })).toContainText("坡度级别");

  await filer2.goto(`${address}?tab=corrections`);
  await filer2.getByLabel("哪个信息项").selectOption("图斑编号");
  await filer2.getByLabel("有什么问题").fill("编号 440784001 出现两次");
  await press(filer2, "提交纠错");
  await filer2.getByRole("link", { name: /440784001/ }).click();
  const report = new URL(filer2.url()).pathname;
  await filer.goto(report);
  await press(filer, "确认有误");
  await filer.getByText("完成修正…").click();
  await filer.getByLabel("修正说明：改了哪些数据").fill("已删除重复图斑");
  await press(filer, "完成修正");
  await filer2.goto(report);
  await expect(filer2.getByRole("main")).toContainText("已删除重复图斑");
  await press(filer2, "确认办结");
  await expect(filer2.getByRole("main")).toContainText("已办结");
});
