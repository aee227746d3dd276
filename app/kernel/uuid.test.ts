import { describe, expect, it } from "vitest";

import { isUuid } from "./uuid";

describe("isUuid", () => {
  it.each([
    ["a uuid", "01a2025d-74ab-75d2-a3e7-68b01ea70b8b", true],
    ["36 hyphens", "-".repeat(36), false],
    ["36 digits without hyphens", "0".repeat(36), false],
    ["one digit short", "01a2025d-74ab-75d2-a3e7-68b01ea70b8", false],
    ["empty", "", false],
  ])("%s", (_name, text, expected) => {
    expect(isUuid(text)).toBe(expected);
  });
});
