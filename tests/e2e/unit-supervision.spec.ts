import { expect, test, type Page } from "@playwright/test";

import { pdfNamed } from "./support/catalog-sheet";
import { logIn, press } from "./support/people";

/** A supervised item from the bureau's register to the unit's reply, to verifying and closing; a slip and a talk on paper. */
test.describe.configure({ mode: "serial" });
test.setTimeout(120_000);

const UNIT = "市档案馆";
const TITLE = "电子档案移交接口尚未联调";
const URGED = "环卫作业车辆定位数据未接入";
let people: Record<"filer" | "bureau", Page>;
let itemUrl = "";

test.beforeAll(async ({ browser }) => {
  people = { filer: await logIn(browser, "filer-dag"), bureau: await logIn(browser, "bureau") };
});

const main = (page: Page) => page.getByRole("main");
const head = (page: Page) => main(page).locator("header").first();

test("1 · the bureau registers an item for a unit", async () => {
  const { bureau } = people;
  await bureau.goto("/supervision");
  const form = bureau.locator("#register");
  await form.getByLabel("事项名称").fill(TITLE);
  await form.getByLabel("承办单位").selectOption({ label: UNIT });
  await form.getByLabel("办理要求").fill("完成与办公系统的移交接口联调，提交联调记录");
  await form.getByLabel("办理期限").fill("2026-08-14");
  await press(bureau, "登记并交办");
  await expect(bureau).toHaveURL(/\/supervision\/[0-9a-f-]{36}/);
  itemUrl = new URL(bureau.url()).pathname;
  await expect(head(bureau)).toContainText("签收并办理");
});

test("2 · the unit finds it on its desk, accepts it and replies with files in one form", async () => {
  const { filer } = people;
  await filer.goto("/");
  await filer.getByRole("link", { name: TITLE }).first().click();
  await expect(filer).toHaveURL(new RegExp(itemUrl));
  await expect(main(filer)).toContainText("完成与办公系统的移交接口联调");
  await expect(main(filer)).toContainText("2026年8月14日");
  await press(filer, "签收");
  await expect(head(filer)).toContainText("承办中");

  const reply = filer.locator("#reply");
  await press(filer, "反馈办理情况", reply);
  await expect(main(filer).getByRole("alert").first()).toContainText("请填写办理情况");
  await reply.getByLabel("办理情况").fill("接口已联调通过，移交测试数据一百二十件。");
  await reply.getByLabel("反馈材料").setInputFiles([pdfNamed("联调记录.pdf"), pdfNamed("移交清单.pdf")]);
  await press(filer, "反馈办理情况", reply);
  await expect(head(filer)).toContainText("已反馈");
  await expect(filer.locator("#replies").getByRole("link", { name: "联调记录.pdf" })).toBeVisible();
  await expect(filer.locator("#reply")).toHaveCount(0);
});

test("3 · the bureau opens the files, verifies, and closes with proof", async () => {
  const { bureau, filer } = people;
  await bureau.goto(itemUrl);
  const paper = bureau.getByRole("link", { name: "移交清单.pdf" });
  const answer = await bureau.request.get((await paper.getAttribute("href")) ?? "");
  expect(answer.headers()["content-type"]).toContain("application/pdf");
  await press(bureau, "核实通过");
  await expect(head(bureau)).toContainText("已核实");
  const closing = bureau.locator("#close");
  await closing.getByLabel("销号依据").fill("联调验收单第12号");
  await closing.getByLabel("依据文件").setInputFiles(pdfNamed("联调验收单.pdf"));
  await press(bureau, "销号", closing);
  await expect(head(bureau)).toContainText("已销号");
  await filer.goto(itemUrl);
  await expect(filer.locator("#replies")).toContainText("联调验收单第12号");
  await expect(filer.getByRole("link", { name: "联调验收单.pdf" })).toBeVisible();
});

test("4 · an overdue item is found by its colour and urged; once a day", async () => {
  const { bureau } = people;
  await bureau.goto(`/supervision?colour=red&q=${encodeURIComponent(URGED)}`);
  await bureau.getByRole("checkbox", { name: `催办 ${URGED}` }).check();
  await press(bureau, "催办所选");
  await expect(main(bureau)).toContainText("已催办 1 项");
  await expect(main(bureau).getByRole("row", { name: new RegExp(URGED) })).toContainText("已催办");
  await expect(bureau.getByRole("checkbox", { name: `催办 ${URGED}` })).toHaveCount(0);
});

test("5 · a red slip and the notice of a talk open as PDF, the same each time", async () => {
  const { bureau, filer } = people;
  await bureau.goto(`/supervision/slips?colour=red`);
  const row = main(bureau).getByRole("row", { name: new RegExp(URGED) });
  const slipHref = (await row.getByRole("link", { name: /^督单〔2026〕\d+号$/ }).getAttribute("href")) ?? "";
  const [first, second] = [await bureau.request.get(slipHref), await bureau.request.get(slipHref)];
  expect(first.headers()["content-type"]).toContain("application/pdf");
  const bytes = await first.body();
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  expect(bytes.equals(await second.body())).toBe(true);
  expect((await filer.request.get(slipHref)).status()).toBe(404);

  await bureau.goto("/supervision/talks?state=called");
  await main(bureau)
    .getByRole("link", { name: /^约谈〔2026〕\d+号$/ })
    .first()
    .click();
  await expect(head(bureau)).toContainText("市城市管理和综合执法局");
  const notice = bureau.getByRole("link", { name: "约谈通知" });
  const printed = await bureau.request.get((await notice.getAttribute("href")) ?? "");
  expect(printed.headers()["content-type"]).toContain("application/pdf");
});

test("6 · a figure of the statistics opens to as many rows", async () => {
  const { bureau } = people;
  await bureau.goto("/supervision/statistics?from=2026-01&to=2026-07");
  const table = main(bureau).getByRole("table", { name: "各来源督办情况" });
  const figure = table
    .getByRole("row", { name: /领导批示/ })
    .getByRole("link")
    .first();
  const registered = Number(await figure.textContent());
  expect(registered).toBeGreaterThan(0);
  await figure.click();
  await expect(main(bureau)).toContainText(`共 ${registered} 项`);
});
