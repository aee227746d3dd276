import { expect, test, type Page } from "@playwright/test";

import { pdfNamed } from "./support/catalog-sheet";
import { logIn, optionNaming, press } from "./support/people";

/**
 * A department files one project in one sitting: copied from an earlier one, completed while the list of what is missing
 * shrinks, edited by two at once, checked, submitted, signed.
 */
test.describe.configure({ mode: "serial" });
test.setTimeout(120_000);

const PROJECT = "城市部件普查成果应用";
let filer: Page;
/** the same account in a browser of its own: another pair of hands */
let colleague: Page;
let unitlead: Page;
let projectUrl = "";

test.beforeAll(async ({ browser }) => {
  filer = await logIn(browser, "filer");
  colleague = await logIn(browser, "filer");
  unitlead = await logIn(browser, "unitlead");
});

const section = (name: string) => `${projectUrl}/filing/${name}`;
const panel = (page: Page) => page.locator("#outstanding");
const main = (page: Page) => page.getByRole("main");

/** How much still stands between the filing and its submission, as the panel says. */
async function outstanding(page: Page): Promise<number> {
  const words = await panel(page).locator("header").innerText();
  return Number(/还差 (\d+) 处/.exec(words)?.[1] ?? 0);
}

test("1 · an earlier project of the unit becomes a draft", async () => {
  await filer.goto("/projects/new");
  const form = filer.locator("#copy");
  const earlier = form.getByLabel("以前的项目");
  await earlier.selectOption(await optionNaming(earlier, "城市全面感知平台"));
  await form.getByLabel("另取名称").fill(PROJECT);
  await press(filer, "复制并开始填报", form);
  await expect(filer).toHaveURL(/\/projects\/[0-9a-f-]{36}\/filing\/basics/);
  projectUrl = new URL(filer.url()).pathname.split("/").slice(0, 3).join("/");
  await expect(main(filer)).toContainText("建立新的申报");
  await expect(filer.getByLabel("项目名称")).toHaveValue(PROJECT);
  await expect(filer.getByLabel("立项依据")).not.toHaveValue("");
  await expect(panel(filer)).toContainText("请上传可行性研究报告");
});

