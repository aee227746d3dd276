import { describe, expect, it } from "vitest";

import { FIGURES } from "@seeds/reference/rule-figures";

import { FIGURE_KINDS, FIGURE_TOPICS, readFigureValue, topicOf } from "./figure-kinds";

describe("readFigureValue", () => {
  it.each([
    ["a whole number of days", "lapse.warnDays", "30", "30"],
    ["full-width digits", "lapse.warnDays", "３０", "30"],
    ["leading zeros and blanks are dropped", "lapse.warnDays", " 030 ", "30"],
    ["a fraction of zeros is whole", "lapse.warnDays", "30.0", "30"],
    ["a real fraction where days are counted", "lapse.warnDays", "30.5", "tooManyDecimals"],
    ["the least", "lapse.warnDays", "1", "1"],
    ["less than the least", "lapse.warnDays", "0", "outOfBounds"],
    ["the most", "lapse.warnDays", "365", "365"],
    ["more than the most", "lapse.warnDays", "366", "outOfBounds"],
    ["negative", "lapse.warnDays", "-1", "notANumber"],
    ["words", "lapse.warnDays", "三十", "notANumber"],
    ["nothing", "lapse.warnDays", "", "notANumber"],
    ["an exponent", "lapse.warnDays", "1e2", "notANumber"],
    ["a percentage with its sign", "change.filedPercent", "12.50%", "12.5"],
    ["a percentage too fine", "change.filedPercent", "12.505", "tooManyDecimals"],
    ["all of it", "change.filedPercent", "100", "100"],
    ["more than all of it", "change.filedPercent", "100.01", "outOfBounds"],
    ["a similarity at its bound", "duplicate.similarity", "0.10", "0.1"],
    ["a similarity below its bound", "duplicate.similarity", "0.09", "outOfBounds"],
    ["a figure that no rule reads", "no.such", "1", "figureUnknown"],
  ])("%s", (_name, code, typed, expected) => {
    const read = readFigureValue(code, typed);
    expect(read.ok ? read.value : read.refusals[0]?.code).toBe(expected);
  });
});

describe("the catalogue", () => {
  it("knows every figure that is seeded, and seeds every figure it knows", () => {
    expect(Object.keys(FIGURE_KINDS).sort()).toEqual([...new Set(FIGURES.map(({ code }) => code))].sort());
  });
  it.each(FIGURES.map(({ code, value }) => [code, value] as const))("%s may be %s", (code, value) => {
    expect(readFigureValue(code, value)).toEqual({ ok: true, value });
  });
  it("has a topic for each of them, and no topic without one", () => {
    const used = new Set(FIGURES.map(({ code }) => topicOf(code)));
    expect([...used].sort()).toEqual([...new Set(Object.values(FIGURE_TOPICS))].sort());
  });
});
