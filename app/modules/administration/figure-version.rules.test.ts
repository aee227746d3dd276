import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";

import { decideNewVersion, decideWithdrawal, standingsOf } from "./figure-version.rules";

const TODAY = localDate("2026-07-20");
const from = (day: string, withdrawn = false) => ({ inForceFrom: localDate(day), withdrawn });
const codeOf = (result: { ok: true } | { ok: false; refusals: readonly { code: string }[] }) =>
  result.ok ? "ok" : result.refusals[0]?.code;

describe("decideNewVersion", () => {
  it.each([
    ["tomorrow", [from("2020-01-01")], "2026-07-21", "ok"],
    ["today", [from("2020-01-01")], "2026-07-20", "notInFuture"],
    ["yesterday", [from("2020-01-01")], "2026-07-19", "notInFuture"],
    ["a day on which another begins", [from("2020-01-01"), from("2026-08-01")], "2026-08-01", "dayTaken"],
    ["the day after it", [from("2020-01-01"), from("2026-08-01")], "2026-08-02", "ok"],
    ["a day whose version was taken back", [from("2020-01-01"), from("2026-08-01", true)], "2026-08-01", "ok"],
  ])("%s", (_name, versions, day, expected) => {
    expect(codeOf(decideNewVersion(versions, localDate(day), TODAY))).toBe(expected);
  });
});

describe("decideWithdrawal", () => {
  it.each([
    ["one that begins tomorrow", from("2026-07-21"), "ok"],
    ["one that begins today", from("2026-07-20"), "alreadyInForce"],
    ["one that was taken back", from("2026-07-21", true), "alreadyWithdrawn"],
  ])("%s", (_name, version, expected) => {
    expect(codeOf(decideWithdrawal(version, TODAY))).toBe(expected);
  });
});

describe("standingsOf", () => {
  it("tells past, current, withdrawn and future versions apart, and until when each holds", () => {
    const versions = [
      from("2020-01-01"),
      from("2026-07-20"),
      from("2026-08-01", true),
      from("2026-08-01"),
      from("2026-09-01"),
    ];
    expect(standingsOf(versions, TODAY).map(({ standing, nextFrom }) => [standing, nextFrom])).toEqual([
      ["past", "2026-07-20"],
      ["current", "2026-08-01"],
      ["withdrawn", null],
      ["future", "2026-09-01"],
      ["future", null],
    ]);
  });
  it("a figure whose first version is still to come has no current one", () => {
    expect(standingsOf([from("2026-07-21")], TODAY).map(({ standing }) => standing)).toEqual(["future"]);
  });
});
