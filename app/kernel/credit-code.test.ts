import { describe, expect, it } from "vitest";

import { isCreditCode, normalCreditCode } from "./credit-code";

describe("isCreditCode", () => {
  it.each([
    ["a published one", "91350100M000100Y43", true],
    ["its last sign wrong", "91350100M000100Y44", false],
    ["two of its signs changed places", "91350100M001000Y43", false],
    ["seventeen signs", "91350100M000100Y4", false],
    ["nineteen signs", "91350100M000100Y430", false],
    ["a letter outside the alphabet", "91350100I000100Y43", false],
    ["nothing", "", false],
  ])("%s", (_name, text, expected) => {
    expect(isCreditCode(text)).toBe(expected);
  });
});

it("full-width signs, small letters and spaces are the same code", () => {
  expect(normalCreditCode(" ９１３５０１００ m000100y43 ")).toBe("91350100M000100Y43");
});
