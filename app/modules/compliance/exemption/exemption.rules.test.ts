import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";

import { exemptionProblems, longestUntil } from "./exemption.rules";

const on = localDate;
const TODAY = on("2026-07-20");
const COMPLETE = { reason: "防汛应急", fileId: "f", fromOn: TODAY, untilOn: on("2026-12-31") };

describe("what keeps a request from being submitted", () => {
  it.each([
    ["nothing", {}, []],
    ["a single day", { untilOn: TODAY }, []],
    ["no reason", { reason: " " }, ["reasonMissing"]],
    ["no paper", { fileId: null }, ["paperMissing"]],
    ["it began yesterday", { fromOn: on("2026-07-19") }, ["beginsInPast"]],
    ["it ends before it begins", { untilOn: on("2026-07-19") }, ["endBeforeBegin"]],
    ["on the last day of six months", { untilOn: on("2027-01-19") }, []],
    ["a day more than six months", { untilOn: on("2027-01-20") }, ["tooLong"]],
    [
      "everything at once",
      { reason: "", fileId: null, fromOn: on("2026-01-01"), untilOn: on("2027-01-01") },
      ["reasonMissing", "paperMissing", "beginsInPast", "tooLong"],
    ],
  ])("%s", (_name, more, expected) => {
    expect(exemptionProblems({ ...COMPLETE, ...more }, TODAY, 6).map(({ code }) => code)).toEqual(expected);
  });

  it.each([
    ["2026-07-20", 6, "2027-01-19"],
    ["2026-08-31", 6, "2027-02-27"],
    ["2026-01-01", 1, "2026-01-31"],
  ])("from %s, %d months last until %s", (from, months, until) => {
    expect(longestUntil(on(from), months)).toBe(until);
  });
});
