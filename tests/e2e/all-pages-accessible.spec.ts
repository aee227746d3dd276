import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

import routes from "../../app/routes";
import { logIn } from "./support/people";

/**
 * Every page of the site map, and one page of each kind that its lists lead to, asked by axe at 1280 px, and those that
 * people open first at 375 px: no serious or critical finding.
 */
test.setTimeout(1_800_000);

/** All of them take ten minutes; without ACCESSIBILITY=full it is those that people open first. */
const ALL = process.env.ACCESSIBILITY === "full";

/** Who can see which pages; asked in this order. */
const PEOPLE = ALL ? ["bureau", "filer", "finance", "leader", "expert", "sysadmin", "auditadmin"] : ["bureau", "filer"];
const WIDE = 1280;
const NARROW = 375;
/** What is read on a phone. */
const READ_NARROW: ReadonlySet<string> = new Set([
  "/",
  "/projects",
  "/catalog",
  "/reports",
  "/tasks",
  "/supervision",
  "/coordination",
  "/ranking",
  "/bulletins",
  "/dashboard",
]);

/** Addresses without a parameter: those with one are reached through the links of lists. */
const ADDRESSES = routes
  .map(({ path }) => `/${path ?? ""}`)
  .filter((address) => !address.includes(":") && !["/logout", "/login"].includes(address));

async function findings(page: Page, address: string): Promise<string[]> {
  const found: string[] = [];
  for (const width of READ_NARROW.has(address) ? [WIDE, NARROW] : [WIDE]) {
    await page.setViewportSize({ width, height: 900 });
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21aa"])
      .options({ resultTypes: ["violations"] })
      .analyze();
    for (const { id, impact, nodes } of violations) {
      if (impact !== "serious" && impact !== "critical") continue;
      found.push(`${width}px ${new URL(page.url()).pathname}: ${id} ×${nodes.length} ${nodes[0]?.html.slice(0, 160)}`);
    }
  }
  return found;
}

/** The shape of an address: its ids left out, so that one page of each kind is looked at. */
const shapeOf = (address: string): string => address.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ":id").replace(/\?.*$/, "");

test("no page has a serious finding", async ({ browser }) => {
  const seen = new Set<string>();
  const found: string[] = [];
  for (const person of PEOPLE) {
    const page = await logIn(browser, person);
    const waiting = ADDRESSES.filter((address) => !seen.has(address) && (ALL || READ_NARROW.has(address)));
    for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
      const head = await page.request.get(address);
      if (head.status() !== 200 || !head.headers()["content-type"]?.includes("text/html")) continue;
      seen.add(shapeOf(address));
      await page.goto(address);
      found.push(...(await findings(page, address)));
      const links = await page
        .locator("main a[href^='/']")
        .evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute("href") ?? ""));
      for (const link of links) {
        const shape = shapeOf(link);
        if (!ALL || !shape.includes(":id") || seen.has(shape) || waiting.some((other) => shapeOf(other) === shape))
          continue;
        waiting.push(link);
      }
    }
    await page.context().close();
  }
  console.log(`accessibility: ${seen.size} kinds of pages, ${found.length} findings`);
  expect(seen.size).toBeGreaterThanOrEqual(ALL ? 120 : READ_NARROW.size);
  expect(found).toEqual([]);
});
