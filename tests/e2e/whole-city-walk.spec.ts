import { expect, test, type Page } from "@playwright/test";

import { passFormCheck } from "./support/bureau";
import { catalogSheet, pdfNamed } from "./support/catalog-sheet";
import { confirm, logIn, press } from "./support/people";

/**
 * One project through all of it: filed by a department, signed by its leader, reviewed by the bureau, cut by finance,
 * reported month by month, its unit scored, the city's bulletin signed by the leading group.
 */
test.describe.configure({ mode: "serial" });
test.setTimeout(180_000);

const PROJECT = "智慧管网系统";
let people: Record<"filer" | "unitlead" | "bureau" | "finance" | "sysadmin" | "operator" | "assessor" | "leader", Page>;
let projectUrl = "";

test.beforeAll(async ({ browser }) => {
  const names = ["filer", "unitlead", "bureau", "finance", "sysadmin", "operator", "assessor", "leader"] as const;
  const pages: Partial<typeof people> = {};
  for (const name of names) pages[name] = await logIn(browser, name);
  people = pages as typeof people;
});

const section = (name: string) => `${projectUrl}/filing/${name}`;
const head = (page: Page) => page.getByRole("main").locator("header").first();

test("1a · the filer drafts the filing section by section", async () => {
  const { filer } = people;
  await filer.goto("/projects/new");
  await filer.getByLabel("项目名称").fill(PROJECT);
  await filer.getByLabel("建设性质").selectOption({ label: "新建" });
  await filer.getByLabel("项目类别").selectOption({ label: "软件开发(专业)" });
  await press(filer, "开始填报");
  await expect(filer).toHaveURL(/\/projects\/[0-9a-f-]{36}/);
  projectUrl = new URL(filer.url()).pathname.split("/").slice(0, 3).join("/");

  await filer.goto(section("basics"));
  await filer.getByLabel("立项依据").fill("《鹤山市“数字政府”改革建设总体规划》任务清单");
  await filer.getByLabel("项目负责人").fill("李国强");
  await filer.getByLabel("联络员").fill("陈敏仪");
  await filer.getByLabel("联络电话").fill("0750-8888001");
  await filer.getByLabel("共同牵头单位").fill("市城市管理和综合执法局\n市政务服务数据管理局");
  await filer.getByLabel("配合单位").fill("市各部门\n各镇(街)政府");
  await press(filer, "保存并继续");

  await expect(filer).toHaveURL(/goals/);
  await filer
    .getByLabel("建设必要性")
    .fill("全市地下管线分属十二个权属单位，图纸不一，挖断事故每年十余起，亟需一张底图。");
  await filer.getByLabel("建设内容").fill("建成管网一张图、巡检派单和爆管预警，覆盖供水、排水、燃气、通信四类管线。");
  await filer.getByLabel("计划开工日期").fill("2026-07-20");
  await filer.getByLabel("计划完工日期").fill("2026-12-31");
  await filer.getByLabel("里程碑 1 名称").fill("完成管线普查与建库");
  await filer.getByLabel("里程碑 1 计划日期").fill("2026-09-15");
  await filer.getByLabel("里程碑 1 累计进度（%）").fill("50");
  await press(filer, "增加一行", filer.locator("#field-milestones"));
  await filer.getByLabel("里程碑 2 名称").fill("系统上线试运行");
  await filer.getByLabel("里程碑 2 计划日期").fill("2026-12-31");
  await filer.getByLabel("里程碑 2 累计进度（%）").fill("100");
  await filer.getByLabel("目标 1 指标").fill("管线数据覆盖率");
  await filer.getByLabel("目标 1 目标值").fill("95");
  await filer.getByLabel("目标 1 单位").fill("%");
  await press(filer, "保存并继续");

  await expect(filer).toHaveURL(/money/);
  await filer.getByLabel("申报总额").fill("300");
  await filer.getByLabel("可研估算").fill("300");
  const lines = [
    ["software", "管网一张图软件", "1", "套", "200"],
    ["hardware", "井盖监测终端", "200", "个", "0.3"],
    ["securityTest", "等保测评与密评", "1", "项", "40"],
  ] as const;
  await press(filer, /^增加 3 行$/, filer.locator("#field-lines"));
  for (const [index, [category, name, quantity, unit, price]] of lines.entries()) {
    await filer.getByLabel(`明细 ${index + 1} 类别`).selectOption(category);
    await filer.getByLabel(`明细 ${index + 1} 名称`).fill(name);
    await filer.getByLabel(`明细 ${index + 1} 数量`).fill(quantity);
    await filer.getByLabel(`明细 ${index + 1} 计量单位`).fill(unit);
    await filer.getByLabel(`明细 ${index + 1} 单价（万元）`).fill(price);
  }
  await filer.getByLabel("第 1 个年度金额（万元）").fill("300");
  await filer.getByLabel("资金来源 1 金额（万元）").fill("300");
  await press(filer, "保存并继续");
  await expect(filer).toHaveURL(/data/);

  await filer.goto(section("security"));
  await filer.getByLabel("非涉密").check();
  await filer.getByLabel("网络安全等级保护级别").selectOption("3");
  await filer.getByLabel("部署方式").selectOption("governmentCloud");
  await filer.getByLabel("密码应用方案").fill("身份鉴别和传输采用商用密码，随项目同步规划、同步建设、同步评估。");
  await press(filer, "保存并继续");
  await expect(filer).toHaveURL(/components/);
  for (const select of await filer.getByLabel(/的处理$/).all()) await select.selectOption("reuse");
  await press(filer, "保存并继续");
  await expect(filer).toHaveURL(/attachments/);
  for (const [kind, name] of [
    ["application", "智慧管网系统申报书.pdf"],
    ["buildingPlan", "智慧管网系统建设方案.pdf"],
    ["feasibility", "智慧管网系统可行性研究报告.pdf"],
  ] as const) {
    await filer.getByLabel("附件类别").selectOption(kind);
    await filer.getByLabel("文件", { exact: true }).setInputFiles(pdfNamed(name));
    await press(filer, /上传/);
    await expect(filer.getByRole("link", { name })).toBeVisible();
  }
});

