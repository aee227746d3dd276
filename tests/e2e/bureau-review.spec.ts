import { expect, test, type Page } from "@playwright/test";

import { passFormCheck } from "./support/bureau";
import { pdfNamed } from "./support/catalog-sheet";
import { logIn, optionNaming, press } from "./support/people";

/**
 * The bureau's workbench: a filing is returned with reasons from templates, supplemented, compared with the round before,
 * checked and passed; the timeline and the efficiency page tell of every turn.
 */
test.describe.configure({ mode: "serial" });
test.setTimeout(120_000);

const PROJECT = "井盖位移监测试点";
let people: Record<"filer" | "unitlead" | "bureau" | "leader", Page>;
let projectUrl = "";

test.beforeAll(async ({ browser }) => {
  const names = ["filer", "unitlead", "bureau", "leader"] as const;
  const pages: Partial<typeof people> = {};
  for (const name of names) pages[name] = await logIn(browser, name);
  people = pages as typeof people;
});

const main = (page: Page) => page.getByRole("main");
const head = (page: Page) => main(page).locator("header").first();
const timeline = (page: Page, label = "办理过程") => page.getByRole("list", { name: label });

async function submitAndSign(): Promise<void> {
  const { filer, unitlead } = people;
  await filer.goto(`${projectUrl}/check`);
  const difference = filer.getByLabel("差异说明");
  if ((await difference.isVisible()) && (await difference.inputValue()) === "") {
    await difference.fill("原项目建设全市感知设备，本项目只试点井盖位移监测，设备、数据和用户均不相同。");
    await press(filer, "保存差异说明");
  }
  await press(filer, "提交分管领导签批");
  await expect(main(filer)).toContainText("受理号");
  await unitlead.goto(projectUrl);
  await press(unitlead, "签批上报");
  await expect(head(unitlead)).toContainText("形式审查");
}

test("1 · a filing made from an earlier one comes to the bureau for its form check", async () => {
  const { filer, bureau } = people;
  await filer.goto("/projects/new");
  const copy = filer.locator("#copy");
  const earlier = copy.getByLabel("以前的项目");
  await earlier.selectOption(await optionNaming(earlier, "城市全面感知平台"));
  await copy.getByLabel("另取名称").fill(PROJECT);
  await press(filer, "复制并开始填报", copy);
  await expect(filer).toHaveURL(/\/projects\/[0-9a-f-]{36}\/filing\/basics/);
  projectUrl = new URL(filer.url()).pathname.split("/").slice(0, 3).join("/");
  await filer.goto(`${projectUrl}/filing/money`);
  await filer.getByLabel("可研估算").fill("1900");
  await press(filer, "保存");
  await filer.goto(`${projectUrl}/filing/data`);
  const demand = filer.locator("#demand-form");
  await demand.getByLabel("需要的数据").fill("地下管线空间位置信息");
  await demand.getByLabel("提供单位").selectOption({ label: "市水利局" });
  await demand.getByLabel("需求依据").fill("《城市地下管线管理办法》");
  await demand.getByLabel("应用场景").fill("井盖位移告警定位");
  await demand.getByLabel("希望的共享方式").selectOption("interface");
  await demand.getByLabel("使用频率").selectOption("daily");
  await press(filer, "加入需求清单", demand);
  await filer.goto(`${projectUrl}/filing/attachments`);
  for (const kind of ["application", "buildingPlan", "feasibility"]) {
    await filer.getByLabel("附件类别").selectOption(kind);
    await filer.getByLabel("文件", { exact: true }).setInputFiles([pdfNamed(`${PROJECT}${kind}.pdf`)]);
    await press(filer, "上传");
  }
  await submitAndSign();
  await bureau.goto("/");
  await expect(
    main(bureau)
      .getByRole("row", { name: new RegExp(`形式审查.*${PROJECT}`) })
      .first(),
  ).toBeVisible();
});

test("2 · an unticked list does not pass; two templates become the reason of a return", async () => {
  const { bureau } = people;
  await bureau.goto(`${projectUrl}/review`);
  await expect(main(bureau)).toContainText(/双人原则：陈敏仪（提交人）、李国强（签批人）不能办理这一步/);
  await press(bureau, "形式审查通过");
  await expect(bureau.getByRole("alert")).toContainText("形式审查清单还有 6 项没有勾选");

  await bureau.getByText("常用理由（勾选后写入意见，可再修改）").click();
  await bureau.getByLabel("附件扫描不清或缺页，请重新扫描后上传。").check();
  await bureau.getByLabel("立项依据未写明文号或无法查证，请补充依据文件。").check();
  const opinion = bureau.getByLabel("补充意见");
  await expect(opinion).toHaveValue(
    "附件扫描不清或缺页，请重新扫描后上传。\n立项依据未写明文号或无法查证，请补充依据文件。",
  );
  await opinion.fill(`${await opinion.inputValue()}\n建设内容请写明试点范围。`);
  await press(bureau, "退回补正");
  await expect(head(bureau)).toContainText("退回补正");
});

