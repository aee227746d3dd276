import { readFileSync } from "node:fs";

import { expect, test, type Page } from "@playwright/test";

import { logIn, press } from "./support/people";

/**
 * The asset graph: the bureau looks a system up, sees picture and table, opens a node, finds a path, takes files home; a
 * department sees its own part only; without JavaScript the page says the same.
 */
test.describe.configure({ mode: "serial" });
test.setTimeout(120_000);

const main = (page: Page) => page.getByRole("main");
const picture = (page: Page) => page.locator("[data-standing]");
const drawn = (page: Page) => expect(picture(page)).toHaveAttribute("data-standing", "drawn", { timeout: 20_000 });
const nodesDrawn = async (page: Page) => Number(await picture(page).getAttribute("data-nodes"));

/** The most connected system: it stands in the overview, whatever other journeys have added. */
async function openHub(page: Page): Promise<void> {
  await page.goto("/graph?kinds=system");
  const hubs = main(page).getByRole("table", { name: "符合条件的节点" });
  await hubs.getByRole("link", { name: "不动产权电子证书查询系统" }).first().click();
}

test("1 · the overview opens into rows: kinds, gaps, units", async ({ browser }) => {
  const bureau = await logIn(browser, "bureau");
  await bureau.goto("/graph");
  await expect(main(bureau).getByRole("table", { name: "相连最多的节点" })).toBeVisible();
  const gap = main(bureau)
    .getByRole("link", { name: /^\d+\s*个$/ })
    .nth(5);
  const counted = /\d+/.exec((await gap.textContent()) ?? "")?.[0] ?? "";
  await gap.click();
  await expect(bureau).toHaveURL(/gap=systemsWithoutProject/);
  await expect(main(bureau)).toContainText(`共 ${counted} 个`);
  await bureau.context().close();
});

test("2 · a system is found while it is typed; picture and table show the same; a node opens and closes", async ({
  browser,
}) => {
  const bureau = await logIn(browser, "bureau");
  await openHub(bureau);
  await expect(bureau).toHaveURL(/node=system:/);
  await drawn(bureau);
  const before = await nodesDrawn(bureau);
  await expect(main(bureau).getByRole("table", { name: "图中全部节点" }).getByRole("row")).toHaveCount(before);
  await bureau.goto(`${bureau.url().split("&")[0]}&depth=1`);
  await drawn(bureau);
  const few = await nodesDrawn(bureau);
  const neighbour = main(bureau).getByRole("table", { name: "直接相连的节点" }).getByRole("link").first();
  const key = new URL((await neighbour.getAttribute("href")) ?? "", bureau.url()).searchParams.get("node") ?? "";
  await bureau.goto(`${bureau.url()}&at=${key}`);
  await drawn(bureau);
  await main(bureau).getByRole("button", { name: /^展开/ }).click();
  await expect.poll(() => nodesDrawn(bureau)).toBeGreaterThan(few);
  await main(bureau).getByRole("button", { name: "收起" }).click();
  await expect.poll(() => nodesDrawn(bureau)).toBe(few);
  await main(bureau).getByRole("button", { name: "标出谁依赖它" }).click();
  await expect(main(bureau)).toContainText(/依赖“.+”的共 \d+ 个/);
  await bureau.getByRole("searchbox", { name: "换一个节点" }).pressSequentially("身份");
  await expect(main(bureau).getByRole("list", { name: "可能要找的" }).getByRole("link").first()).toBeVisible();
  await bureau.context().close();
});

test("3 · a path is found, and files are taken home", async ({ browser }) => {
  const bureau = await logIn(browser, "bureau");
  await openHub(bureau);
  const far = main(bureau).getByRole("table", { name: "它的下游" }).getByRole("link").last();
  const name = (await far.textContent()) ?? "";
  await bureau.getByRole("searchbox", { name: /^从“.+”到$/ }).fill(name);
  await press(bureau, "找路径");
  const choice = main(bureau).locator("#path").getByRole("link", { name, exact: true }).first();
  const chain = main(bureau).getByRole("list", { name: /^路径，共 \d+ 步$/ });
  if (!(await chain.isVisible())) await choice.click();
  await expect(chain).toContainText(name);
  await drawn(bureau);

  const [csv] = await Promise.all([
    bureau.waitForEvent("download"),
    main(bureau).getByRole("link", { name: "导出关系 CSV" }).click(),
  ]);
  const text = readFileSync(await csv.path(), "utf8");
  expect(text.startsWith("\uFEFF")).toBe(true);
  expect(text).toContain("不动产权电子证书查询系统");
  const [svg] = await Promise.all([
    bureau.waitForEvent("download"),
    main(bureau).getByRole("button", { name: "导出 SVG" }).click(),
  ]);
  expect(readFileSync(await svg.path(), "utf8")).toMatch(/^<svg [\s\S]*不动产权电子证书[\s\S]*<\/svg>$/);
  const [png] = await Promise.all([
    bureau.waitForEvent("download"),
    main(bureau).getByRole("button", { name: "导出 PNG" }).click(),
  ]);
  expect(
    readFileSync(await png.path())
      .subarray(1, 4)
      .toString("latin1"),
  ).toBe("PNG");
  await bureau.context().close();
});

test("4 · a department sees its own projects and systems, and no others", async ({ browser }) => {
  const bureau = await logIn(browser, "bureau");
  await bureau.goto("/graph?kinds=system");
  const all = await main(bureau).getByRole("row").count();
  await bureau.context().close();
  const filer = await logIn(browser, "filer");
  await filer.goto("/graph?kinds=system");
  await expect(main(filer).getByRole("link", { name: "不动产权电子证书查询系统" })).toBeVisible();
  expect(await main(filer).getByRole("row").count()).toBeLessThan(all);
  await filer.context().close();
});

test("5 · without JavaScript the page finds, lists and leads", async ({ browser }) => {
  const bureau = await logIn(browser, "bureau");
  const context = await browser.newContext({
    storageState: await bureau.context().storageState(),
    javaScriptEnabled: false,
  });
  await bureau.context().close();
  const page = await context.newPage();
  await page.goto("/graph");
  await page.getByLabel("搜索").fill("不动产权电子证书查询系统");
  await page.getByRole("button", { name: "查询" }).click();
  await main(page).getByRole("link", { name: "不动产权电子证书查询系统" }).first().click();
  await expect(main(page).getByRole("heading", { level: 1 })).toHaveText("不动产权电子证书查询系统");
  await expect(main(page).getByRole("table", { name: "直接相连的节点" }).getByRole("row").nth(1)).toBeVisible();
  await expect(main(page).getByRole("table", { name: "谁依赖它" })).toBeVisible();
  await context.close();
});