test("1b · without a catalog the submission is refused, with the reason and the way out", async () => {
  const { filer } = people;
  await filer.goto(`${projectUrl}/check`);
  await press(filer, "提交分管领导签批");
  await expect(filer.getByRole("main")).toContainText("没有挂接数据目录，不能提交");
  await filer
    .getByRole("link", { name: /没有挂接数据目录/ })
    .first()
    .click();
  await expect(filer).toHaveURL(/filing\/data/);
});

test("1c · two entries are typed in, the rest imported after a preview with row-level errors", async () => {
  const { filer } = people;
  const form = filer.locator("#resource-form");
  for (const name of ["供水管网空间信息", "管线权属单位信息"]) {
    await form.getByLabel("资源名称").fill(name);
    await form.getByLabel("资源分类").selectOption({ label: "自然资源和空间地理 / 地下空间与管网" });
    await form.getByLabel("资源摘要").fill(`${name}，随普查成果更新`);
    for (const [index, item] of ["管段编号", "管径", "材质"].entries())
      await form.getByLabel(`信息项 ${index + 1} 名称`).fill(item);
    await form.getByLabel("资源格式").selectOption("database");
    await form.getByLabel("共享类型").selectOption("unconditional");
    await form.getByLabel("共享方式").selectOption("interface");
    await form.getByLabel("更新周期").selectOption("monthly");
    await press(filer, /加入|添加/, form);
    await expect(filer.getByRole("main")).toContainText(name);
  }
  const demand = filer.locator("#demand-form");
  await demand.getByLabel("需要的数据").fill("河道水位与雨量信息");
  await demand.getByLabel("提供单位").selectOption({ label: "市水利局" });
  await demand.getByLabel("需求依据").fill("《城镇排水与污水处理条例》");
  await demand.getByLabel("应用场景").fill("城区内涝预警与排水调度");
  await demand.getByLabel("希望的共享方式").selectOption("interface");
  await demand.getByLabel("使用频率").selectOption("realTime");
  await press(filer, /加入|添加/, demand);

  await filer.goto(`/catalog/import?project=${projectUrl.split("/").at(-1)}`);
  await filer
    .getByLabel("表格文件")
    .setInputFiles({ name: "目录.xlsx", mimeType: "image/png", buffer: Buffer.from("not a sheet") });
  await press(filer, "上传并预览");
  await expect(filer.getByRole("alert")).toContainText(/[\u4e00-\u9fff]/);

  await filer.getByLabel("表格文件").setInputFiles(catalogSheet());
  await press(filer, "上传并预览");
  await expect(filer.getByRole("main")).toContainText("2 行可以导入，2 行有问题");
  await expect(filer.getByRole("row", { name: /燃气管网空间信息/ })).toContainText("有条件共享须写明共享条件");
  await expect(filer.getByRole("row", { name: /通信管线信息/ })).toContainText("不认识“邮寄”");
  await press(filer, "导入 2 行");
  await expect(filer.getByRole("main")).toContainText("已导入 2 条数据资源");
  await expect(filer.getByRole("main")).toContainText("管网巡检记录");
});

