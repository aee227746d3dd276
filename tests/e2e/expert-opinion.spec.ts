import { expect, test, type Page } from "@playwright/test";

import { confirm, logIn, press } from "./support/people";

/**
 * One panel through all of it: the bureau convenes it on a filing whose form check is passed, two experts give their opinion,
 * one declares a conflict and is replaced, the bureau concludes.
 */
test.describe.configure({ mode: "serial" });
test.setTimeout(120_000);

const PROJECT = "综合养老信息服务平台";
let people: Record<"bureau" | "expert" | "expert2" | "expert5" | "expert6", Page>;
let panelUrl = "";
let opinionUrl = "";

test.beforeAll(async ({ browser }) => {
  const names = ["bureau", "expert", "expert2", "expert5", "expert6"] as const;
  const pages: Partial<typeof people> = {};
  for (const name of names) pages[name] = await logIn(browser, name);
  people = pages as typeof people;
});

const main = (page: Page) => page.getByRole("main");

/** Opens the invitation from the expert's list. */
async function openInvitation(page: Page): Promise<void> {
  await page.goto("/opinions");
  await main(page).getByRole("link", { name: PROJECT }).first().click();
  await expect(page).toHaveURL(/\/opinions\/[0-9a-f-]{36}/);
}

async function declareNoConflict(page: Page): Promise<void> {
  await openInvitation(page);
  await page.getByLabel("无回避情形，参加评审").check();
  await press(page, "提交声明");
}

/** Fills the whole form in. */
async function writeOpinion(page: Page, mark: string, verdict: string, text: string): Promise<void> {
  for (const criterion of ["建设必要性", "方案可行性", "投资合理性", "数据共享", "安全保障"]) {
    await page.getByRole("radiogroup", { name: criterion }).getByLabel(mark, { exact: true }).check();
    await page.getByLabel(`${criterion}的评分理由`).fill(`${criterion}：依据充分，符合要求`);
  }
  await page.getByRole("radiogroup", { name: "评审结论" }).getByLabel(verdict, { exact: true }).check();
  await page.getByLabel("综合意见").fill(text);
}

test("1 · the bureau convenes a panel; who works for a participating unit cannot be chosen", async () => {
  const { bureau } = people;
  await bureau.goto("/projects?q=" + encodeURIComponent(PROJECT));
  await main(bureau).getByRole("link", { name: PROJECT }).click();
  await expect(bureau).toHaveURL(/\/projects\/[0-9a-f-]{36}/);
  panelUrl = `${new URL(bureau.url()).pathname}/panel`;
  await bureau.goto(panelUrl.replace("/panel", "/review"));
  await main(bureau).getByRole("link", { name: "组织专家评审" }).first().click();
  await expect(bureau).toHaveURL(new RegExp(`${panelUrl}$`));

  await expect(bureau.getByLabel(/谢荣锦/)).toBeDisabled();
  await bureau.getByLabel(/冯志远/).check();
  await bureau.getByLabel(/崔明哲/).check();
  await bureau.getByLabel("请专家评审的问题").fill("补贴核验能否通过数据共享完成？监管模块与省系统是否重复？");
  await press(bureau, "邀请专家");
  await expect(main(bureau).getByRole("alert")).toContainText("专家组至少 3 人");
  await bureau.getByLabel(/邓家乐/).check();
  await press(bureau, "邀请专家");
  await expect(main(bureau)).toContainText("3 人受邀，0 份意见");
});

