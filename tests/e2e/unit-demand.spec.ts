import { expect, test, type Browser, type Page } from "@playwright/test";
import { readFileSync } from "node:fs";

import { logIn, press } from "./support/people";

/** A department asks another for data of the catalog: applied, signed, checked, agreed, delivered, rated, on the lists. */
test.describe.configure({ mode: "serial" });
test.setTimeout(120_000);

const RESOURCE = "统计月报指标信息";
const SCENE = "季度用地形势分析";

let demandUrl = "";
let filer: Page;

test.beforeAll(async ({ browser }) => {
  filer = await logIn(browser, "filer");
});

const main = (page: Page) => page.getByRole("main");
const status = (page: Page) => main(page).locator("header").first();

/** Opens the demand as somebody else, takes one step, and leaves. */
async function as(browser: Browser, username: string, step: (page: Page) => Promise<void>): Promise<void> {
  const page = await logIn(browser, username);
  await page.goto(demandUrl);
  await step(page);
  await page.context().close();
}

test("1 · the filer applies for a published resource; what is missing is said beside its field", async () => {
  await filer.goto(`/catalog?state=published&q=${encodeURIComponent(RESOURCE)}`);
  const href = await main(filer).getByRole("link", { name: RESOURCE }).first().getAttribute("href");
  const resourceId = href?.split("/").at(-1) ?? "";
  await filer.goto(`/catalog/demands/new?resource=${resourceId}`);
  await expect(main(filer)).toContainText("市统计局");
  await filer.getByLabel("需求依据").fill("《土地调查条例》第十条");
  await press(filer, "提交单位审核");
  await expect(main(filer).getByRole("alert")).toContainText("请填写应用场景");
  await expect(filer.getByLabel("需求依据")).toHaveValue("《土地调查条例》第十条");

  await filer.getByLabel("应用场景").fill(SCENE);
  await filer.getByLabel("希望的共享方式").selectOption("file");
  await filer.getByLabel("使用频率").selectOption("monthly");
  await filer.getByLabel("使用期限（起）").fill("2026-08-01");
  await filer.getByLabel("使用期限（止）").fill("2027-07-31");
  await filer.getByLabel("安全保护措施").fill("只在政务外网内使用，专人保管，用完销毁");
  await press(filer, "提交单位审核");
  await expect(filer).toHaveURL(/\/catalog\/demands\/[0-9a-f-]{36}/);
  demandUrl = new URL(filer.url()).pathname;
  await expect(status(filer)).toContainText("待单位审核");

  await filer.goto(`/catalog/demands/new?resource=${resourceId}`);
  await filer.getByLabel("需求依据").fill("《土地调查条例》第十条");
  await filer.getByLabel("应用场景").fill(SCENE);
  await filer.getByLabel("希望的共享方式").selectOption("file");
  await filer.getByLabel("使用频率").selectOption("monthly");
  await filer.getByLabel("使用期限（起）").fill("2026-08-01");
  await filer.getByLabel("使用期限（止）").fill("2027-07-31");
  await filer.getByLabel("安全保护措施").fill("只在政务外网内使用，专人保管，用完销毁");
  await press(filer, "提交单位审核");
  await expect(main(filer).getByRole("alert")).toContainText("本单位已申请同一数据");
});

test("2 · the leader finds it on the desk and signs; the bureau checks", async ({ browser }) => {
  const lead = await logIn(browser, "unitlead");
  await main(lead).getByRole("link", { name: RESOURCE }).first().click();
  await expect(lead).toHaveURL(new RegExp(demandUrl));
  await press(lead, "单位审核通过");
  await expect(status(lead)).toContainText("待合规审查");
  await lead.context().close();

  await as(browser, "bureau", async (page) => {
    await press(page, "合规审查通过");
    await expect(status(page)).toContainText("待提供方答复");
    await expect(status(page)).toContainText("市统计局");
  });
});

test("3 · the provider's leader agrees, its filer delivers", async ({ browser }) => {
  await as(browser, "lead-tjj", async (page) => {
    await press(page, "同意提供");
    await expect(status(page)).toContainText("待提供数据");
  });
  await as(browser, "filer-tjj", async (page) => {
    await press(page, "提供数据");
    await expect(main(page).getByRole("alert")).toContainText("请填写提供说明");
    await page.getByLabel("提供说明").fill("每月五日前经文件交换系统移交，联系人：统计局数据科");
    await press(page, "提供数据");
    await expect(status(page)).toContainText("已提供");
  });
});

test("4 · the filer rates; the list shows it ended, as a sheet and as a form", async () => {
  await filer.goto(demandUrl);
  await filer.getByLabel("5 分 很好").check();
  await filer.getByLabel("评价意见").fill("按时提供，口径清楚");
  await press(filer, "评价并办结");
  await expect(status(filer)).toContainText("已办结");
  for (const word of ["提出数据需求", "单位审核通过", "合规审查通过", "同意提供", "提供数据", "评价并办结"]) {
    await expect(main(filer).getByLabel("办理过程").first()).toContainText(word);
  }

  await filer.goto(`/catalog/demands?list=demands&state=ended&q=${encodeURIComponent(SCENE)}`);
  await expect(main(filer).getByRole("row", { name: new RegExp(RESOURCE) })).toContainText("已办结");
  const [sheet] = await Promise.all([
    filer.waitForEvent("download"),
    main(filer).getByRole("link", { name: "导出 Excel" }).click(),
  ]);
  expect(sheet.suggestedFilename()).toBe("市自然资源局数据需求清单 2026-07-20.xlsx");
  expect(
    readFileSync(await sheet.path())
      .subarray(0, 2)
      .toString(),
  ).toBe("PK");

  const form = await filer.request.get("/catalog/demands/form?list=demands");
  expect(form.headers()["content-type"]).toBe("application/pdf");
  expect((await form.body()).subarray(0, 5).toString()).toBe("%PDF-");
});

test("5 · the provider earned points for it, with the rule and the demand behind them", async ({ browser }) => {
  const lead = await logIn(browser, "lead-tjj");
  await lead.goto("/catalog/points");
  await main(lead).getByRole("link", { name: "市统计局", exact: true }).click();
  const entry = main(lead)
    .getByRole("row", { name: new RegExp(RESOURCE) })
    .first();
  await expect(entry).toContainText("按时满足需求");
  await expect(entry).toContainText("按期满足一件需求：3 分");
  await entry.getByRole("link", { name: RESOURCE }).click();
  await expect(lead).toHaveURL(new RegExp(demandUrl));
  await lead.context().close();
});
