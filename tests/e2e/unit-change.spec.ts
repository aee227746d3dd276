import { expect, test, type Page } from "@playwright/test";

import { pdfNamed } from "./support/catalog-sheet";
import { confirm, logIn, press } from "./support/people";

/**
 * A change of an approved project from the first figure typed to the new figures on the project; and the rules it is
 * judged by: entered for a day to come, taken back, read by everyone.
 */
test.describe.configure({ mode: "serial" });
test.setTimeout(120_000);

const PROJECT = "数字高清底图";
let people: Record<"filer" | "unitlead" | "bureau" | "sysadmin", Page>;
let changeUrl = "";
let projectUrl = "";
/** @unit 万元 */
let approved = 0;

test.beforeAll(async ({ browser }) => {
  const names = ["filer", "unitlead", "bureau", "sysadmin"] as const;
  const pages: Partial<typeof people> = {};
  for (const name of names) pages[name] = await logIn(browser, name);
  people = pages as typeof people;
});

const main = (page: Page) => page.getByRole("main");

test("1 · the filer sees live which way a change goes, and submits one of 12 %", async () => {
  const { filer } = people;
  await filer.goto(`/projects?q=${encodeURIComponent(PROJECT)}`);
  await filer.getByRole("link", { name: PROJECT, exact: true }).click();
  await expect(filer).toHaveURL(/\/projects\/[0-9a-f-]{36}/);
  projectUrl = new URL(filer.url()).pathname;
  await filer.getByRole("link", { name: "申请变更" }).click();

  const estimate = await main(filer).getByText("批复概算", { exact: true }).locator("xpath=..").innerText();
  approved = Number(/([\d,]+\.\d+)/.exec(estimate)?.[1]?.replaceAll(",", ""));
  expect(approved).toBeGreaterThan(0);
  await filer.getByLabel("变更理由类别").selectOption({ label: "技术方案优化" });
  const verdict = filer.getByRole("status");
  await filer.getByLabel("概算内调整金额").fill((approved * 0.16).toFixed(2));
  await expect(verdict).toContainText("16.00%，超过 15%。");
  await filer.getByLabel("概算内调整金额").fill((approved * 0.12).toFixed(2));
  await expect(verdict).toContainText("12.00%，不超过 15%；理由“技术方案优化”属于可备案的情形。");
  await expect(verdict).not.toContainText("超过 15%。");

  await filer.getByLabel("变更理由", { exact: true }).fill("地名地址匹配改用省统一服务，原自研模块费用调剂。");
  await filer.getByLabel("变更内容").fill("自研地址匹配模块取消，费用调剂到影像更新和接口适配。");
  await filer.getByLabel("变更后计划完工日期").fill("2027-03-31");
  await press(filer, "保存，下一步提交");
  await expect(filer).toHaveURL(/\/changes\/[0-9a-f-]{36}/);
  changeUrl = new URL(filer.url()).pathname;

  // Without the document it is not taken; what was typed stays.
  await press(filer, "提交签批");
  await expect(main(filer).getByRole("alert")).toContainText("请上传变更依据文件");
  await expect(filer.getByLabel("变更内容")).toHaveValue(/影像更新/);
  await filer.getByLabel("变更依据文件").setInputFiles(pdfNamed("底图变更论证意见.pdf"));
  await press(filer, "保存");
  await expect(main(filer)).toContainText("已上传：底图变更论证意见.pdf");
  await press(filer, "提交签批");
  await expect(main(filer).locator("header").first()).toContainText("待分管领导签批");
  await expect(main(filer)).toContainText("提交时判定，已存档");
});

