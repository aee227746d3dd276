import { describe, expect, it } from "vitest";

import { decideFormCheck, FORM_CHECK_KEYS, FORM_CHECKS } from "./form-check.rules";

describe("decideFormCheck", () => {
  it("passes when every item is ticked, in whatever order and however often", () => {
    const ticked = [...FORM_CHECK_KEYS].reverse();
    expect(decideFormCheck([...ticked, "legible"])).toEqual({ ok: true, value: FORM_CHECK_KEYS });
  });
  it.each([
    ["none ticked", 0, FORM_CHECK_KEYS.length],
    ["all but one ticked", FORM_CHECK_KEYS.length - 1, 1],
  ])("%s is refused with what is left", (_name, ticked, left) => {
    expect(decideFormCheck(FORM_CHECK_KEYS.slice(0, ticked))).toEqual({
      ok: false,
      refusals: [{ code: "checksOpen", field: "checks", facts: { count: left } }],
    });
  });
  it("cites a rule for each item", () => {
    expect(Object.values(FORM_CHECKS).filter(({ title, cites }) => !title || !cites)).toEqual([]);
  });
});
