import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { ICON_NAMES } from "./Icon";

describe("the icon file", () => {
  it("has exactly the symbols that pages may name", () => {
    const symbols = [...readFileSync("app/ui/icons.svg", "utf8").matchAll(/<symbol id="(\w+)"/g)].map(([, id]) => id);
    expect(symbols).toEqual([...ICON_NAMES]);
  });
});
