import { expect, test, type Page } from "@playwright/test";

import { startRobot, type RobotStandIn } from "../support/message-receivers";
import { confirm, logIn, optionNaming, press } from "./support/people";

/**
 * A group's robot is let in and tried out; the bureau urges one report and then several; the group and the unit are told,
 * and the log says so.
 */
test.describe.configure({ mode: "serial" });
test.setTimeout(120_000);

const UNIT = "市住房城乡建设局";
const FIRST = "市政公用服务网上办理";
const SECOND = "工程建设项目审批管理系统";
const REPORTS = `/reports?by=project&period=2026-07&unit=${encodeURIComponent(UNIT)}`;
const ROBOT = "住建局月报群（联调）";
const SECRET = "SEC-browser-test";

const main = (page: Page) => page.getByRole("main");

let robot: RobotStandIn;
let robotPage = "";
test.beforeAll(async () => {
  robot = await startRobot(SECRET);
});
test.afterAll(async () => {
  await robot.stop();
});

test("1 · a robot is registered only for a host that the security administrator let in", async ({ browser }) => {
  const admin = await logIn(browser, "sysadmin");
  await admin.goto("/messages/channels/new");
  const fill = async () => {
    await admin.getByLabel("机器人名称").fill(ROBOT);
    const unit = admin.getByLabel("所属单位");
    await unit.selectOption(await optionNaming(unit, UNIT));
    await admin.getByLabel("Webhook 地址").fill(robot.url);
    await admin.getByLabel("加签密钥").fill(SECRET);
    await press(admin, "登记");
  };
  await fill();
  await expect(main(admin)).toContainText(`主机 ${robot.host} 不在出站白名单内`);

  const guard = await logIn(browser, "secadmin");
  await guard.goto("/messages/hosts");
  await guard.getByLabel("主机名").fill(robot.url);
  await guard.getByLabel("用途").fill("联调用的本机网关");
  await press(guard, "添加");
  await expect(main(guard)).toContainText("请只填主机名");
  await guard.getByLabel("主机名").fill(robot.host);
  await press(guard, "添加");
  await expect(main(guard).getByRole("table", { name: "允许的主机" })).toContainText(robot.host);
  await guard.context().close();

  await fill();
  await expect(main(admin)).toContainText("机器人已登记，尚未启用");
  robotPage = new URL(admin.url()).pathname;
  await press(admin, "启用");
  await press(admin, "发送测试消息");
  await expect.poll(() => robot.told.map(({ text }) => text).join(), { timeout: 20_000 }).toContain("测试消息");
  await expect(admin.locator("body")).not.toContainText(SECRET);
  await expect(admin.getByLabel("Webhook 地址")).toHaveValue("");
  await admin.context().close();
});

test("2 · the bureau urges one report, then all of the unit; what was urged today is passed over", async ({
  browser,
}) => {
  const bureau = await logIn(browser, "bureau");
  await bureau.goto(REPORTS);
  await press(bureau, `只催报 ${FIRST}`);
  await expect(main(bureau)).toContainText("已催报 1 份");
  await bureau.goto(REPORTS);
  await expect(bureau.getByLabel(`催报 ${SECOND}`, { exact: true })).toBeChecked();
  await press(bureau, "催报所选");
  await expect(main(bureau)).toContainText("已催报 1 份；另有 1 份今天已催过");
  const told = () => robot.told.map(({ text }) => text).join("\n");
  await expect.poll(told, { timeout: 20_000 }).toContain(`请报送${FIRST}2026年7月月报`);
  await expect.poll(told, { timeout: 20_000 }).toContain(`请报送${SECOND}2026年7月月报`);

  await bureau.goto(`/messages/log?kind=robot&q=${encodeURIComponent(ROBOT)}`);
  const log = main(bureau).getByRole("table", { name: "消息发送记录" });
  await expect(log.getByRole("row", { name: new RegExp(`催报：请报送${SECOND}`) })).toContainText("已发送");
  await expect(log.getByRole("row", { name: new RegExp(`催报：请报送${FIRST}`) })).toContainText("已发送");
  await bureau.context().close();
});

test("3 · the unit finds the urging among its messages and opens the report from it", async ({ browser }) => {
  const filer = await logIn(browser, "filer2");
  await filer.goto(`/messages?state=unread&q=${encodeURIComponent(`催报：请报送${SECOND}2026年7月`)}`);
  const messages = main(filer).getByRole("table", { name: "我的消息" });
  await expect(messages.getByRole("row")).toHaveCount(2);
  await press(filer, new RegExp(`^催报：请报送${SECOND}2026年7月月报`));
  await expect(filer).toHaveURL(/\/projects\/[0-9a-f-]{36}\/reports\/2026-07$/);
  await filer.goto(`/messages?q=${encodeURIComponent(`催报：请报送${SECOND}2026年7月`)}`);
  await expect(messages.getByRole("row", { name: new RegExp(SECOND) })).toContainText("已读");
  await filer.goto("/messages/log");
  await expect(filer.locator("body")).toContainText("没有权限");
  await filer.context().close();
});

test("4 · the robot is switched off again", async ({ browser }) => {
  const admin = await logIn(browser, "sysadmin");
  await admin.goto(robotPage);
  await confirm(admin, "停用", "停用");
  await expect(main(admin)).toContainText("机器人已停用");
  await admin.context().close();
});
