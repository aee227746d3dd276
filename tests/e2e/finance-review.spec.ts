import { expect, test, type Page } from "@playwright/test";

import { logIn, optionNaming, press } from "./support/people";

/**
 * Finance reviews a filing line by line, compares unit prices and prints the result; and plans a unit's year, the second
 * person confirming what the first proposed. The review is left open: nothing is concluded here.
 */
test.describe.configure({ mode: "serial" });
test.setTimeout(120_000);

const PROJECT = "业务融合中台";
const UNIT = "市自然资源局";
let people: Record<"finance" | "finance2", Page>;
let reviewUrl = "";

test.beforeAll(async ({ browser }) => {
  people = { finance: await logIn(browser, "finance"), finance2: await logIn(browser, "finance2") };
});

const main = (page: Page) => page.getByRole("main");
const reviewed = (page: Page, line: string) => page.getByLabel(`${line}的核定金额`);
const reason = (page: Page, line: string) => page.getByLabel(`${line}的核减理由`);
const row = (page: Page, line: string) => page.getByRole("row").filter({ has: reviewed(page, line) });
const alert = (page: Page) => main(page).getByRole("alert");

test("1 · the unit is switched without losing what was typed, and stays in the address", async () => {
  const { finance } = people;
  await finance.goto("/funding");
  await finance.getByRole("link", { name: PROJECT, exact: true }).click();
  await expect(finance).toHaveURL(/\/funding\/[0-9a-f-]{36}/);
  reviewUrl = new URL(finance.url()).pathname;
  await reviewed(finance, "政务云资源服务").fill("12.5");
  await press(finance, "改用元填写");
  await expect(finance).toHaveURL(/in=yuan/);
  await expect(reviewed(finance, "政务云资源服务")).toHaveValue("125,000");
  await press(finance, "改用万元填写");
  await expect(reviewed(finance, "政务云资源服务")).toHaveValue("12.5");
  await reviewed(finance, "政务云资源服务").fill("");
});

test("2 · the unit price is compared with similar lines, down to each of them", async () => {
  const { finance } = people;
  await finance.goto(reviewUrl);
  const line = row(finance, "业务功能开发");
  await expect(line).toContainText(/同类 \d+ 条，中位/);
  await expect(line).toContainText(/申报高 \d+\.\d%/);
  await line.getByRole("link", { name: /单价比对/ }).click();
  await expect(main(finance)).toContainText("同类中位数");
  await expect(main(finance)).toContainText(/申报单价比同类中位数高 \d+\.\d%/);
  const peers = main(finance).getByRole("table", { name: "可比明细" }).getByRole("row");
  expect(await peers.count()).toBeGreaterThan(3);
  await expect(peers.nth(1).getByRole("link")).toHaveAttribute("href", /\/funding\/[0-9a-f-]{36}/);
});

test("3 · a cut needs its reason; saved, the totals add up", async () => {
  const { finance } = people;
  await finance.goto(reviewUrl);
  await reviewed(finance, "专用终端设备").fill("10");
  await press(finance, "保存核定");
  await expect(alert(finance)).toContainText("“专用终端设备”有核减，请写明核减理由");
  await expect(reviewed(finance, "专用终端设备")).toHaveValue("10");
  await reason(finance, "专用终端设备").fill("数量按实际岗位核定");
  await press(finance, "空白行按申报数核定并保存");
  await expect(main(finance)).toContainText("核定金额已保存");
  await expect(reviewed(finance, "专用终端设备")).toHaveValue("10");
  const totals = main(finance).locator("#lines tfoot data");
  const [declared = 0, accepted = 0, cut = 0] = await totals.evaluateAll((all) =>
    all.map((each) => Number((each as HTMLDataElement).value)),
  );
  expect(accepted + cut).toBe(declared);
  expect(cut).toBeGreaterThan(0);
});

