import { expect, test, type Page } from "@playwright/test";

import { logIn, press } from "./support/people";

/** A matter for the leading group from the bureau's advice to the answer that becomes a supervised item, and the unit that reads it. */
test.describe.configure({ mode: "serial" });
test.setTimeout(120_000);

const PROJECT = "医联体综合管理平台";
const ADVICE = "建议由市卫生健康局牵头，三家镇卫生院本周内指定联络人。";
const ANSWER = "请市卫生健康局牵头，八月十日前完成三家镇卫生院接口联调。";
const REQUIREMENT = "八月十日前完成三家镇卫生院接口联调，每周一报送进展。";
let people: Record<"leader" | "bureau" | "unit", Page>;
let matterUrl = "";

test.beforeAll(async ({ browser }) => {
  people = {
    leader: await logIn(browser, "leader"),
    bureau: await logIn(browser, "bureau"),
    unit: await logIn(browser, "filer-wsjkj"),
  };
});

const main = (page: Page) => page.getByRole("main");

test("1 · the dashboard leads to what waits, and the bureau advises", async () => {
  const { leader, bureau } = people;
  await leader.goto("/dashboard");
  await leader.locator("#matters").getByRole("link", { name: PROJECT }).click();
  await expect(leader).toHaveURL(/\/coordination\/[0-9a-f-]{36}$/);
  matterUrl = new URL(leader.url()).pathname;
  await expect(main(leader).locator("header").first()).toContainText("待答复");

  await bureau.goto(`/coordination?q=${encodeURIComponent(PROJECT)}`);
  await main(bureau)
    .getByRole("row", { name: new RegExp(PROJECT) })
    .getByRole("link", { name: PROJECT })
    .click();
  await bureau.getByLabel("数据局意见").fill(ADVICE);
  await press(bureau, "提出意见");
  await expect(main(bureau)).toContainText(ADVICE);
  await expect(bureau.getByRole("button", { name: "答复", exact: true })).toHaveCount(0);
});

test("2 · on a phone the leader answers and makes it an item of a unit", async () => {
  const { leader } = people;
  await leader.setViewportSize({ width: 375, height: 812 });
  await leader.goto("/");
  await leader
    .getByRole("link", { name: new RegExp(PROJECT) })
    .first()
    .click();
  await expect(leader).toHaveURL(new RegExp(`${matterUrl}$`));
  await expect(main(leader)).toContainText(ADVICE);
  const form = leader.getByRole("form", { name: "答复并转督办" });
  await form.getByLabel("答复").fill(ANSWER);
  await form.getByLabel("办理要求").fill("尽快");
  await form.getByLabel("承办单位").selectOption({ label: "市卫生健康局" });
  await form.getByLabel("办理期限").fill("2026-08-10");
  await form.getByRole("button", { name: "答复并转督办" }).click();
  await expect(main(leader).getByRole("alert").first()).toContainText("请填写办理要求，至少 4 个字");
  await expect(form.getByLabel("答复")).toHaveValue(ANSWER);
  await form.getByLabel("办理要求").fill(REQUIREMENT);
  await form.getByRole("button", { name: "答复并转督办" }).click();
  await expect(main(leader).locator("header").first()).toContainText("已转督办");
  await leader.setViewportSize({ width: 1366, height: 768 });
});

test("3 · the bureau sees it among the supervised items, and the figures have moved", async () => {
  const { bureau } = people;
  await bureau.goto(matterUrl);
  await main(bureau)
    .getByRole("link", { name: /^督〔2026〕\d+号$/ })
    .click();
  await expect(bureau).toHaveURL(/\/supervision\/[0-9a-f-]{36}/);
  await expect(main(bureau)).toContainText(REQUIREMENT);
  await expect(main(bureau)).toContainText("市卫生健康局");
  await bureau.goto("/coordination?state=itemised");
  await expect(main(bureau).getByRole("row", { name: new RegExp(PROJECT) })).toBeVisible();
});

test("4 · the unit is told, and reads the answer from the project's course", async () => {
  const { unit } = people;
  await unit.goto("/messages");
  await expect(main(unit)).toContainText(`需协调事项已答复并转督办：${PROJECT}`);
  await unit.goto(matterUrl);
  await expect(main(unit)).toContainText(ANSWER);
  await expect(unit.getByRole("button", { name: /答复|意见|解决/ })).toHaveCount(0);
  await main(unit)
    .getByRole("link", { name: /^计划 / })
    .click();
  await expect(unit.getByRole("heading", { level: 1 })).toHaveText(`${PROJECT}进度曲线`);
  await expect(unit.locator("#coordination")).toContainText(ANSWER);
});

test("5 · a unit that it is none of is told that there is no such page", async ({ browser }) => {
  const stranger = await logIn(browser, "filer-slj");
  const answer = await stranger.goto(matterUrl);
  expect(answer?.status()).toBe(404);
});
