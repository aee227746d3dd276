import { expect, test } from "@playwright/test";

import { logIn, press } from "./support/people";

/** No other journey files this; what the inventory has is found in it all the same. */
const NAME = "智慧工程建设项目审批平台（三期）";

test("the filer is told of duplicates while typing and before submitting, and writes the difference down", async ({
  browser,
}) => {
  const filer = await logIn(browser, "filer2");
  await filer.goto("/projects/new");
  const form = filer.locator("form", { has: filer.getByRole("button", { name: "开始填报", exact: true }) });
  await form.getByLabel("项目名称").pressSequentially(NAME);
  const hits = form.locator("[aria-live=polite]");
  await expect(hits).toContainText("须写差异说明");
  await expect(hits).toContainText("工程建设项目审批系统");
  await expect(hits).toContainText("名称主体相似 100%");

  await form.getByLabel("建设性质").selectOption("new");
  await form.getByLabel("项目类别").selectOption("softwareSpecial");
  await press(filer, "开始填报", form);
  const id = /projects\/([0-9a-f-]{36})/.exec(filer.url())?.[1];
  await filer.goto(`/projects/${id}/check`);
  const section = filer.locator("#similar");
  const row = section.getByRole("row", { name: /工程建设项目审批管理系统/ });
  await expect(row).toContainText("同一项目类别");
  await expect(row).toContainText("须说明");
  const problem = filer.getByText(/个项目或系统与本项目疑似重复/);
  await expect(problem).toBeVisible();

  await section.getByLabel("差异说明").fill("本项目为原系统的后续建设，建成后替换原系统，不并行运行。");
  await press(filer, "保存差异说明", section);
  await expect(filer.locator("#similar").getByLabel("差异说明")).toHaveValue(/后续建设/);
  await expect(problem).toHaveCount(0);
});

test("without script the check page still lists the hits", async ({ browser }) => {
  const filer = await logIn(browser, "filer2");
  await filer.goto("/projects?q=智慧工程建设项目审批平台");
  const href = await filer.getByRole("link", { name: NAME }).first().getAttribute("href");
  const state = await filer.context().storageState();
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: state });
  const page = await context.newPage();
  await page.goto(`${href}/check`);
  await expect(page.locator("#similar").getByRole("row", { name: /工程建设项目审批系统/ })).toBeVisible();
});

test("the reviewer sees what the applicant was shown, and the statement", async ({ browser }) => {
  const bureau = await logIn(browser, "bureau");
  await bureau.goto("/projects?q=综合养老信息服务平台");
  await bureau.getByRole("link", { name: "综合养老信息服务平台" }).first().click();
  await bureau.waitForURL(/projects\/[0-9a-f-]{36}/);
  await bureau.goto(`${bureau.url().split("?")[0]}/review`);
  const section = bureau.locator("#check");
  const hit = section.getByRole("row", { name: /养老服务管理系统/ });
  await expect(hit).toContainText("须说明");
  await expect(hit.getByRole("link")).toHaveAttribute("href", /\/systems\//);
  await expect(section).toContainText("差异说明：");
  await expect(section).toContainText("高龄津贴核验");
});
