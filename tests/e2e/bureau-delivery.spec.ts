import { expect, test, type Page } from "@playwright/test";

import { confirm, logIn, press } from "./support/people";

/**
 * Data on their way out of the house: a unit connects a resource to the exchange, the bureau tests it; the bureau looks at
 * a delivery that the catalog platform refused, and sends it again.
 */
test.describe.configure({ mode: "serial" });
test.setTimeout(120_000);

const RESOURCE = "正射影像信息";
const PATH = "/szrzyj/dom/2026/";
const PROJECT = "协同办公平台";

let resourceUrl = "";

const main = (page: Page) => page.getByRole("main");

test("1 · the filer finds what is not connected yet and connects it; a wrong address is said beside its field", async ({
  browser,
}) => {
  const filer = await logIn(browser, "filer");
  await filer.goto(`/catalog/connections?standing=none&q=${encodeURIComponent(RESOURCE)}`);
  await main(filer).getByRole("link", { name: RESOURCE }).click();
  await expect(filer).toHaveURL(/\/catalog\/[0-9a-f-]{36}\?tab=connection/);
  resourceUrl = filer.url();
  await expect(main(filer)).toContainText("还没有挂接");
  const address = filer.getByLabel("文件路径");
  await address.fill("dom/2026");
  await press(filer, "挂接");
  await expect(main(filer)).toContainText("绝对路径");
  await expect(address).toHaveValue("dom/2026");
  await address.fill(PATH);
  await press(filer, "挂接");
  await expect(main(filer).getByRole("table", { name: "挂接记录" })).toContainText(PATH);
  await expect(main(filer)).toContainText("待测试");
  await filer.context().close();
});

test("2 · the bureau's test fails with its reason, and passes once it is mended", async ({ browser }) => {
  const bureau = await logIn(browser, "bureau");
  await bureau.goto(resourceUrl);
  await bureau.getByLabel("未通过").check();
  await press(bureau, "登记测试结果");
  await expect(main(bureau)).toContainText("请写明原因");
  await bureau.getByLabel("测试情况").fill("目录下没有影像文件");
  await press(bureau, "登记测试结果");
  await expect(main(bureau)).toContainText("测试未通过");

  const filer = await logIn(browser, "filer");
  await filer.goto(resourceUrl);
  await expect(main(filer)).toContainText("目录下没有影像文件");
  await filer.context().close();

  await bureau.getByLabel("通过", { exact: true }).check();
  await bureau.getByLabel("测试情况").fill("抽查 3 景可读");
  await press(bureau, "登记测试结果");
  await expect(main(bureau).getByRole("table", { name: "挂接记录" })).toContainText("抽查 3 景可读");
  await bureau.goto(`/catalog/connections?standing=passed&q=${encodeURIComponent(RESOURCE)}`);
  await expect(main(bureau).getByRole("row", { name: RESOURCE })).toContainText("已挂接");
  await bureau.context().close();
});

test("3 · the bureau sees the delivery that was refused, with the platform's answer, and sends it again", async ({
  browser,
}) => {
  const bureau = await logIn(browser, "bureau");
  await bureau.goto("/catalog/deliveries");
  await expect(main(bureau)).toContainText("未配置目录平台地址");
  await bureau.getByLabel("状态").selectOption({ label: "已停止重试" });
  await press(bureau, "查询");
  await main(bureau)
    .getByRole("link", { name: `${PROJECT}（第 1 次）` })
    .click();
  await expect(main(bureau)).toContainText("系统编号");
  await expect(main(bureau).getByRole("table", { name: "发送记录" })).toContainText("应答 422");
  await expect(main(bureau).getByRole("table", { name: "交付的数据资源" })).toBeVisible();
  await confirm(bureau, "重新发送", "重新发送");
  await expect(main(bureau)).toContainText("已重新排队");
  await expect(main(bureau).locator("header").first()).toContainText("待发送");
  await expect(main(bureau).getByRole("button", { name: "重新发送" })).toHaveCount(0);
  await bureau.context().close();
});

test("4 · the unit reads its deliveries and cannot send them", async ({ browser }) => {
  const filer = await logIn(browser, "filer");
  await filer.goto("/catalog/deliveries");
  await expect(main(filer)).not.toContainText(PROJECT);
  await main(filer)
    .getByRole("link", { name: /不动产权电子证书线上查询系统（第 1 次）/ })
    .click();
  await expect(main(filer).locator("header").first()).toContainText("已送达");
  await expect(main(filer).getByRole("button", { name: "重新发送" })).toHaveCount(0);
  await filer.context().close();
});
