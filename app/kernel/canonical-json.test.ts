import { describe, expect, it } from "vitest";

import { canonicalJson } from "./canonical-json";
import { rational } from "./rational";

describe("canonicalJson", () => {
  it.each([
    ["keys are sorted at every depth", { b: 1, a: { d: 2, c: 3 } }, '{"a":{"c":3,"d":2},"b":1}'],
    ["keys sort by code unit, not by locale", { 中: 1, Z: 2, a: 3 }, '{"Z":2,"a":3,"中":1}'],
    ["undefined keys are left out", { a: undefined, b: null }, '{"b":null}'],
    ["the order of a list is kept", [3, 1, 2], "[3,1,2]"],
    ["undefined in a list keeps its place", [1, undefined, 3], "[1,null,3]"],
    ["a hole in a list keeps its place", Array(2), "[null,null]"],
    ["an instant is ISO text", new Date("2026-07-20T01:05:00Z"), '"2026-07-20T01:05:00.000Z"'],
    ["a fraction is exact text", rational(1, 3), '{"d":"3","n":"1"}'],
    ["minus zero is zero", -0, "0"],
    ["quotes and line breaks are escaped", 'a"\n', '"a\\"\\n"'],
    ["an empty object and list", { a: {}, b: [] }, '{"a":{},"b":[]}'],
    ["booleans", [true, false], "[true,false]"],
  ])("%s", (_name, value, expected) => expect(canonicalJson(value)).toBe(expected));

  it("does not depend on the order in which keys were set", () => {
    expect(canonicalJson({ x: 1, y: [{ p: 1, q: 2 }] })).toBe(canonicalJson({ y: [{ q: 2, p: 1 }], x: 1 }));
  });

  it.each([
    ["not a number, which JSON writes as null", NaN],
    ["infinity", Infinity],
    ["a map, which JSON writes as {}", new Map([["a", 1]])],
    ["a set", new Set([1])],
    ["a function", () => 1],
    ["a symbol", Symbol("a")],
    ["undefined itself", undefined],
  ])("refuses %s", (_name, value) => expect(() => canonicalJson(value)).toThrow(TypeError));

  it("refuses an invalid instant", () => expect(() => canonicalJson(new Date(NaN))).toThrow(RangeError));
});
