import type { ServerBuild } from "@remix-run/node";
import { describe, expect, it } from "vitest";

import { buildOfSection, sectionOf } from "./site-sections";

const route = (id: string, path?: string) => ({ id, path, parentId: id === "root" ? undefined : "root" });
const routes = Object.fromEntries(
  [
    route("root"),
    route("desk"),
    route("list", "projects"),
    route("detail", "projects/:id"),
    route("catalog", "catalog"),
  ].map((each) => [each.id, each]),
);
const build = { routes, assets: { routes } } as unknown as ServerBuild;
const idsOf = (path: string) => {
  const cut = buildOfSection(build, sectionOf(path));
  expect(Object.keys(cut.assets.routes)).toEqual(Object.keys(cut.routes));
  return Object.keys(cut.routes);
};

describe("the routes that answer an address", () => {
  it.each<[string, string, string[]]>([
    ["the first page", "/", ["root", "desk"]],
    ["a list", "/projects", ["root", "list", "detail"]],
    ["a page below it", "/projects/7/review", ["root", "list", "detail"]],
    ["another section", "/catalog", ["root", "catalog"]],
    ["no section: the whole site says so", "/nowhere", ["root", "desk", "list", "detail", "catalog"]],
    ["a name every object has", "/constructor", ["root", "desk", "list", "detail", "catalog"]],
  ])("%s", (_name, path, expected) => expect(idsOf(path)).toEqual(expected));
});
