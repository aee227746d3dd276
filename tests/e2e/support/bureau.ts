import { expect, type Page } from "@playwright/test";

import { press } from "./people";

/** The bureau ticks the whole list of the form check off and passes it. */
export async function passFormCheck(bureau: Page, projectUrl: string): Promise<void> {
  await bureau.goto(`${projectUrl}/review`);
  const list = bureau.getByRole("group", { name: "形式审查清单" });
  for (const item of await list.getByRole("checkbox").all()) await item.check();
  await press(bureau, "形式审查通过");
  await expect(bureau.getByRole("main")).toContainText("立项审核");
}
