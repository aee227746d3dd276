import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import { rational } from "~/kernel/rational";
import type { CloudResourceStage } from "~/kernel/vocabulary";

import { decideResources, figuresOn, resourceLines, type ResourceFigure } from "./resources.rules";

const figure = (stage: CloudResourceStage, amount: number, asOf = "2026-07-10"): ResourceFigure => ({
  kind: "vcpu",
  stage,
  amount,
  asOf: localDate(asOf),
});
const open = { outOfScope: false, retired: false, today: localDate("2026-07-20") };

describe("decideResources", () => {
  type Row = [string, readonly ResourceFigure[], readonly ResourceFigure[], string, string, Partial<typeof open>?];
  it.each<Row>([
    ["nothing given", [], [], "2026-07-10", "noFigures"],
    ["applied alone", [], [figure("applied", 16)], "2026-07-10", "ok"],
    ["as of today", [], [figure("applied", 16, "2026-07-20")], "2026-07-20", "ok"],
    ["as of tomorrow", [], [figure("applied", 16, "2026-07-21")], "2026-07-21", "asOfInFuture"],
    ["opened as much as applied", [], [figure("applied", 16), figure("opened", 16)], "2026-07-10", "ok"],
    [
      "opened one more than applied",
      [],
      [figure("applied", 16), figure("opened", 17)],
      "2026-07-10",
      "openedAboveApplied",
    ],
    ["opened without applied", [], [figure("opened", 1)], "2026-07-10", "openedWithoutApplied"],
    ["nothing opened yet, nothing applied", [], [figure("opened", 0)], "2026-07-10", "ok"],
    ["applied earlier", [figure("applied", 16, "2026-06-01")], [figure("opened", 16)], "2026-07-10", "ok"],
    [
      "applied only later",
      [figure("applied", 16, "2026-07-11")],
      [figure("opened", 16)],
      "2026-07-10",
      "openedWithoutApplied",
    ],
    [
      "applied cut below what is opened",
      [figure("opened", 16)],
      [figure("applied", 8)],
      "2026-07-10",
      "openedAboveApplied",
    ],
    [
      "the same day again replaces",
      [figure("applied", 8)],
      [figure("applied", 16), figure("opened", 16)],
      "2026-07-10",
      "ok",
    ],
    [
      "used more than opened is a fact",
      [figure("applied", 16), figure("opened", 8)],
      [figure("used", 9)],
      "2026-07-10",
      "ok",
    ],
    ["of a retired system", [], [figure("applied", 16)], "2026-07-10", "systemRetired", { retired: true }],
    ["of a system out of scope", [], [figure("applied", 16)], "2026-07-10", "outOfScope", { outOfScope: true }],
  ])("%s", (_name, known, given, asOf, expected, more = {}) => {
    const result = decideResources({ ...open, ...more }, known, given, localDate(asOf));
    expect(result.ok ? "ok" : result.refusals[0]?.code).toBe(expected);
  });
});

describe("figuresOn", () => {
  const figures = [figure("used", 3, "2026-07-10"), figure("used", 1, "2026-06-01"), figure("used", 2, "2026-07-01")];
  it.each([
    ["before the first", "2026-05-31", []],
    ["on the day of the first", "2026-06-01", [1]],
    ["a day before the last", "2026-07-09", [2]],
    ["on the day of the last", "2026-07-10", [3]],
  ])("%s", (_name, day, expected) => {
    expect(figuresOn(figures, localDate(day)).map(({ amount }) => amount)).toEqual(expected);
  });
});

describe("resourceLines", () => {
  it.each([
    ["half used", [figure("applied", 16), figure("opened", 8), figure("used", 4)], rational(1, 2), false],
    ["all used", [figure("opened", 8), figure("used", 8)], rational(1), false],
    ["more than opened", [figure("opened", 8), figure("used", 9)], rational(9, 8), true],
    ["used, nothing opened", [figure("used", 1)], null, true],
    ["opened, use unknown", [figure("opened", 8)], null, false],
    ["opened none, used none", [figure("opened", 0), figure("used", 0)], null, false],
  ])("%s", (_name, figures, usedShare, isOverused) => {
    expect(resourceLines(figures)).toMatchObject([{ usedShare, isOverused }]);
  });
  it("leaves out kinds of which nothing is known", () => expect(resourceLines([])).toEqual([]));
  it("names the day of its latest figure", () => {
    expect(resourceLines([figure("used", 1, "2026-07-01"), figure("opened", 2, "2026-06-01")])[0]?.asOf).toBe(
      "2026-07-01",
    );
  });
});