test("4 · who was overtaken keeps what was typed, beside what was saved; the other's line stays", async () => {
  const { finance, finance2 } = people;
  await finance.goto(reviewUrl);
  await finance2.goto(reviewUrl);
  await reviewed(finance, "专用终端设备").fill("9");
  await press(finance, "保存核定");
  await expect(main(finance)).toContainText("核定金额已保存");

  await reviewed(finance2, "专用终端设备").fill("8");
  await reviewed(finance2, "项目监理服务").fill("5");
  await reason(finance2, "项目监理服务").fill("按投资额费率核定");
  await press(finance2, "保存核定");
  await expect(alert(finance2)).toContainText("他人刚刚保存了新的内容");
  await expect(reviewed(finance2, "专用终端设备")).toHaveValue("8");
  await expect(row(finance2, "专用终端设备")).toContainText("何静雯已保存：9");
  await expect(finance2.getByRole("button", { name: "评估通过" })).toBeDisabled();

  await reviewed(finance2, "专用终端设备").fill("9");
  await press(finance2, "保存核定");
  await expect(main(finance2)).toContainText("核定金额已保存");
  await expect(row(finance2, "项目监理服务")).toContainText("邓嘉敏核定");
  await expect(row(finance2, "专用终端设备")).toContainText("何静雯核定");
});

test("5 · the result is printed and exported, as a draft until the review is concluded", async () => {
  const { finance } = people;
  await finance.goto(`${reviewUrl}?in=yuan`);
  const draft = finance.getByRole("link", { name: "结果表（征求意见稿）" });
  await expect(draft).toHaveAttribute("href", /form\?in=yuan/);
  const pdf = await finance.request.get((await draft.getAttribute("href")) ?? "");
  expect(pdf.status()).toBe(200);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");
  expect(decodeURIComponent(pdf.headers()["content-disposition"] ?? "")).toContain(
    `资金评估审查结果表（征求意见稿） ${PROJECT}.pdf`,
  );
  const sheet = await finance.request.get(
    (await finance.getByRole("link", { name: "导出 Excel" }).getAttribute("href")) ?? "",
  );
  expect(sheet.status()).toBe(200);
  expect((await sheet.body()).subarray(0, 2).toString()).toBe("PK");
});

test("6 · one proposes a unit's plan, cannot confirm it, and the second person does", async () => {
  const { finance, finance2 } = people;
  await finance.goto("/");
  await finance.getByRole("link", { name: "资金计划" }).click();
  await finance.getByRole("link", { name: "编制计划" }).click();
  await finance.getByLabel("单位").selectOption(await optionNaming(finance.getByLabel("单位"), UNIT));
  await finance.getByLabel("年度").fill("2027");
  await finance.getByLabel("资金来源").selectOption({ label: "政府债券" });
  await finance.getByLabel("调整后的计划金额").fill("180.5");
  await finance.getByLabel("调整理由").fill("专项债券资金安排");
  await press(finance, "提交复核");
  await expect(alert(finance)).toContainText("请填写依据文号");
  await expect(finance.getByLabel("调整后的计划金额")).toHaveValue("180.5");
  await finance.getByLabel("依据文号").fill("鹤财债〔2026〕6号");
  await press(finance, "提交复核");
  await expect(finance).toHaveURL(/\/funding\/plan\/[0-9a-f-]{36}/);
  const planUrl = new URL(finance.url()).pathname;
  await expect(main(finance)).toContainText("由另一位财政人员复核");
  await expect(main(finance).getByRole("button", { name: "复核生效" })).toHaveCount(0);

  await finance2.goto(planUrl);
  await press(finance2, "不通过");
  await expect(alert(finance2)).toContainText("不通过须写明理由");
  await press(finance2, "复核生效");
  const history = main(finance2).getByRole("table", { name: "调整记录" });
  await expect(history).toContainText("已生效");
  await expect(history).toContainText("邓嘉敏");
  await expect(main(finance2)).toContainText("180.50 万元");

  await finance.goto("/funding/plan?year=2027&source=bond");
  await expect(main(finance).getByRole("row", { name: new RegExp(UNIT) })).toContainText("180.50");
});