test("2 · an expert declares no conflict, reads the filing, saves a draft and gives his opinion", async () => {
  const { expert } = people;
  await openInvitation(expert);
  opinionUrl = new URL(expert.url()).pathname;
  await expect(main(expert)).not.toContainText("建设内容");
  await expert.getByLabel("无回避情形，参加评审").check();
  await press(expert, "提交声明");
  await expect(main(expert)).toContainText("居家养老服务");

  const attachment = main(expert)
    .getByRole("link", { name: /\.pdf$/ })
    .first();
  const file = await expert.request.get((await attachment.getAttribute("href")) ?? "");
  expect([file.status(), file.headers()["content-type"]]).toEqual([200, "application/pdf"]);

  await confirm(expert, "提交意见", "确认提交");
  await expect(main(expert).getByRole("alert").first()).toContainText("请为“建设必要性”评分");
  await writeOpinion(expert, "4 良", "同意", "需求清楚，补贴核验可由共享数据完成，同意立项。");
  await press(expert, "保存草稿");
  await expect(main(expert)).toContainText("草稿已保存");
  await expect(expert.getByLabel("综合意见")).toHaveValue("需求清楚，补贴核验可由共享数据完成，同意立项。");
  await confirm(expert, "提交意见", "确认提交");
  await expect(main(expert)).toContainText("不能修改");
});

test("3 · an expert opens neither another's invitation nor the project itself", async () => {
  const { expert, expert5 } = people;
  expect((await expert5.goto(opinionUrl))?.status()).toBe(404);
  expect((await expert.goto(panelUrl))?.status()).toBe(403);
  expect((await expert.goto(panelUrl.replace("/panel", "")))?.status()).toBe(403);
  expect((await expert.goto("/projects"))?.status()).toBe(403);
});

test("4 · another expert declares a conflict, the bureau invites somebody else", async () => {
  const { bureau, expert2 } = people;
  await openInvitation(expert2);
  await expert2.getByLabel("需要回避").check();
  await press(expert2, "提交声明");
  await expect(main(expert2).getByRole("alert")).toContainText("请写明理由");
  await expert2.getByLabel("需要回避").check();
  await expert2.getByLabel("回避理由").fill("本人参与过该项目的安全方案咨询");
  await press(expert2, "提交声明");
  await expect(main(expert2)).toContainText("您已声明回避");

  await bureau.goto("/");
  await main(bureau)
    .getByRole("link", { name: `补邀专家：${PROJECT}` })
    .click();
  await expect(main(bureau)).toContainText("本人参与过该项目的安全方案咨询");
  await expect(main(bureau)).toContainText("还须补邀 1 位专家");
  await bureau.getByLabel("补哪一席").selectOption({ label: "崔明哲（已回避）" });
  const choice = bureau.getByLabel("补邀专家", { exact: true });
  const value = await choice.locator("option", { hasText: "苏永康" }).getAttribute("value");
  await choice.selectOption(value ?? "");
  await press(bureau, "补邀");
  await expect(main(bureau)).toContainText("4 人受邀，1 份意见");
});

test("5 · the opinions come in, the bureau concludes", async () => {
  const { bureau, expert5, expert6 } = people;
  await declareNoConflict(expert5);
  await writeOpinion(expert5, "3 中", "修改后同意", "服务器资源按两年分期申请。");
  await confirm(expert5, "提交意见", "确认提交");
  await declareNoConflict(expert6);
  await writeOpinion(expert6, "5 优", "同意", "方案成熟，同意立项。");
  await confirm(expert6, "提交意见", "确认提交");

  await bureau.goto(panelUrl);
  await expect(main(bureau)).toContainText("多数专家意见：同意");
  await expect(main(bureau).getByRole("table", { name: "评分汇总" })).toContainText("4.00");
  await bureau.getByLabel("评审意见汇总").fill("专家组一致认为建设必要，同意立项；服务器资源分期申请。");
  await confirm(bureau, "形成意见", "确认形成");
  await expect(main(bureau)).toContainText("已形成意见");
  const sheet = await bureau.request.get(
    (await main(bureau).getByRole("link", { name: "汇总表（PDF）" }).getAttribute("href")) ?? "",
  );
  expect([sheet.status(), sheet.headers()["content-type"]]).toEqual([200, "application/pdf"]);
  await bureau.goto(panelUrl.replace("/panel", "/review"));
  await expect(main(bureau)).toContainText("服务器资源分期申请");
});
