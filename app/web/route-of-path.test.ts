import type { ServerBuild } from "@remix-run/node";
import { describe, expect, it } from "vitest";

import { buildOfRoute, routeFinder } from "./route-of-path";

const routes = Object.fromEntries(
  [
    { id: "root", path: "" },
    { id: "desk", index: true },
    { id: "list", path: "projects" },
    { id: "new", path: "projects/new" },
    { id: "detail", path: "projects/:id" },
    { id: "section", path: "projects/:id/filing/:section" },
    { id: "catalog", path: "catalog" },
  ].map((each) => [each.id, each]),
);

describe("the route of an address", () => {
  it.each<[string, string, string | undefined]>([
    ["the first page", "/", "desk"],
    ["a list", "/projects", "list"],
    ["with a slash at its end", "/projects/", "list"],
    ["a written segment before a parameter", "/projects/new", "new"],
    ["a parameter", "/projects/7", "detail"],
    ["several parameters", "/projects/7/filing/budget", "section"],
    ["no route, though a longer one begins so", "/projects/7/filing", undefined],
    ["no route: Remix says so", "/nowhere", undefined],
    ["a name every object has", "/constructor", undefined],
  ])("%s", (_name, path, expected) => expect(routeFinder(routes)(path)).toBe(expected));

  it("gets a build of its own", () => {
    const build = { routes, assets: { routes } } as unknown as ServerBuild;
    const cut = buildOfRoute(build, "detail");
    expect(Object.keys(cut.routes)).toEqual(["root", "detail"]);
    expect(Object.keys(cut.assets.routes)).toEqual(["root", "detail"]);
  });
});