test("2 · what is typed is saved by itself, and what is missing shrinks", async () => {
  await filer.goto(section("money"));
  const before = await outstanding(filer);
  await filer.getByLabel("可研估算").fill("1900");
  await expect(main(filer)).toContainText(/已自动保存 \d\d:\d\d/, { timeout: 15_000 });
  await expect(panel(filer)).not.toContainText("请填写可研估算");
  expect(await outstanding(filer)).toBe(before - 1);
  // The next save by hand follows the one in the background: it is no conflict with oneself.
  await press(filer, "保存");
  await expect(main(filer)).toContainText("已保存：资金概算");
  await expect(filer.getByLabel("可研估算")).toHaveValue("1900");

  await panel(filer)
    .getByRole("link", { name: /没有挂接数据目录/ })
    .click();
  await expect(filer).toHaveURL(/filing\/data#field-noDataStatement/);
  const demand = filer.locator("#demand-form");
  await demand.getByLabel("需要的数据").fill("河道水位与雨量信息");
  await demand.getByLabel("提供单位").selectOption({ label: "市水利局" });
  await demand.getByLabel("需求依据").fill("《城镇排水与污水处理条例》");
  await demand.getByLabel("应用场景").fill("部件巡查与排涝调度");
  await demand.getByLabel("希望的共享方式").selectOption("interface");
  await demand.getByLabel("使用频率").selectOption("daily");
  await press(filer, "加入需求清单", demand);
  await expect(panel(filer)).not.toContainText("没有挂接数据目录");
});

test("3 · several files at once; the same content a second time is refused by name, a disguise by content", async () => {
  await filer.goto(section("attachments"));
  const upload = async (kind: string, ...files: { name: string; mimeType: string; buffer: Buffer }[]) => {
    await filer.getByLabel("附件类别").selectOption(kind);
    await filer.getByLabel("文件", { exact: true }).setInputFiles(files);
    await press(filer, "上传");
  };
  await upload("application", pdfNamed(`${PROJECT}申报书.pdf`));
  await expect(filer.getByRole("link", { name: `${PROJECT}申报书.pdf` })).toBeVisible();

  const again = { ...pdfNamed(`${PROJECT}申报书.pdf`), name: "换了名字.pdf" };
  await upload("buildingPlan", again, pdfNamed(`${PROJECT}建设方案.pdf`));
  await expect(main(filer)).toContainText(`“换了名字.pdf”与已上传的“${PROJECT}申报书.pdf”（申报书）内容完全相同`);
  await expect(main(filer)).toContainText(`已上传：${PROJECT}建设方案.pdf`);

  const disguised = { name: "可研.pdf", mimeType: "application/pdf", buffer: Buffer.from("PK not really a pdf") };
  await upload("feasibility", disguised);
  await expect(main(filer)).toContainText("改扩展名无效");
  await upload("feasibility", pdfNamed(`${PROJECT}可行性研究报告.pdf`));
  await expect(panel(filer)).not.toContainText("附件材料");

  const [download] = await Promise.all([
    filer.waitForEvent("download"),
    filer.getByRole("link", { name: `${PROJECT}建设方案.pdf` }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`${PROJECT}建设方案.pdf`);
});

test("4 · two people edit one section: side by side, decided field by field, nothing typed is lost", async () => {
  await filer.goto(section("goals"));
  await colleague.goto(section("goals"));
  await colleague.getByLabel("建设必要性").fill("同事写的必要性：普查成果没有用起来。");
  await colleague.getByLabel("里程碑 1 名称").fill("同事改的里程碑");
  await press(colleague, "保存");

  await filer.getByLabel("建设必要性").fill("我写的必要性：部件底数不清。");
  await filer.getByLabel("目标 1 目标值").fill("4000");
  await press(filer, "保存");
  await expect(filer.getByRole("alert")).toContainText("别人保存了这一部分");
  await expect(main(filer)).toContainText("同事写的必要性");
  await expect(main(filer)).toContainText("我写的必要性");

  // What both changed must be chosen.
  await press(filer, "按所选保存");
  await expect(main(filer)).toContainText("还有项目没有选择");
  await filer.getByRole("radiogroup", { name: "建设必要性保留哪一份" }).getByLabel("用我填写的").check();
  await press(filer, "按所选保存");
  await expect(main(filer)).toContainText("已保存：需求与目标");
  await expect(filer.getByLabel("建设必要性")).toHaveValue("我写的必要性：部件底数不清。");
  await expect(filer.getByLabel("里程碑 1 名称")).toHaveValue("同事改的里程碑");
  await expect(filer.getByLabel("目标 1 目标值")).toHaveValue("4000");
});

test("5 · what was typed in a lost session is found again", async () => {
  await filer.goto(section("basics"));
  await filer.context().clearCookies();
  await filer.getByLabel("立项依据").fill("《鹤山市新型城市基础设施建设方案》");
  await expect(main(filer)).toContainText("登录已超时", { timeout: 15_000 });
  await filer.reload();
  await filer.getByLabel("账号").fill("filer");
  await filer.getByLabel("密码").fill(process.env.DEMO_PASSWORD ?? "Mingjing#2026");
  await Promise.all([filer.waitForURL(/filing\/basics/), filer.getByRole("button", { name: "登录" }).click()]);
  await press(filer, "找回");
  await expect(filer.getByLabel("立项依据")).toHaveValue("《鹤山市新型城市基础设施建设方案》");
  await press(filer, "保存");
  await expect(main(filer)).toContainText("已保存：基本信息");
});

test("6 · the answers are checked, the filing is submitted, the receipt says what comes next", async () => {
  await filer.goto(`${projectUrl}/check`);
  const difference = filer.getByLabel("差异说明");
  if (await difference.isVisible()) {
    await difference.fill("原项目建设感知设备，本项目只应用部件普查成果，数据、功能和用户均不相同。");
    await press(filer, "保存差异说明");
  }
  await expect(main(filer)).toContainText("全部检查通过，可以提交");
  await expect(main(filer)).toContainText("我写的必要性：部件底数不清。");
  await expect(filer.getByRole("link", { name: "修改资金概算" })).toBeVisible();
  await press(filer, "提交分管领导签批");
  await expect(filer).toHaveURL(/\/receipt/);
  await expect(main(filer)).toContainText(/已提交，受理号 SL-ZX\d{4}-\d{4}-1/);
  await expect(main(filer)).toContainText("形式审查");
});

test("7 · the leader signs", async () => {
  await unitlead.goto(projectUrl);
  await press(unitlead, "签批上报");
  await expect(main(unitlead).locator("header").first()).toContainText("立项审核");
});