test("2 · the leader signs, the bureau records it, the project shows the new figures", async () => {
  const { unitlead, bureau, filer } = people;
  await unitlead.goto("/");
  await unitlead.getByRole("link", { name: new RegExp(`${PROJECT}（变更1）`) }).click();
  await press(unitlead, "签批上报");
  await expect(main(unitlead).locator("header").first()).toContainText("待数据局办理");

  await bureau.goto("/changes?state=open");
  await bureau.getByRole("link", { name: new RegExp(PROJECT) }).click();
  await expect(main(bureau)).toContainText("变更备案：概算内调整上限 15%");
  await expect(main(bureau).locator("header").first()).toContainText("剩余 10 个工作日");
  await confirm(bureau, "予以备案", "确认予以备案");
  await expect(main(bureau).locator("header").first()).toContainText("已同意");

  await filer.goto(projectUrl);
  const changes = filer.locator("#changes");
  await expect(changes).toContainText("变更1");
  await expect(changes).toContainText("已同意");
  await expect(main(filer)).toContainText("变更生效");
  await filer.goto(changeUrl);
  await expect(main(filer)).toContainText("2027年3月31日");
});

test("3 · the system administrator enters a figure for a day to come and takes it back", async () => {
  const { sysadmin } = people;
  await sysadmin.goto(`/admin/figures?q=${encodeURIComponent("督办默认时限")}`);
  await sysadmin.getByRole("link", { name: "督办默认时限" }).click();
  await sysadmin.getByLabel("新的数值（工作日）").fill("200");
  await sysadmin.getByLabel("生效日期").fill("2027-01-01");
  await sysadmin.getByLabel("依据（文件名称和文号）").fill("鹤政数〔2026〕18号");
  await sysadmin.getByLabel("调整理由").fill("年底任务集中，适当放宽");
  await press(sysadmin, "登记新值");
  await expect(main(sysadmin).getByRole("alert")).toContainText("数值应在 1 至 120 之间");
  await sysadmin.getByLabel("新的数值（工作日）").fill("18");
  await press(sysadmin, "登记新值");
  await expect(main(sysadmin)).toContainText("新值已登记");
  await expect(main(sysadmin).getByRole("table")).toContainText("将生效");
  await sysadmin.goto("/admin/figures");
  await expect(main(sysadmin)).toContainText("2027年1月1日起 18 工作日");

  await sysadmin.goBack();
  await sysadmin.getByLabel("撤回理由").fill("文号有误，待重新发文");
  await confirm(sysadmin, "撤回新值", "确认撤回");
  await expect(main(sysadmin)).toContainText("登记的新值已撤回");
  await expect(main(sysadmin).getByRole("table")).toContainText("已撤回");
  await expect(main(sysadmin).getByRole("table")).not.toContainText("将生效");
});

test("4 · a department reads the figures and cannot enter any", async () => {
  const { filer } = people;
  await filer.goto("/");
  await filer.getByRole("link", { name: "规则参数" }).click();
  await filer.getByRole("link", { name: "变更备案：概算内调整上限" }).click();
  await expect(main(filer)).toContainText("15 %");
  await expect(main(filer).getByRole("button", { name: "登记新值" })).toHaveCount(0);
  const answer = await filer.request.post("/admin/figures/change.filedPercent", {
    form: { intent: "add", value: "50", inForceFrom: "2027-01-01", source: "x", reason: "x" },
    headers: { Origin: new URL(filer.url()).origin },
  });
  expect(answer.status()).toBe(403);
});

test("5 · the bureau suspends a project with a reason and resumes it", async () => {
  const { bureau, filer } = people;
  await bureau.goto(`${projectUrl}/halt`);
  await confirm(bureau, "暂停", "确认暂停");
  await expect(main(bureau).getByRole("alert")).toContainText("请写明理由");
  await bureau.getByLabel("暂停理由").fill("航飞空域未获批，暂缓影像采集");
  await confirm(bureau, "暂停", "确认暂停");
  await filer.goto(projectUrl);
  await expect(main(filer)).toContainText("航飞空域未获批");
  await expect(main(filer).locator("header").first()).toContainText("已暂停");
  await bureau.getByRole("link", { name: "恢复或终止" }).click();
  await bureau.getByLabel("恢复理由").fill("空域已获批");
  await confirm(bureau, "恢复", "确认恢复");
  await expect(main(bureau).locator("header").first()).toContainText("建设实施");
});
