import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

import routes from "~/routes";
import { ACTIONS } from "~/policy";

interface Entry {
  readonly file: string;
  readonly path?: string | undefined;
  readonly children?: readonly Entry[] | undefined;
}

type PageModule = Partial<Record<"loader" | "action", { access?: unknown }>> & { default?: unknown };

const sources = readdirSync("app/modules", { recursive: true, encoding: "utf8" })
  .map((file) => path.join("modules", file))
  .sort();
const flatten = (entries: readonly Entry[]): Entry[] => entries.flatMap((e) => [e, ...flatten(e.children ?? [])]);
const pages = flatten(routes);
const known = new Set<unknown>([...ACTIONS, "signedIn", "public"]);
/** Open to everybody: each has a reason to be. Adding one is a decision, not a default. */
const PUBLIC = new Set([
  "modules/identity/pages/login.tsx",
  "modules/identity/pages/logout.tsx",
  "modules/identity/pages/preferences.tsx",
]);

describe("every route of the site map", () => {
  it.each(pages.map((page) => [page.path ?? "/", page.file] as const))(
    "%s declares its access",
    async (_path, file) => {
      const page = (await import(path.resolve("app", file))) as PageModule;
      expect(page.loader, `${file} has no loader, so nothing guards it`).toBeDefined();
      expect(known, `${file}: loader`).toContain(page.loader?.access);
      if (page.action) expect(known, `${file}: action`).toContain(page.action.access);
      if (!PUBLIC.has(file)) expect([page.loader?.access, page.action?.access]).not.toContain("public");
    },
  );

  it("has no page file outside the site map", () => {
    const files = sources.filter((file) => /^modules\/[^/]+\/pages\/[^/]+\.tsx$/.test(file));
    expect(files).toEqual([...new Set(pages.map((page) => page.file))].sort());
  });

  it("would notice a page that declares nothing", () => {
    const unguarded: PageModule = { loader: () => null } as never;
    expect(known.has(unguarded.loader?.access)).toBe(false);
  });
});

/** What follows by itself from an act that was authorized, in the name of who did it; the function it calls records. */
const CONSEQUENCES = new Map([
  ["modules/experts/cancel-with-project.server.ts", "closeCancelled"],
  ["modules/acceptance/end-with-project.server.ts", "record"],
]);

describe("every verb", () => {
  it("that opens a transaction authorizes and records", () => {
    const faults: string[] = [];
    let verbs = 0;
    for (const file of sources.filter((name) => name.endsWith(".server.ts"))) {
      const text = readFileSync(path.join("app", file), "utf8");
      if (!/\binTransaction\(/.test(text)) continue;
      verbs++;
      const consequence = CONSEQUENCES.get(file);
      if (consequence) {
        if (!text.includes(`${consequence}(`)) faults.push(`${file}: no ${consequence}(…)`);
        continue;
      }
      if (!/\b(authorize|applyTransition)\(/.test(text)) faults.push(`${file}: no authorize(…)`);
      if (!/\b(record|recordAll|applyTransition)\(/.test(text)) faults.push(`${file}: no record(…)`);
    }
    expect(verbs).toBeGreaterThan(0);
    expect(faults).toEqual([]);
  });
});
