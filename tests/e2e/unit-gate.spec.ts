import { expect, test, type Page } from "@playwright/test";

import { pdfNamed } from "./support/catalog-sheet";
import { confirm, logIn, press } from "./support/people";

/**
 * A department whose gate is closed sees why, asks for an exemption and gets it by three hands; then a sanction is
 * proposed, imposed, mended and lifted, each step by another person.
 */
test.describe.configure({ mode: "serial" });
test.setTimeout(120_000);

const UNIT = "市水利局";
let people: Record<"filer-slj" | "lead-slj" | "bureau" | "bureau2" | "finance", Page>;
let gateUrl = "";
let exemptionUrl = "";
let sanctionUrl = "";

test.beforeAll(async ({ browser }) => {
  const names = ["filer-slj", "lead-slj", "bureau", "bureau2", "finance"] as const;
  const pages: Partial<typeof people> = {};
  for (const name of names) pages[name] = await logIn(browser, name);
  people = pages as typeof people;
});

const main = (page: Page) => page.getByRole("main");
const head = (page: Page) => main(page).locator("header").first();

test("1 · the department sees why its gate is closed and asks for an exemption with a paper", async () => {
  const { "filer-slj": filer } = people;
  await filer.getByRole("link", { name: "共享闸口", exact: true }).click();
  await expect(filer).toHaveURL(/\/gates\/[0-9a-f-]{36}$/);
  gateUrl = new URL(filer.url()).pathname;
  await expect(head(filer)).toContainText("已关闭");
  await expect(main(filer).locator("#reasons")).toContainText("水库安全监测信息");
  await expect(main(filer).locator("#reasons").getByRole("link", { name: "查看记录" }).first()).toBeVisible();
  await expect(main(filer).locator("#passages")).toContainText("全部项目资金停办");
  await expect(main(filer).locator("#history")).toContainText("关闭");

  await filer.getByRole("link", { name: "申请豁免" }).click();
  await filer.getByLabel("申请理由").fill("水库监测系统汛期检修，8月中旬恢复更新；防汛项目须按期拨付。");
  await filer.getByLabel("豁免结束日期").fill("2026-09-30");
  await press(filer, "保存，下一步提交");
  await expect(filer).toHaveURL(/\/gates\/exemptions\/[0-9a-f-]{36}/);
  exemptionUrl = new URL(filer.url()).pathname;

  // Without the paper it is not taken; what was typed stays.
  await press(filer, "提交签批");
  await expect(main(filer).getByRole("alert")).toContainText("请上传证明材料");
  await expect(filer.getByLabel("申请理由")).toHaveValue(/汛期检修/);
  await filer.getByLabel("证明材料").setInputFiles(pdfNamed("水库监测恢复计划.pdf"));
  await press(filer, "保存");
  await expect(main(filer)).toContainText("已上传：水库监测恢复计划.pdf");
  await press(filer, "提交签批");
  await expect(head(filer)).toContainText("待分管领导签批");
});

test("2 · the leader signs, the bureau approves, the gate is open until the last day", async () => {
  const { "lead-slj": lead, bureau, finance } = people;
  await lead.goto("/");
  await expect(main(lead)).toContainText("请签批共享闸口豁免申请");
  await lead.goto(exemptionUrl);
  await press(lead, "签批上报");
  await expect(head(lead)).toContainText("待数据局审批");

  await bureau.goto("/");
  await expect(main(bureau)).toContainText(`请审批共享闸口豁免：${UNIT}`);
  await bureau.goto(exemptionUrl);
  await bureau.getByLabel("审批意见").fill("同意，请按计划恢复更新。");
  await confirm(bureau, "批准豁免", "确认批准豁免");
  await expect(head(bureau)).toContainText("已批准");

  await finance.goto(gateUrl);
  await expect(head(finance)).toContainText("豁免放行");
  await expect(main(finance).locator("#passages")).toContainText("豁免期至2026年9月30日");
  await expect(main(finance).locator("#passages")).not.toContainText("停办");
  await expect(main(finance).locator("#reasons")).toContainText("水库安全监测信息");
});

test("3 · one proposes a rectification, another imposes it, the unit mends it, the bureau lifts it", async () => {
  const { bureau, bureau2, "filer-slj": filer } = people;
  await bureau.goto(gateUrl);
  await bureau.getByRole("link", { name: "提出惩戒" }).click();
  await bureau.getByLabel("措施", { exact: false }).first().selectOption({ label: "限期整改" });
  await bureau.getByLabel("事由").fill("河长巡河信息逾期未更新。");
  await bureau.getByLabel("整改要求").fill("补齐更新并接入自动更新。");
  await press(bureau, "提出，交另一位同志复核");
  await expect(bureau).toHaveURL(/\/sanctions\/[0-9a-f-]{36}/);
  sanctionUrl = new URL(bureau.url()).pathname;
  // The unit does not see what one person has said alone, and he cannot impose it himself.
  await filer.goto(sanctionUrl);
  await expect(main(filer)).toContainText("没有找到");
  await confirm(bureau, "复核实施", "确认复核实施");
  await expect(main(bureau).getByRole("alert")).toContainText("双人原则");

  await bureau2.goto(sanctionUrl);
  await confirm(bureau2, "复核实施", "确认复核实施");
  await expect(head(bureau2)).toContainText("执行中");

  await filer.goto(gateUrl);
  await expect(main(filer).locator("#reasons")).toContainText("不关闭闸口");
  await filer.goto(sanctionUrl);
  await filer.getByLabel("整改情况").fill("已补齐更新并接入自动更新。");
  await filer.getByLabel("证明材料").setInputFiles(pdfNamed("整改报告.pdf"));
  await press(filer, "提交整改情况");
  await expect(head(filer)).toContainText("待核实解除");

  await bureau2.goto(sanctionUrl);
  await bureau2.getByLabel("核实意见").fill("已核查目录更新记录。");
  await press(bureau2, "核实解除");
  await expect(head(bureau2)).toContainText("已解除");
});

test("4 · finance finds the gate among the exempted ones, and its opening in its history", async () => {
  const { finance } = people;
  const row = main(finance).getByRole("table").getByRole("link", { name: UNIT, exact: true });
  // The opening is kept after the events before it are delivered.
  await expect
    .poll(
      async () => {
        await finance.goto("/gates?state=exempted");
        return row.count();
      },
      { timeout: 100_000 },
    )
    .toBe(1);
  await row.click();
  await expect(main(finance).locator("#history")).toContainText("豁免放行");
});
