import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import { keysOf, SANCTION_RUNGS } from "~/kernel/vocabulary";

import {
  ladderProblems,
  rungBelow,
  unheededBelow,
  type EarlierSanction,
  type ProposedSanction,
} from "./sanction.rules";

const on = localDate;
const TODAY = on("2026-07-20");
const TOMORROW = on("2026-07-21");

const proposed = (more: Partial<ProposedSanction>): ProposedSanction => ({
  rung: "rectify",
  projectId: null,
  stage: null,
  dueOn: on("2026-08-14"),
  basis: "",
  skipReason: "",
  ...more,
});
const earlier = (more: Partial<EarlierSanction>): EarlierSanction => ({
  id: "e",
  rung: "rectify",
  state: "standing",
  projectId: null,
  dueOn: on("2026-07-19"),
  ...more,
});
const codes = (one: Partial<ProposedSanction>, ...before: EarlierSanction[]) =>
  ladderProblems(proposed(one), before, TODAY).map(({ code }) => code);

describe("the ladder", () => {
  it("has its rungs in order", () => {
    expect(keysOf(SANCTION_RUNGS).map(rungBelow)).toEqual([undefined, "rectify", "criticise", "postpone", "halt"]);
  });

  it.each<[string, Partial<ProposedSanction>, EarlierSanction[], string[]]>([
    ["the first rung needs none below it", {}, [], []],
    ["the first rung without a day", { dueOn: null }, [], ["dueMissing"]],
    ["a day that is today", { dueOn: TODAY }, [], ["duePassed"]],
    ["a day that is tomorrow", { dueOn: TOMORROW }, [], []],
    ["the second without the first", { rung: "criticise" }, [], ["rungSkipped"]],
    ["the second on the first, its day passed yesterday", { rung: "criticise" }, [earlier({})], []],
    ["the second on the first, its day is today", { rung: "criticise" }, [earlier({ dueOn: TODAY })], ["rungSkipped"]],
    ["the second on the first without a day", { rung: "criticise" }, [earlier({ dueOn: null })], ["rungSkipped"]],
    ["the second on a first that was heeded", { rung: "criticise" }, [earlier({ state: "remedied" })], ["rungSkipped"]],
    ["the second on a first that was lifted", { rung: "criticise" }, [earlier({ state: "lifted" })], ["rungSkipped"]],
    ["the third on the first", { rung: "postpone" }, [earlier({})], ["rungSkipped"]],
    ["the third on the first, with a reason", { rung: "postpone", skipReason: "情节严重" }, [earlier({})], []],
    ["the third with a blank reason", { rung: "postpone", skipReason: " " }, [earlier({})], ["rungSkipped"]],
    ["the third needs no day", { rung: "postpone", dueOn: null }, [earlier({ rung: "criticise" })], []],
    ["on the unit, unheeded on a project of it", { rung: "criticise" }, [earlier({ projectId: "p" })], ["rungSkipped"]],
    ["on a project, unheeded on the unit", { rung: "criticise", projectId: "p" }, [earlier({})], []],
    [
      "on a project, unheeded on another",
      { rung: "criticise", projectId: "p" },
      [earlier({ projectId: "q" })],
      ["rungSkipped"],
    ],
    ["halting without a project", { rung: "halt", skipReason: "情节严重" }, [], ["projectMissing"]],
    [
      "halting a project under way",
      { rung: "halt", projectId: "p", stage: "implementation" },
      [earlier({ rung: "postpone", projectId: "p" })],
      [],
    ],
    [
      "halting a project that is not begun",
      { rung: "halt", projectId: "p", stage: "approved", skipReason: "情节严重" },
      [],
      ["projectNotStoppable"],
    ],
    [
      "ending a halted project, with its basis",
      { rung: "terminate", projectId: "p", stage: "suspended", basis: "市政府常务会议纪要" },
      [earlier({ rung: "halt", projectId: "p" })],
      [],
    ],
    [
      "ending a project without a basis",
      { rung: "terminate", projectId: "p", stage: "suspended" },
      [earlier({ rung: "halt", projectId: "p" })],
      ["basisMissing"],
    ],
    [
      "ending a project that is ended",
      { rung: "terminate", projectId: "p", stage: "terminated", basis: "纪要" },
      [earlier({ rung: "halt", projectId: "p" })],
      ["projectNotStoppable"],
    ],
  ])("%s", (_name, one, before, expected) => {
    expect(codes(one, ...before)).toEqual(expected);
  });

  it("names the sanction that was not heeded", () => {
    expect(unheededBelow(proposed({ rung: "criticise" }), [earlier({ id: "x" })], TODAY)?.id).toBe("x");
    expect(unheededBelow(proposed({ rung: "rectify" }), [earlier({})], TODAY)).toBeUndefined();
  });
});
