import { expect, type Browser, type Locator, type Page } from "@playwright/test";

const PASSWORD = process.env.DEMO_PASSWORD ?? "Mingjing#2026";

/** Opens a browser of its own for a person and logs in. */
export async function logIn(browser: Browser, username: string): Promise<Page> {
  const context = await browser.newContext();
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.on("pageerror", (error) => {
    throw new Error(`${username}: ${error.message}`);
  });
  await page.goto("/login");
  await page.getByLabel("账号").fill(username);
  await page.getByLabel("密码").fill(PASSWORD);
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("我的工作");
  return page;
}

/** Presses a button (within a part of the page) and waits for the page that answers. */
export async function press(
  page: Page,
  name: string | RegExp,
  within: Locator = page.getByRole("main"),
): Promise<void> {
  const button = within.getByRole("button", { name, exact: typeof name === "string" });
  await Promise.all([page.waitForEvent("load"), button.click()]);
}

/** Confirms what a dialog asks once more. */
export async function confirm(page: Page, opener: string | RegExp, confirmLabel: string | RegExp): Promise<void> {
  await page
    .getByRole("main")
    .getByRole("button", { name: opener, exact: typeof opener === "string" })
    .click();
  const dialog = page.getByRole("alertdialog");
  await Promise.all([page.waitForEvent("load"), dialog.getByRole("button", { name: confirmLabel }).click()]);
}

/** The value of the option that names something: a choice by place would depend on what other journeys left behind. */
export async function optionNaming(select: Locator, words: string): Promise<string> {
  const value = await select.locator("option", { hasText: words }).first().getAttribute("value");
  if (!value) throw new Error(`no option names ${words}`);
  return value;
}
