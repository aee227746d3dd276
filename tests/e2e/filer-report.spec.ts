import { expect, test, type Locator, type Page } from "@playwright/test";

import { logIn, press } from "./support/people";

/** A month's report from the filler to the leader and back, and several reports in one go. */
test.describe.configure({ mode: "serial" });
test.setTimeout(120_000);

const MONTH = "2026-07";
const ENTRY = `/reports/entry?period=${MONTH}`;
const PDF = {
  name: "形象进度照片说明.pdf",
  mimeType: "application/pdf",
  buffer: Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"),
};

const title = (page: Page): Locator => page.getByRole("heading", { level: 1 });
const addressOf = (page: Page): string => new URL(page.url()).pathname;

const [ONE, OTHER] = ["数字高清底图", "城市全面感知平台"] as const;

test("the grid saves two rows, and keeps a bad one as it was typed", async ({ browser }) => {
  const filer = await logIn(browser, "filer");
  const main = filer.getByRole("main");
  await filer.goto(ENTRY);
  await filer.getByLabel(`${ONE} 实际进度`).fill("180");
  await filer.getByLabel(`${OTHER} 本月完成情况`).fill("完成一期点位设备安装。");
  await press(filer, "保存修改");
  await expect(main).toContainText("已保存 1 份");
  await expect(filer.getByRole("alert")).toContainText("实际进度应为 0 至 100 的数字");
  await expect(filer.getByLabel(`${ONE} 实际进度`)).toHaveValue("180");
  await expect(filer.getByLabel(`${OTHER} 本月完成情况`)).toHaveValue("完成一期点位设备安装。");

  await filer.getByLabel(`${ONE} 实际进度`).fill("82");
  await filer.getByLabel(`${OTHER} 下月计划`).fill("开展二期点位勘察和报批。");
  await press(filer, "保存修改");
  await expect(main).toContainText("已保存 2 份");
  await expect(filer.getByLabel(`${ONE} 实际进度`)).toHaveValue("82");
});

test("one report: written in one go, with its proof, signed, corrected as version 2", async ({ browser }) => {
  const [filer, leader] = [await logIn(browser, "filer"), await logIn(browser, "unitlead")];
  const main = filer.getByRole("main");
  await filer.goto(ENTRY);
  await main.getByRole("link", { name: ONE, exact: true }).click();
  await expect(title(filer)).toContainText("2026年7月月报");
  const address = addressOf(filer);

  // A refused form keeps what was typed and what was uploaded.
  let inputs = 0;
  const type = async (label: string, text: string) => {
    inputs += 1;
    await filer.getByLabel(label, { exact: true }).fill(text);
  };
  await type("实际进度（%）", "82.5");
  await type("本月完成情况", "");
  await type("下月计划", "组织三个试点部门开展底图服务联调。");
  inputs += 1;
  await filer.getByLabel("本月佐证材料").setInputFiles(PDF);
  await press(filer, "提交签批");
  await expect(filer.getByRole("alert")).toContainText("请填写本月完成情况");
  await expect(filer.getByLabel("实际进度（%）")).toHaveValue("82.5");
  await expect(main.getByRole("link", { name: PDF.name })).toBeVisible();
  await type("本月完成情况", "完成七月份底图要素更新和质量检查。");
  await press(filer, "提交签批");
  await expect(main.getByRole("status").first()).toContainText("已提交分管领导签批");
  expect(inputs).toBeLessThan(8);

  await leader.goto(address);
  await press(leader, "签批报送");
  await expect(leader.getByRole("main")).toContainText("已签批报送");
  const first = leader.getByRole("listitem").filter({ hasText: "首次报送" });
  await expect(first).toContainText(PDF.name);
  const firstTime = /\d{4}-\d{2}-\d{2} \d{2}:\d{2}/.exec((await first.textContent()) ?? "")?.[0] ?? "";
  expect(firstTime).not.toBe("");

  await filer.goto(`${address}?correct=1`);
  await filer.getByLabel("实际进度（%）").fill("83");
  await press(filer, "提交签批");
  await leader.goto(address);
  await press(leader, "签批报送");
  const second = leader.getByRole("listitem").filter({ hasText: "第 2 版" }).first();
  await second.locator("summary").click();
  await expect(second.getByRole("row", { name: /实际进度/ })).toContainText("82.5%");
  await expect(leader.getByRole("listitem").filter({ hasText: "首次报送" })).toContainText(firstTime);
  await expect(leader.getByRole("complementary", { name: "办理情况" })).toContainText(firstTime);
});

test("two people at one report: the second sees both versions and loses nothing", async ({ browser }) => {
  const [one, other] = [await logIn(browser, "filer"), await logIn(browser, "filer")];
  await one.goto(ENTRY);
  await one.getByRole("main").getByRole("link", { name: OTHER, exact: true }).click();
  await expect(title(one)).toContainText("2026年7月月报");
  await other.goto(addressOf(one));
  await one.getByLabel("存在问题").fill("前端点位报批进度偏慢。");
  await press(one, "保存草稿");
  await other.getByLabel("下月计划").fill("完成二期点位勘察。");
  await press(other, "保存草稿");
  await expect(other.getByRole("alert")).toContainText("别人保存了这一部分");
  await expect(other.getByRole("main")).toContainText("前端点位报批进度偏慢。");
  await press(other, "按所选保存");
  await expect(other.getByLabel("下月计划")).toHaveValue("完成二期点位勘察。");
  await expect(other.getByLabel("存在问题")).toHaveValue("前端点位报批进度偏慢。");
});

test("the ticked rows are handed in, and signed in one go", async ({ browser }) => {
  const [filer, leader] = [await logIn(browser, "filer"), await logIn(browser, "unitlead")];
  await filer.goto(ENTRY);
  await filer.getByLabel(`提交 ${OTHER}`).check();
  await press(filer, "提交所选");
  await expect(filer.getByRole("main")).toContainText("已提交签批 1 份");

  await leader.goto(ENTRY);
  await expect(leader.getByRole("checkbox", { name: `签批 ${OTHER}` })).toBeChecked();
  await press(leader, "签批所选");
  await expect(leader.getByRole("main")).toContainText("已签批报送 1 份");
});