test("3 · the filer reads every reason, changes the filing and hands it in again", async () => {
  const { filer } = people;
  await filer.goto(projectUrl);
  await expect(head(filer)).toContainText("按退回意见补正后重新提交");
  for (const reason of ["附件扫描不清或缺页", "立项依据未写明文号", "建设内容请写明试点范围"])
    await expect(timeline(filer)).toContainText(reason);
  await expect(timeline(filer)).toContainText("审核时钟停止");
  await filer.goto(`${projectUrl}/filing/goals`);
  await filer.getByLabel("建设内容").fill("在沙坪街道老城区 300 个井盖加装位移传感器，接入城市感知平台。");
  await press(filer, "保存");
  await submitAndSign();
});

test("4 · the bureau sees what changed, passes the form check and the filing", async () => {
  const { bureau } = people;
  await bureau.goto(`${projectUrl}/review`);
  const changes = bureau.getByRole("table", { name: "本次修改" });
  await expect(changes.getByRole("row", { name: /需求与目标 \/ 建设内容/ })).toContainText("300 个井盖加装位移传感器");
  await expect(bureau.getByRole("list", { name: "本项目历次意见" })).toContainText("形式审查（第 1 次）：退回补正");
  await passFormCheck(bureau, projectUrl);
  await expect(head(bureau)).toContainText("立项审核");
  await bureau.goto(`${projectUrl}/review`);
  await press(bureau, "通过");
  await expect(head(bureau)).toContainText("资金评估审查");
});

test("5 · the rounds are intact and comparable; the timeline tells all", async () => {
  const { filer } = people;
  await filer.goto(`${projectUrl}/submissions?from=2&to=1`);
  await expect(main(filer).getByText("重新计算一致")).toHaveCount(2);
  await expect(main(filer)).toContainText("第 1 次与第 2 次相比，改动 1 处");
  await filer.goto(`${projectUrl}?tab=history`);
  const all = timeline(filer, "全部记录");
  for (const step of ["待办：资金评估审查", "立项审核通过", "形式审查通过", "签批上报", "退回补正", "提交签批"])
    await expect(all).toContainText(step);
});

test("6 · the efficiency page opens into the turns; a department may not see it", async () => {
  const { leader, filer } = people;
  await leader.goto("/projects/efficiency");
  const desks = leader.getByRole("table", { name: "各环节审核时效" });
  const row = desks.getByRole("row", { name: /形式审查/ });
  const done = Number(await row.getByRole("link").first().innerText());
  await row.getByRole("link").first().click();
  await expect(leader).toHaveURL(/show=done/);
  await expect(main(leader)).toContainText(`共 ${done} 件`);
  await expect(leader.getByRole("table", { name: /明细/ }).getByRole("row", { name: new RegExp(PROJECT) })).toHaveCount(
    2,
  );
  expect((await filer.goto("/projects/efficiency"))?.status()).toBe(403);
});

test("7 · a withdrawn filing says why, and offers its copy", async () => {
  const { filer } = people;
  await filer.goto("/projects/new");
  await filer.getByLabel("项目名称", { exact: true }).fill(`${PROJECT}二期`);
  await filer.getByLabel("建设性质").selectOption({ label: "新建" });
  await filer.getByLabel("项目类别").selectOption({ label: "软件开发(专业)" });
  await press(filer, "开始填报");
  const address = new URL(filer.url()).pathname.split("/").slice(0, 3).join("/");
  await filer.goto(address);
  const withdrawing = filer.locator("#withdraw");
  await withdrawing.getByRole("button", { name: "撤回" }).click();
  await Promise.all([
    filer.waitForEvent("load"),
    filer.getByRole("alertdialog").getByRole("button", { name: "确认撤回" }).click(),
  ]);
  await expect(filer.getByRole("alert")).toContainText("请写明理由");
  await withdrawing.getByLabel("撤回理由").fill("并入智慧管网系统一并建设");
  await withdrawing.getByRole("button", { name: "撤回" }).click();
  await Promise.all([
    filer.waitForEvent("load"),
    filer.getByRole("alertdialog").getByRole("button", { name: "确认撤回" }).click(),
  ]);
  await expect(head(filer)).toContainText("已撤回");
  await expect(timeline(filer)).toContainText("并入智慧管网系统一并建设");
  await expect(head(filer).getByRole("link", { name: "复制为新申报" })).toBeVisible();
});
