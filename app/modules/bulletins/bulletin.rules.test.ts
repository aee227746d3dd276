import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";

import { decideDraft, decideInstruct, decideSign, documentNumber } from "./bulletin.rules";

const today = localDate("2026-07-20");
const codes = (result: ReturnType<typeof decideDraft | typeof decideSign | typeof decideInstruct>) =>
  result.ok ? [] : result.refusals.map(({ code }) => code);

describe("decideDraft", () => {
  it.each([
    ["an open period has no facts", { periodState: "open" as const }, ["periodNotFrozen"]],
    ["a frozen period", { periodState: "frozen" as const }, []],
    ["a published period", { periodState: "published" as const }, []],
    ["a final period", {}, []],
    ["over an earlier draft", { existing: "draft" as const }, []],
    ["over a signed bulletin", { existing: "published" as const }, ["alreadyPublished"]],
    ["over a withdrawn bulletin", { existing: "withdrawn" as const }, ["alreadyPublished"]],
    ["rectification due today", { rectifyBy: today }, ["rectifyNotAhead"]],
    ["rectification due tomorrow", { rectifyBy: localDate("2026-07-21") }, []],
  ])("%s", (_name, more, expected) => {
    const facts = { periodState: "final" as const, existing: undefined, rectifyBy: localDate("2026-08-10"), today };
    expect(codes(decideDraft({ ...facts, ...more }))).toEqual(expected);
  });
});

describe("decideSign", () => {
  it.each([
    ["another person signs a draft", {}, "leader", []],
    ["of a final period", { periodState: "final" as const }, "leader", []],
    ["of a period that is only frozen", { periodState: "frozen" as const }, "leader", ["scoresNotPublished"]],
    ["the drafter signs", {}, "drafter", ["drafterSigns"]],
    ["a signed bulletin", { state: "published" as const }, "leader", ["alreadySigned"]],
  ])("%s", (_name, more, signer, expected) => {
    const draft = { state: "draft" as const, draftedBy: "drafter", periodState: "published" as const };
    expect(codes(decideSign({ ...draft, ...more }, signer))).toEqual(expected);
  });
});

describe("decideInstruct", () => {
  const given = {
    state: "published" as const,
    dueOn: localDate("2026-08-10"),
    today,
    unitInRegion: true,
    givenBefore: false,
  };
  it.each([
    ["on a published bulletin", {}, []],
    ["on a draft", { state: "draft" as const }, ["notPublished"]],
    ["due today", { dueOn: today }, ["dueNotAhead"]],
    ["to a unit elsewhere", { unitInRegion: false }, ["unitOutside"]],
    ["the same words again", { givenBefore: true }, ["sameInstruction"]],
    ["everything wrong at once", { dueOn: today, unitInRegion: false }, ["dueNotAhead", "unitOutside"]],
  ])("%s", (_name, more, expected) => {
    expect(codes(decideInstruct({ ...given, ...more }))).toEqual(expected);
  });
});

describe("documentNumber", () => {
  it("has neither 第 nor leading zeros", () => {
    expect(documentNumber("鹤数政通", 2026, 8)).toBe("鹤数政通〔2026〕8号");
  });
});
