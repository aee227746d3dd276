import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";

import { admitExtension, applyLimit, applyStanding, selfEvaluationWindow } from "./clock.rules";

const day = (text: string | null) => (text === null ? null : localDate(text));

describe("the limit for applying", () => {
  it.each([
    ["six months later", "2026-01-15", null, "2026-07-15"],
    ["the 31st of a month whose sixth has 30 days", "2025-12-31", null, "2026-06-30"],
    ["30 August: February has no such day", "2025-08-30", null, "2026-02-28"],
    ["30 August before a leap year", "2027-08-30", null, "2028-02-29"],
    ["29 February", "2028-02-29", null, "2028-08-29"],
    ["an extension beyond it", "2026-01-15", "2026-10-01", "2026-10-01"],
    ["an extension on it", "2026-01-15", "2026-07-15", "2026-07-15"],
    ["an extension that ends before it", "2026-01-15", "2026-07-14", "2026-07-15"],
  ])("%s", (_name, completedOn, until, limit) => {
    expect(applyLimit(localDate(completedOn), 6, day(until))).toBe(limit);
  });
});

describe("how a completed project stands", () => {
  it.each([
    ["31 days before", "2026-06-14", null, "inTime", 31],
    ["30 days before: warned", "2026-06-15", null, "soon", 30],
    ["on the last day", "2026-07-15", null, "soon", 0],
    ["the day after", "2026-07-16", null, "overdue", -1],
    ["applied on that day", "2026-07-16", "2026-07-16", "applied", -1],
    ["applies tomorrow", "2026-07-16", "2026-07-17", "overdue", -1],
  ])("%s", (_name, today, appliedOn, state, daysLeft) => {
    const clock = { limit: localDate("2026-07-15"), appliedOn: day(appliedOn) };
    expect(applyStanding(clock, localDate(today), 30)).toEqual({ state, daysLeft });
  });
});

describe("asking for a later limit", () => {
  const facts = { limit: localDate("2026-08-31"), appliedOn: null, undecided: false, untilOn: localDate("2026-12-01") };
  const ask = (change: object, today = "2026-07-20") => {
    const result = admitExtension({ ...facts, ...change }, localDate(today), 6);
    return result.ok ? [`from ${result.value.fromOn}`] : result.refusals.map(({ code }) => code);
  };
  it.each<[string, object, string[]]>([
    ["before the limit", {}, ["from 2026-08-31"]],
    ["the day after the limit", { untilOn: localDate("2026-09-01") }, ["from 2026-08-31"]],
    ["the limit itself", { untilOn: localDate("2026-08-31") }, ["untilNotLater"]],
    ["six months, to the end of February", { untilOn: localDate("2027-02-28") }, ["from 2026-08-31"]],
    ["a day more", { untilOn: localDate("2027-03-01") }, ["untilTooLate"]],
    ["not built yet", { limit: null }, ["clockNotRunning"]],
    ["applied already", { appliedOn: localDate("2026-07-01") }, ["alreadyApplied"]],
    ["another request is under way", { undecided: true }, ["extensionUndecided"]],
  ])("%s", (_name, change, expected) => {
    expect(ask(change)).toEqual(expected);
  });
  it("after the limit it must lie ahead", () => {
    expect(ask({}, "2026-11-30")).toEqual(["from 2026-08-31"]);
    expect(ask({}, "2026-12-01")).toEqual(["untilPast"]);
  });
});

describe("the window of the self-evaluation", () => {
  const figures = { openMonths: 12, warnMonths: 21, dueMonths: 24 };
  it.each([
    ["accepted today", "2024-07-20", "2024-07-20", null, "notYet", null],
    ["the day before it opens", "2024-07-20", "2025-07-19", null, "notYet", null],
    ["it opens", "2024-07-20", "2025-07-20", null, "open", "green"],
    ["the day before yellow", "2024-07-20", "2026-04-19", null, "open", "green"],
    ["yellow", "2024-07-20", "2026-04-20", null, "late", "yellow"],
    ["the day before red", "2024-07-20", "2026-07-19", null, "late", "yellow"],
    ["red", "2024-07-20", "2026-07-20", null, "missed", "red"],
    ["long after", "2024-07-20", "2030-01-01", null, "missed", "red"],
    ["evaluated", "2024-07-20", "2026-07-20", "2026-07-20", "done", "green"],
    ["evaluates tomorrow", "2024-07-20", "2026-07-20", "2026-07-21", "missed", "red"],
    ["accepted on 29 February: the day before it opens", "2024-02-29", "2025-02-27", null, "notYet", null],
    ["accepted on 29 February: it opens on 28 February", "2024-02-29", "2025-02-28", null, "open", "green"],
    ["accepted on 29 February: yellow on 29 November", "2024-02-29", "2025-11-29", null, "late", "yellow"],
    ["accepted on 29 February: red on 28 February", "2024-02-29", "2026-02-28", null, "missed", "red"],
    ["accepted on 31 May: yellow at the end of February", "2024-05-31", "2026-02-28", null, "late", "yellow"],
  ])("%s", (_name, acceptedOn, today, evaluatedOn, state, light) => {
    const window = selfEvaluationWindow(localDate(acceptedOn), localDate(today), figures, day(evaluatedOn));
    expect([window.state, window.light]).toEqual([state, light]);
  });
  it("names its days", () => {
    expect(selfEvaluationWindow(localDate("2024-02-29"), localDate("2024-03-01"), figures)).toMatchObject({
      opensOn: "2025-02-28",
      warnsOn: "2025-11-29",
      dueOn: "2026-02-28",
    });
  });
});
