import { expect, test } from "@playwright/test";

import { logIn, press } from "./support/people";

/** From a matter over its material to the data that make the paper needless. */
test.setTimeout(120_000);

test("a filer enters a matter, its system and a material, and sees that data replace it", async ({ browser }) => {
  const page = await logIn(browser, "filer");
  const main = page.getByRole("main");
  const mark = Date.now().toString(36);
  const [matter, paper] = [`测绘成果审批${mark}`, `测绘资质证明${mark}`];

  await page.goto("/matters/new");
  await page.getByLabel("事项名称").fill(matter);
  await page.getByLabel("事项类型").selectOption({ label: "行政许可" });
  await page.getByLabel("年办件量").fill("120");
  await press(page, "登记");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(matter);
  const address = new URL(page.url()).pathname;

  const choice = page.getByLabel("关联系统");
  await choice.selectOption({ index: 1 });
  const linked = (await choice.locator("option:checked").textContent()) ?? "";
  await press(page, "关联");
  await expect(main.getByRole("table", { name: "办理系统" })).toContainText(linked.replace(/（.*$/, ""));

  await page.getByLabel("添加材料").fill(paper);
  await press(page, "查找材料");
  await page.getByLabel(`都不是，新增材料“${paper}”`).check();
  await page.locator("[name='kind']").selectOption({ label: "证明" });
  await press(page, "添加到事项");
  await expect(main.getByRole("table", { name: "申请材料" })).toContainText("暂无数据");

  // The list of resources in force that are attached and shared on no condition tells which one to take.
  await main.getByRole("link", { name: paper }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(paper);
  await page.getByLabel("登记证明").fill("信息");
  await press(page, "查找资源");
  const ready = main.getByRole("listitem").filter({ hasText: "无条件共享 · 已挂接" }).first();
  await press(page, /^登记证明/, ready);
  await expect(main.getByRole("table", { name: "证明这份材料的数据资源" })).toContainText("可由数据替代");

  await page.goto("/matters/replaceable");
  await expect(main.locator("a[href='/matters/materials?standing=replaceable']").first()).toBeAttached();
  await page.goto(`/matters/materials?standing=replaceable&q=${encodeURIComponent(paper)}`);
  await expect(main).toContainText(paper);
  await page.goto(`/matters?relieved=yes&q=${encodeURIComponent(matter)}`);
  await expect(main.getByRole("link", { name: matter })).toHaveAttribute("href", address);
});
