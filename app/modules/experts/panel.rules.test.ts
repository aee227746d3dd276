import { describe, expect, it } from "vitest";

import type { ExpertVerdict } from "~/kernel/vocabulary";

import { CRITERIA_OF, criteriaFor, marksOf } from "./criteria";
import type { SeatState } from "./opinion.lifecycle";
import {
  conclusionGuards,
  criterionFigures,
  decideConvening,
  panelStanding,
  proposedVerdict,
  type Conclusion,
} from "./panel.rules";

const free = { name: "张工", conflict: undefined };
const convening = {
  stage: "underReview" as const,
  formChecked: true,
  acceptanceOpen: false,
  panelOpen: false,
  experts: [free, free, free],
  minimum: 3,
};

describe("convening", () => {
  it.each<[string, Partial<Parameters<typeof decideConvening>[0]>, string[]]>([
    ["three, the minimum", {}, []],
    ["five", { experts: [free, free, free, free, free] }, []],
    ["nobody", { experts: [] }, ["tooFewExperts"]],
    ["two, one short of the minimum", { experts: [free, free] }, ["tooFewExperts"]],
    ["four, enough but even", { experts: [free, free, free, free] }, ["evenNumber"]],
    ["three when the figure says five", { minimum: 5 }, ["tooFewExperts"]],
    ["one of them unknown", { experts: [free, free, undefined] }, ["expertUnavailable"]],
    [
      "one works for the applicant",
      { experts: [free, free, { name: "李工", conflict: "ownUnit" }] },
      ["expertConflicts"],
    ],
    [
      "every fault is named",
      { experts: [undefined, { name: "李工", conflict: "supplier" }] },
      ["tooFewExperts", "expertUnavailable", "expertConflicts"],
    ],
    ["before the form check", { formChecked: false }, ["formNotChecked"]],
    ["while another panel is open", { panelOpen: true }, ["panelAlreadyOpen"]],
    ["after the review", { stage: "underFundingReview" }, ["notUnderReview"]],
    ["while the applicant supplements", { stage: "returned" }, ["notUnderReview"]],
    ["on a trial run without an application", { stage: "trialRun", formChecked: false }, ["notUnderReview"]],
    ["on an application of a suspended project", { stage: "suspended", acceptanceOpen: true }, ["notUnderReview"]],
    ["on an application for acceptance", { stage: "trialRun", formChecked: false, acceptanceOpen: true }, []],
    [
      "on an application, even number",
      { stage: "implementation", formChecked: false, acceptanceOpen: true, experts: [free, free, free, free] },
      ["evenNumber"],
    ],
    [
      "on an application that a panel judges",
      { stage: "trialRun", acceptanceOpen: true, panelOpen: true },
      ["panelAlreadyOpen"],
    ],
  ])("%s", (_name, change, codes) => {
    const decision = decideConvening({ ...convening, ...change });
    expect(decision.ok ? [] : decision.refusals.map(({ code }) => code)).toEqual(codes);
  });
});

describe("the purpose of a panel", () => {
  it.each([
    ["underReview", false, "approval"],
    ["trialRun", true, "acceptance"],
    ["implementation", true, "acceptance"],
  ] as const)("%s, application open: %s", (stage, acceptanceOpen, purpose) => {
    expect(decideConvening({ ...convening, stage, acceptanceOpen })).toEqual({ ok: true, value: purpose });
  });
});

describe("where a panel stands", () => {
  it.each<[string, SeatState[], ReturnType<typeof panelStanding>]>([
    ["all invited", ["invited", "invited", "invited"], { active: 3, given: 0, waiting: 3, toInvite: 0 }],
    ["one avoids: one is short", ["avoided", "given", "opining"], { active: 2, given: 1, waiting: 1, toInvite: 1 }],
    ["replaced: odd again", ["avoided", "given", "given", "given"], { active: 3, given: 3, waiting: 0, toInvite: 0 }],
    ["two of three avoid", ["avoided", "avoided", "given"], { active: 1, given: 1, waiting: 0, toInvite: 2 }],
    ["all avoid", ["avoided", "avoided", "avoided"], { active: 0, given: 0, waiting: 0, toInvite: 3 }],
    [
      "one of five avoids",
      ["avoided", "given", "given", "given", "given"],
      { active: 4, given: 4, waiting: 0, toInvite: 1 },
    ],
    [
      "two of five avoid: three is odd and enough",
      ["avoided", "avoided", "given", "given", "given"],
      { active: 3, given: 3, waiting: 0, toInvite: 0 },
    ],
    [
      "who was released does not count",
      ["released", "given", "given", "invited"],
      { active: 3, given: 2, waiting: 1, toInvite: 0 },
    ],
  ])("%s", (_name, seats, expected) => {
    expect(panelStanding(seats, 3)).toEqual(expected);
  });
});

