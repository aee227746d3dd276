import { expect, test, type Page } from "@playwright/test";

import { pdfNamed } from "./support/catalog-sheet";
import { confirm, logIn, press } from "./support/people";

/**
 * The company that operates a system takes it to the cloud with the proof of each step; the bureau finds a step wanting
 * and takes it back, and the rate moves; the company fails the test once and then takes the steps again.
 */
test.describe.configure({ mode: "serial" });
test.setTimeout(120_000);

const SYSTEM = "医疗救助管理系统";
let people: Record<"operator" | "bureau" | "filer-slj", Page>;
let cloudUrl = "";
let opened = 0;

test.beforeAll(async ({ browser }) => {
  const names = ["operator", "bureau", "filer-slj"] as const;
  const pages: Partial<typeof people> = {};
  for (const name of names) pages[name] = await logIn(browser, name);
  people = pages as typeof people;
});

const main = (page: Page) => page.getByRole("main");
const head = (page: Page) => main(page).locator("header").first();

async function cloudRate(page: Page): Promise<number> {
  await page.goto("/cloud");
  const shown = main(page)
    .getByText(/^[\d.]+%$/)
    .first();
  return parseFloat(await shown.innerText());
}

test("1 · the operator sees only the systems it operates and records a step with its proof", async () => {
  const { operator, bureau } = people;
  const before = await cloudRate(bureau);
  await operator.goto("/systems?q=系统");
  await expect(main(operator)).not.toContainText("养老服务管理系统");
  await operator.goto(`/systems?q=${SYSTEM}`);
  await operator.getByRole("link", { name: SYSTEM }).click();
  await operator.getByRole("link", { name: "上云办理" }).click();
  await expect(operator).toHaveURL(/\/systems\/[0-9a-f-]{36}\/cloud$/);
  cloudUrl = new URL(operator.url()).pathname;

  // Without the notice it is not taken; what was typed stays.
  await operator.getByLabel("办理依据").fill("服务开通通知书（鹤云〔2026〕31号）");
  await press(operator, "登记完成");
  await expect(main(operator).getByRole("alert")).toContainText("请上传“服务开通”的证明文件");
  await expect(operator.getByLabel("办理依据")).toHaveValue(/31号/);
  await operator.getByLabel("证明文件").setInputFiles(pdfNamed("服务开通通知书.pdf"));
  await press(operator, "登记完成");
  await expect(head(operator)).toContainText("已上云");
  await expect(main(operator).locator("#evidence").getByRole("link", { name: "服务开通通知书.pdf" })).toBeVisible();
  opened = await cloudRate(bureau);
  expect(opened).toBeGreaterThan(before);
});

test("2 · others do not see it", async () => {
  const { "filer-slj": filer } = people;
  await filer.goto(cloudUrl);
  await expect(main(filer)).toContainText("没有找到");
});

test("3 · the bureau takes the test back with a reason, and the rate falls", async () => {
  const { bureau } = people;
  await bureau.goto(cloudUrl);
  await bureau.getByLabel("从哪一步退回").selectOption("安全检测");
  await bureau.getByLabel("退回理由").fill("检测报告未覆盖移动端，须补测后重新登记。");
  await confirm(bureau, "退回", "确认退回");
  await expect(head(bureau)).toContainText("上云迁移中");
  await expect(main(bureau)).toContainText("“安全检测”于 2026-07-20 被退回");
  expect(await cloudRate(bureau)).toBeLessThan(opened);
});

test("4 · the operator is told, reports a block, fails the test, then takes both steps again", async () => {
  const { operator, bureau } = people;
  await operator.goto("/");
  await expect(main(operator)).toContainText("重新办理安全检测");
  await operator.goto(cloudUrl);
  await operator.getByLabel("受阻原因").selectOption({ label: "承建单位原因" });
  await operator.getByLabel("受阻情况").fill("检测单位排期至下周。");
  await press(operator, "登记受阻");
  await expect(main(operator)).toContainText("“安全检测”受阻：承建单位原因");

  const report = async (result: "合格" | "不合格") => {
    await operator.getByLabel(result, { exact: true }).check();
    await operator.getByLabel("办理依据").fill(`安全检测报告（${result}）`);
    await operator.getByLabel("证明文件").setInputFiles(pdfNamed(`安全检测报告（${result}）.pdf`));
    await press(operator, "登记检测结果");
  };
  await report("不合格");
  await expect(main(operator)).toContainText("“安全检测”受阻：安全检测不合格");
  await report("合格");
  await expect(operator.getByRole("heading", { name: "登记“服务开通”", exact: true })).toBeVisible();

  await operator.getByLabel("办理依据").fill("服务开通通知书（鹤云〔2026〕36号）");
  await operator.getByLabel("证明文件").setInputFiles(pdfNamed("服务开通通知书（重新开通）.pdf"));
  await press(operator, "登记完成");
  await expect(head(operator)).toContainText("已上云");
  expect(await cloudRate(bureau)).toBe(opened);

  await operator.getByRole("link", { name: "退回、受阻与资源历史" }).click();
  await expect(main(operator).locator("#attempts")).toContainText("检测报告未覆盖移动端");
  await expect(main(operator).locator("#blocks")).toContainText("安全检测不合格");
});

test("5 · the figures of its resources stand side by side, and more opened than applied is refused", async () => {
  const { operator } = people;
  await operator.goto(cloudUrl);
  await operator.getByLabel("CPU（核）申请").fill("32");
  await operator.getByLabel("CPU（核）开通").fill("40");
  await operator.getByLabel("CPU（核）使用").fill("8");
  await press(operator, "登记数量");
  await expect(main(operator).getByRole("alert")).toContainText("超过申请的 32");
  await operator.getByLabel("CPU（核）开通").fill("32");
  await press(operator, "登记数量");
  await expect(main(operator).locator("#resources").getByRole("row", { name: /CPU/ })).toContainText("25.0%");
});
