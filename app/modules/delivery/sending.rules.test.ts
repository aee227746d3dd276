import { describe, expect, it } from "vitest";

import { judgeAnswer, keyNamedIn, retryDelay } from "./sending.rules";

const KEY = "0198-own";

describe("judgeAnswer", () => {
  it.each<[string, number, string | undefined, string]>([
    ["199 is no success", 199, undefined, "answered"],
    ["200", 200, undefined, "delivered"],
    ["201", 201, undefined, "delivered"],
    ["299", 299, undefined, "delivered"],
    ["300 is a redirect", 300, undefined, "redirected"],
    ["302", 302, undefined, "redirected"],
    ["399", 399, undefined, "redirected"],
    ["400", 400, undefined, "answered"],
    ["400 that names the key", 400, KEY, "answered"],
    ["409 with the own key", 409, KEY, "delivered"],
    ["409 with another key", 409, "0198-other", "otherKey"],
    ["409 without a key", 409, undefined, "otherKey"],
    ["503", 503, undefined, "answered"],
  ])("%s", (_name, status, answeredKey, expected) => {
    expect(judgeAnswer({ status, answeredKey }, KEY)).toBe(expected);
  });
});

describe("keyNamedIn", () => {
  it.each<[string, string | null, string, string | undefined]>([
    ["the header", KEY, "", KEY],
    ["the header before the body", KEY, '{"idempotencyKey":"other"}', KEY],
    ["the body", null, `{"idempotencyKey":"${KEY}"}`, KEY],
    ["an empty header", "", `{"idempotencyKey":"${KEY}"}`, KEY],
    ["a body that is no JSON", null, "<html>Conflict</html>", undefined],
    ["a body cut short", null, `{"idempotencyKey":"${KEY}`, undefined],
    ["null", null, "null", undefined],
    ["a number", null, '{"idempotencyKey":7}', undefined],
    ["nothing", null, "", undefined],
  ])("%s", (_name, header, body, expected) => {
    expect(keyNamedIn(header, body)).toBe(expected);
  });
});

describe("retryDelay", () => {
  const limits = { firstMs: 30_000, longestMs: 6 * 3_600_000 };
  const almost = 1 - Number.EPSILON;
  it.each<[string, number, number, number]>([
    ["the first at worst", 1, almost, 29_999],
    ["the second doubles", 2, almost, 59_999],
    ["half of the third", 3, 0.5, 60_000],
    ["the tenth is the last that doubles", 10, 0.5, 7_680_000],
    ["the eleventh is capped at six hours", 11, 0.5, 10_800_000],
    ["the hundredth too", 100, 0.5, 10_800_000],
    ["the two-thousandth too", 2_000, 0.5, 10_800_000],
    ["no chance, no wait", 5, 0, 0],
  ])("%s", (_name, attempts, chance, expected) => {
    expect(retryDelay(attempts, limits, chance)).toBe(expected);
  });
});
