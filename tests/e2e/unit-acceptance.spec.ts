import { expect, test, type Page } from "@playwright/test";

import { pdfNamed } from "./support/catalog-sheet";
import { confirm, logIn, press } from "./support/people";

/**
 * A final acceptance from the first application to the catalog platform: what is missing is named until it is there, two
 * persons of the unit and the bureau have a hand in it, and the project's systems and data go out by themselves.
 */
test.describe.configure({ mode: "serial" });
test.setTimeout(120_000);

const PROJECT = "舆情实时监测系统";
const PAPERS = ["建设总结报告", "财务决算报告", "审计报告", "试运行报告", "等级保护测评报告"];
let people: Record<"filer" | "lead" | "bureau", Page>;
let projectUrl = "";
let pageUrl = "";

test.beforeAll(async ({ browser }) => {
  people = {
    filer: await logIn(browser, "filer-wlyqxxzx"),
    lead: await logIn(browser, "lead-wlyqxxzx"),
    bureau: await logIn(browser, "bureau"),
  };
});

const main = (page: Page) => page.getByRole("main");
const missing = (page: Page) => page.locator("#missing");

test("1 · the unit sees that it is late, begins an application and is told what is missing", async () => {
  const { filer } = people;
  await filer.goto("/acceptance");
  const row = filer.getByRole("row", { name: new RegExp(PROJECT) });
  await expect(row).toContainText(/逾期 \d+ 天/);
  await row.getByRole("link", { name: PROJECT }).click();
  await expect(filer).toHaveURL(/\/projects\/[0-9a-f-]{36}\/acceptance/);
  pageUrl = new URL(filer.url()).pathname;
  projectUrl = pageUrl.replace(/\/acceptance$/, "");
  await expect(filer.locator("#clock")).toContainText(/逾期 \d+ 天/);

  await press(filer, "申请竣工验收");
  for (const paper of PAPERS) await expect(missing(filer)).toContainText(`缺少《${paper}》`);
  await expect(missing(filer)).toContainText("等保2级项目必须提供");
  await expect(missing(filer)).not.toContainText("密码应用安全性评估报告");
  await expect(missing(filer)).toContainText("还没有办理档案验收");
  await press(filer, "提交签批");
  await expect(main(filer).getByRole("alert").first()).toContainText("请填写申请说明");
});

test("2 · uploads the papers, one content only once, and submits", async () => {
  const { filer } = people;
  await filer.goto(pageUrl);
  await filer.getByLabel("申请说明").fill("系统已建成并试运行满三个月，监测、研判、处置流程均已启用。");
  await press(filer, "保存说明");
  await expect(main(filer)).toContainText("已保存");
  for (const paper of PAPERS) {
    await filer.getByLabel("材料类别").selectOption({ label: paper });
    await filer.getByLabel("文件", { exact: true }).setInputFiles(pdfNamed(`舆情${paper}.pdf`));
    await press(filer, "上传");
    await expect(filer.locator("#papers")).toContainText(`舆情${paper}.pdf`);
    await expect(missing(filer)).not.toContainText(`缺少《${paper}》`);
  }
  await filer.getByLabel("材料类别").selectOption({ label: "其他材料" });
  await filer.getByLabel("文件", { exact: true }).setInputFiles(pdfNamed("舆情审计报告.pdf"));
  await press(filer, "上传");
  await expect(main(filer).getByRole("alert").first()).toContainText("内容完全相同，没有重复保存");
  await press(filer, "提交签批");
  await expect(main(filer).locator("header").first()).toContainText("签批竣工验收申请");
});

test("3 · the leader signs; the bureau is refused while the archive is unchecked, then passes", async () => {
  const { lead, bureau } = people;
  await lead.goto("/");
  await lead.getByRole("link", { name: new RegExp(`${PROJECT}（竣工验收申请）`) }).click();
  await press(lead, "签批上报");
  await expect(main(lead).locator("header").first()).toContainText("办理竣工验收");

  await bureau.goto("/acceptance?tab=applications&state=open");
  await bureau.getByRole("link", { name: PROJECT }).click();
  await expect(main(bureau).locator("header").first()).toContainText("剩余 10 个工作日");
  await confirm(bureau, "通过", "确认通过");
  await expect(main(bureau).getByRole("alert").first()).toContainText("还没有办理档案验收");

  await bureau.locator("#archive").getByLabel("档案验收合格", { exact: true }).check();
  await press(bureau, "登记档案验收");
  await expect(bureau.locator("#archive")).toContainText("第1次");
  await expect(missing(bureau)).toContainText("条件都已满足");
  await bureau.getByLabel("验收意见").fill("建设内容与批复一致，同意通过。");
  await confirm(bureau, "通过", "确认通过");
  await expect(main(bureau).locator("header").first()).toContainText("终验通过");
});

test("4 · the project stands accepted, its opinion sheet opens, its delivery is under way", async () => {
  const { filer, bureau } = people;
  await filer.goto(projectUrl);
  await expect(main(filer).locator("header").first()).toContainText("终验通过");
  await expect(main(filer)).toContainText("终验日期");
  await filer.goto(pageUrl);
  await expect(filer.locator("#evaluation")).toContainText("起可以自评");
  const sheet = filer.getByRole("link", { name: "验收意见书（PDF）" }).first();
  const answer = await filer.request.get((await sheet.getAttribute("href")) ?? "");
  expect(answer.headers()["content-type"]).toContain("application/pdf");

  await bureau.goto(`/catalog/deliveries?q=${encodeURIComponent(PROJECT)}`);
  await expect(
    main(bureau)
      .getByRole("row", { name: new RegExp(PROJECT) })
      .first(),
  ).toContainText("终验通过");
});