test("1d · the filer submits and gets a receipt", async () => {
  const { filer } = people;
  await filer.goto(`${projectUrl}/check`);
  const difference = filer.getByLabel("差异说明");
  if (await difference.isVisible()) {
    await difference.fill("本项目管理地下管线，已有项目管理地面设施和不动产，数据对象、业务和用户均不相同。");
    await press(filer, /保存差异说明|保存/);
  }
  await press(filer, "提交分管领导签批");
  await expect(filer.getByRole("main")).toContainText("受理号");
  await expect(head(filer)).toContainText("待分管领导签批");
});

test("2a · the leader signs; the bureau returns it once with a reason", async () => {
  const { unitlead, bureau, filer } = people;
  await unitlead.goto("/");
  await unitlead
    .getByRole("link", { name: new RegExp(PROJECT) })
    .first()
    .click();
  await unitlead.goto(projectUrl);
  await press(unitlead, "签批上报");
  await expect(head(unitlead)).toContainText("立项审核");

  await bureau.goto(`${projectUrl}/review`);
  await press(bureau, "退回补正");
  await expect(bureau.getByRole("main")).toContainText(/理由/);
  await bureau.getByLabel("补充意见").fill("请说明与智慧城管的数据如何衔接。");
  await press(bureau, "退回补正");

  await filer.goto(projectUrl);
  await expect(head(filer)).toContainText("退回补正");
  await expect(filer.getByRole("main")).toContainText("请说明与智慧城管的数据如何衔接");
  await filer.goto(section("goals"));
  await filer
    .getByLabel("建设内容")
    .fill("建成管网一张图、巡检派单和爆管预警；井盖和巡检事件通过共享平台与智慧城管互通。");
  await press(filer, "保存");
  await filer.goto(`${projectUrl}/check`);
  await press(filer, "提交分管领导签批");
  await unitlead.goto(projectUrl);
  await press(unitlead, "签批上报");
});

test("2b · the bureau checks its form and passes it, finance cuts a line with a reason, the project is approved", async () => {
  const { bureau, finance, filer } = people;
  await passFormCheck(bureau, projectUrl);
  await bureau.goto(`${projectUrl}/review`);
  await press(bureau, "通过");
  await finance.goto(projectUrl.replace("projects", "funding"));
  await finance.getByLabel("井盖监测终端的核定金额").fill("45");
  await press(finance, "空白行按申报数核定并保存");
  await expect(finance.getByRole("main")).toContainText(/理由/);
  await finance.getByLabel("井盖监测终端的核减理由").fill("按同类项目中标单价 0.225 万元核定");
  await press(finance, "空白行按申报数核定并保存");
  await expect(finance.getByRole("main")).toContainText("285.00");
  await press(finance, "评估通过");

  await bureau.goto(`${projectUrl}/review`);
  await press(bureau, "批复立项");
  await filer.goto(projectUrl);
  await expect(head(filer)).toContainText("已批复");
  await press(filer, "启动采购");
  await press(filer, "开工建设");
  await expect(head(filer)).toContainText("建设实施");
});

