import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import { parseRational, toExact } from "~/kernel/rational";

import { forecastFinish } from "./forecast.rules";

const points = (...list: readonly (readonly [day: string, percent: string])[]) =>
  list.map(([day, percent]) => ({ day: localDate(day), percent: parseRational(percent) }));
const finish = (...args: Parameters<typeof forecastFinish>) => {
  const forecast = forecastFinish(...args);
  return forecast.ok ? forecast.finishOn : forecast.code;
};

describe("forecastFinish", () => {
  it.each([
    ["no point", [], 6, "tooFewPoints"],
    ["one point", points(["2026-01-31", "10"]), 6, "tooFewPoints"],
    ["two points of one day", points(["2026-01-31", "10"], ["2026-01-31", "20"]), 6, "tooFewPoints"],
    ["only one may be used", points(["2026-01-01", "10"], ["2026-01-11", "20"]), 1, "tooFewPoints"],
    ["two points: one percent a day", points(["2026-01-01", "10"], ["2026-01-11", "20"]), 6, "2026-04-01"],
    ["order does not matter", points(["2026-01-11", "20"], ["2026-01-01", "10"]), 6, "2026-04-01"],
    ["a broken day is rounded up", points(["2026-01-01", "0"], ["2026-01-08", "33.33"]), 6, "2026-01-23"],
    ["a whole day is not", points(["2026-01-01", "0"], ["2026-01-08", "35"]), 6, "2026-01-21"],
    ["standing still", points(["2026-01-01", "30"], ["2026-01-31", "30"]), 6, "notRising"],
    ["going back", points(["2026-01-01", "30"], ["2026-01-31", "29.99"]), 6, "notRising"],
    ["just under 100", points(["2026-01-01", "0"], ["2026-01-11", "99.99"]), 6, "2026-01-12"],
    ["at 100", points(["2026-01-01", "0"], ["2026-01-11", "100"]), 6, "alreadyDone"],
    ["one point, at 100", points(["2026-01-11", "100"]), 6, "alreadyDone"],
    ["so slow that it says nothing", points(["2026-01-01", "0"], ["2026-12-31", "0.01"]), 6, "tooFar"],
    [
      "the last three only: the years before do not count",
      points(["2024-01-01", "0"], ["2026-01-01", "10"], ["2026-01-06", "15"], ["2026-01-11", "20"]),
      3,
      "2026-04-01",
    ],
    [
      "the line passed 100 before the last report, which was not finished",
      points(
        ["2026-01-01", "0"],
        ["2026-01-02", "99"],
        ["2026-01-03", "99"],
        ["2026-01-04", "99"],
        ["2026-01-05", "99"],
      ),
      6,
      "2026-01-06",
    ],
  ] as const)("%s", (_name, list, months, expected) => expect(finish(list, months)).toBe(expected));

  it("lays the line of least squares, exactly", () => {
    // through (0, 0), (1, 1), (2, 1): slope 1/2, base 1/6; reaches 100 after 199 2/3 days
    const forecast = forecastFinish(points(["2026-01-01", "0"], ["2026-01-02", "1"], ["2026-01-03", "1"]), 6);
    expect(forecast.ok && [toExact(forecast.perDay), forecast.finishOn, forecast.used.length]).toEqual([
      "1/2",
      "2026-07-20",
      3,
    ]);
  });
});