const A: ExpertVerdict = "agree";
const C: ExpertVerdict = "agreeWithChanges";
const D: ExpertVerdict = "disagree";

describe("the majority", () => {
  it.each<[string, ExpertVerdict[], ExpertVerdict | undefined]>([
    ["nobody yet", [], undefined],
    ["one agrees", [A], A],
    ["all agree", [A, A, A], A],
    ["two of three agree, one is against", [A, A, D], A],
    ["two of three are against", [D, D, A], D],
    ["all against", [D, D, D], D],
    ["one of each: supported, not without changes", [A, C, D], C],
    ["two of three want changes", [C, C, D], C],
    ["three of five against", [D, D, D, A, A], D],
    ["two of five against, two agree, one wants changes", [D, D, A, A, C], C],
    ["three of five agree", [A, A, A, D, D], A],
  ])("%s", (_name, verdicts, expected) => {
    expect(proposedVerdict(verdicts)).toBe(expected);
  });
});

describe("concluding", () => {
  const complete: Conclusion = {
    seats: ["given", "given", "given"],
    minimum: 3,
    proposed: "agree",
    verdict: "agree",
    summary: "建议立项",
    deviationReason: "",
  };
  const all = ["opinionsComplete", "oddAndEnough", "summaryGiven", "deviationReasoned"];
  const without = (guard: string) => all.filter((each) => each !== guard);
  it.each<[string, Partial<Conclusion>, string[]]>([
    ["everything is there", {}, all],
    ["one still writes", { seats: ["given", "given", "opining"] }, without("opinionsComplete")],
    ["one has not declared", { seats: ["given", "given", "invited"] }, without("opinionsComplete")],
    ["one avoids and nobody took the seat", { seats: ["given", "given", "avoided"] }, without("oddAndEnough")],
    ["one avoids and somebody took the seat", { seats: ["given", "given", "avoided", "given"] }, all],
    ["nobody counts", { seats: ["avoided"] }, ["summaryGiven", "deviationReasoned"]],
    ["no summary", { summary: "  " }, without("summaryGiven")],
    ["against the majority without a reason", { verdict: "disagree" }, without("deviationReasoned")],
    ["against the majority, blank reason", { verdict: "disagree", deviationReason: " " }, without("deviationReasoned")],
    ["against the majority with a reason", { verdict: "disagree", deviationReason: "上级已有统建系统" }, all],
  ])("%s", (_name, change, held) => {
    expect(conclusionGuards({ ...complete, ...change })).toEqual(held);
  });
});

describe("the marks", () => {
  const marks = (mark: string | null) => marksOf({ necessity: { mark, remark: "理由" } });
  it.each([
    ["one mark", [marks("4")], "4.00", 4, 4],
    ["the mean is rounded once, half up", [marks("5"), marks("4"), marks("4")], "4.33", 4, 5],
    ["an empty mark does not count", [marks("5"), marks(null)], "5.00", 5, 5],
    ["no marks", [], null, null, null],
  ])("%s", (_name, opinions, average, lowest, highest) => {
    expect(criterionFigures(opinions, CRITERIA_OF.approval)[0]).toEqual({
      criterion: "necessity",
      average,
      lowest,
      highest,
    });
  });
  it("are read as stored, and as empty when they are not what the form writes", () => {
    expect(marksOf({ money: { mark: "6", remark: "" } }).money).toEqual({ mark: null, remark: "" });
    expect(marksOf(null).security).toEqual({ mark: null, remark: "" });
  });
});

describe("criteriaFor", () => {
  const old = marksOf({ necessity: { mark: "4", remark: "充分" } });
  const own = marksOf({ papers: { mark: "4", remark: "齐全" } });
  it.each([
    ["a filing", "approval", [], "approval"],
    ["an acceptance nobody marked yet", "acceptance", [], "acceptance"],
    ["an acceptance with empty drafts", "acceptance", [marksOf(null)], "acceptance"],
    ["an acceptance marked by its own", "acceptance", [own, marksOf(null)], "acceptance"],
    ["an acceptance in which one was marked as a filing", "acceptance", [marksOf(null), old], "approval"],
  ] as const)("%s", (_name, purpose, opinions, expected) => {
    expect(criteriaFor(purpose, opinions)).toBe(CRITERIA_OF[expected]);
  });
});