test("4 · a system goes through the seven steps, and the cloud rate moves with the last", async () => {
  const { filer, bureau } = people;
  const rate = async () => {
    await bureau.goto("/cloud");
    return bureau
      .getByRole("main")
      .getByText(/^[\d.]+%$/)
      .first()
      .innerText();
  };
  const before = await rate();
  await filer.goto("/cloud");
  await filer.locator("#board a[href^='/systems/']").first().click();
  await filer.getByRole("link", { name: "上云办理" }).click();
  for (let step = 0; step < 7; step++) {
    const button = filer.getByRole("main").getByRole("button", { name: /^登记(完成|检测结果)$/ });
    if (!(await button.isVisible())) break;
    const passed = filer.getByLabel("合格", { exact: true });
    if (await passed.isVisible()) await passed.check();
    await filer.getByLabel("办理依据").fill(`上云迁移第 ${step + 1} 步办理记录`);
    await filer.getByLabel("证明文件").setInputFiles(pdfNamed(`第 ${step + 1} 步证明.pdf`));
    await press(filer, /^登记(完成|检测结果)$/);
  }
  await expect(head(filer)).toContainText("已上云");
  expect(parseFloat(await rate())).toBeGreaterThan(parseFloat(before));
});

test("5 · a period is frozen, published and confirmed; a score opens into rule, figures, rows and sentence", async () => {
  const { assessor, bureau } = people;
  await assessor.goto("/assessment");
  await confirm(assessor, /^冻结/, /冻结/);
  await confirm(assessor, /^公布/, /公布/);
  await bureau.goto("/assessment");
  await confirm(bureau, /定档/, /定档/);

  await bureau.goto("/ranking?period=2026-06&group=municipal");
  await expect(bureau.getByRole("main")).toContainText("2026年6月考核排名");
  const row = bureau.getByRole("row", { name: /市城市管理和综合执法局/ });
  const score = (await row.innerText()).match(/\d+\.\d{2}/)?.[0] ?? "none";
  await row.getByRole("link").first().click();
  await expect(bureau.getByRole("main")).toContainText(score);
  await bureau.locator("#leaves").getByRole("link", { name: /月报/ }).first().click();
  await expect(bureau.getByRole("main")).toContainText("计分规则");
  await expect(bureau.getByRole("main")).toContainText("明细");
  await expect(bureau.getByRole("link", { name: /智慧城管/ }).first()).toBeVisible();
});

test("6 · the bulletin writes itself, is signed and numbered, and its PDF opens", async () => {
  const { bureau, leader } = people;
  await bureau.goto("/bulletins");
  await press(bureau, "起草通报");
  await expect(bureau.getByRole("main")).toContainText("2026年6月");
  const address = bureau.url();

  await leader.goto(address);
  await confirm(leader, "签发", /签发/);
  const number = /鹤数政通〔2026〕\d+号/.exec(await leader.getByRole("main").innerText())?.[0];
  expect(number).toBeTruthy();
  const pdf = await leader.request.get(`${address}/pdf`);
  expect(pdf.status()).toBe(200);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");
  const again = await leader.request.get(`${address}/pdf`);
  expect((await again.body()).equals(await pdf.body())).toBe(true);
});

test("3 · reports: on time, late, missing, as the clock says; the light follows", async () => {
  const { filer, unitlead, sysadmin } = people;
  const moveTo = async (day: string) => {
    await sysadmin.goto("/admin");
    await sysadmin.getByLabel("推进到").fill(day);
    await press(sysadmin, "推进演示日期");
    await expect(sysadmin.getByRole("main")).toContainText(`当前演示日期为 ${day}`);
  };
  const report = async (period: string, percent: string) => {
    const address = `${projectUrl}/reports/${period}`;
    await expect(async () => {
      const response = await filer.goto(address);
      expect(response?.status()).toBe(200);
    }).toPass({ timeout: 30_000 });
    await filer.getByLabel("实际进度（%）").fill(percent);
    await filer.getByLabel("本月完成情况").fill("完成管线普查外业和数据建库。");
    await filer.getByLabel("下月计划").fill("开展系统联调。");
    await press(filer, /提交/);
    await unitlead.goto(address);
    await press(unitlead, "签批报送");
  };
  await moveTo("2026-08-14");
  await report("2026-07", "8");
  await moveTo("2026-09-18");
  await report("2026-08", "20");
  await moveTo("2026-10-20");

  await expect(async () => {
    await filer.goto("/reports?period=2026-09");
    const row = filer.getByRole("row", { name: new RegExp(PROJECT) });
    await expect(row.first()).toContainText("按时");
    await expect(row.first()).toContainText("迟报");
    await expect(row.first()).toContainText("缺报");
  }).toPass({ timeout: 30_000 });
  await expect(async () => {
    await filer.goto(projectUrl);
    await expect(head(filer)).toContainText(/预警|滞后/);
  }).toPass({ timeout: 30_000 });
});
