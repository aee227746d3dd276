import { describe, expect, it } from "vitest";

import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import { keysOf, PROJECT_STAGES, type ChangeReason } from "~/kernel/vocabulary";
import type { FigureInForce } from "~/platform/figures.server";

import { changeProblems, decideOverrun, decideRoute, floorProblems, isChangeable } from "./change.rules";

const figure = (value: string): FigureInForce => ({
  code: "change.test",
  name: "测试",
  value,
  unit: "%",
  source: "办法",
  inForceFrom: localDate("2020-01-01"),
});
const amounts = (more: Partial<Parameters<typeof decideRoute>[0]>) => ({
  movedFen: 0,
  estimateFen: 100_000_000,
  newEstimateFen: 100_000_000,
  feasibilityFen: null,
  ...more,
});

describe("decideRoute", () => {
  it.each<[string, Parameters<typeof amounts>[0], ChangeReason, string, string]>([
    ["14.99 % moved", { movedFen: 14_990_000 }, "technicalOptimisation", "15", "filed withinLimit"],
    ["15 % exactly", { movedFen: 15_000_000 }, "technicalOptimisation", "15", "filed withinLimit"],
    ["one fen above 15 %", { movedFen: 15_000_001 }, "technicalOptimisation", "15", "approval movedTooMuch"],
    ["15.01 % moved", { movedFen: 15_010_000 }, "technicalOptimisation", "15", "approval movedTooMuch"],
    ["nothing moved", {}, "superiorOrder", "15", "filed withinLimit"],
    ["growth of the business is an allowed reason", { movedFen: 1 }, "businessGrowth", "15", "filed withinLimit"],
    ["another reason is not", { movedFen: 1 }, "other", "15", "approval reasonNotAllowed"],
    ["a lower estimate is inside", { newEstimateFen: 90_000_000 }, "superiorOrder", "15", "filed withinLimit"],
    ["one fen above the estimate", { newEstimateFen: 100_000_001 }, "superiorOrder", "15", "approval aboveEstimate"],
    [
      "all three at once",
      { movedFen: 20_000_000, newEstimateFen: 120_000_000 },
      "other",
      "15",
      "approval aboveEstimate movedTooMuch reasonNotAllowed",
    ],
    [
      "an estimate that 15 % divides unevenly: below",
      { movedFen: 15, estimateFen: 103, newEstimateFen: 103 },
      "superiorOrder",
      "15",
      "filed withinLimit",
    ],
    [
      "an estimate that 15 % divides unevenly: above",
      { movedFen: 16, estimateFen: 103, newEstimateFen: 103 },
      "superiorOrder",
      "15",
      "approval movedTooMuch",
    ],
    ["a decimal figure, at it", { movedFen: 12_500_000 }, "superiorOrder", "12.5", "filed withinLimit"],
    ["a decimal figure, a fen above", { movedFen: 12_500_001 }, "superiorOrder", "12.5", "approval movedTooMuch"],
    [
      "an amount beyond what floats hold exactly",
      { movedFen: 1_350_000_000_000_002, estimateFen: 9_000_000_000_000_009, newEstimateFen: 9_000_000_000_000_009 },
      "superiorOrder",
      "15",
      "approval movedTooMuch",
    ],
    [
      "nothing may move of nothing",
      { movedFen: 1, estimateFen: 0, newEstimateFen: 0 },
      "superiorOrder",
      "15",
      "approval movedTooMuch",
    ],
  ])("%s", (_name, more, reasonKind, percent, expected) => {
    const check = decideRoute(amounts(more), reasonKind, figure(percent));
    expect([check.route, ...check.codes].join(" ")).toBe(expected);
    expect(check.figure).toEqual(figure(percent));
  });
});

describe("decideOverrun", () => {
  it.each<[string, Parameters<typeof amounts>[0], string]>([
    [
      "9.99 % above the feasibility estimate",
      { newEstimateFen: 109_990_000, feasibilityFen: 100_000_000 },
      "withinFeasibility",
    ],
    ["10 % exactly", { newEstimateFen: 110_000_000, feasibilityFen: 100_000_000 }, "withinFeasibility"],
    ["a fen above 10 %", { newEstimateFen: 110_000_001, feasibilityFen: 100_000_000 }, "overrun"],
    ["10.01 %", { newEstimateFen: 110_010_000, feasibilityFen: 100_000_000 }, "overrun"],
    ["below it", { newEstimateFen: 50_000_000, feasibilityFen: 100_000_000 }, "withinFeasibility"],
    ["without a feasibility estimate", { newEstimateFen: 999_999_999 }, "noFeasibility"],
  ])("%s", (_name, more, expected) => {
    const check = decideOverrun(amounts(more), figure("10"));
    expect(check).toEqual({ code: expected, mustBeReported: expected === "overrun", figure: figure("10") });
  });

  it("is independent of the other check: a filed change may have to be reported", () => {
    const both = amounts({ movedFen: 1, feasibilityFen: 80_000_000 });
    expect(decideRoute(both, "superiorOrder", figure("15")).route).toBe("filed");
    expect(decideOverrun(both, figure("10")).code).toBe("overrun");
  });
});

describe("changeProblems", () => {
  const whole = {
    reason: "省厅调整接口规范",
    content: "增加接口适配",
    movedFen: fen(1),
    estimateFen: fen(100),
    fileId: "file",
    newPlannedEndOn: localDate("2027-01-01"),
    plannedStartOn: localDate("2026-09-01"),
  };
  it.each<[string, Partial<typeof whole> | { fileId: null }, string[]]>([
    ["nothing is missing", {}, []],
    ["no reason", { reason: " " }, ["reasonMissing"]],
    ["no content", { content: "" }, ["contentMissing"]],
    ["no basis document", { fileId: null }, ["basisMissing"]],
    ["all of the estimate may move", { movedFen: fen(100) }, []],
    ["more than all of it may not", { movedFen: fen(101) }, ["movedBeyondEstimate"]],
    ["an end on the day of the start", { newPlannedEndOn: localDate("2026-09-01") }, ["endBeforeStart"]],
    ["an end the day after", { newPlannedEndOn: localDate("2026-09-02") }, []],
  ])("%s", (_name, more, expected) => {
    expect(changeProblems({ ...whole, ...more }).map(({ code }) => code)).toEqual(expected);
  });
});

describe("floorProblems", () => {
  it.each<[string, { to: number; bound?: number; arrived?: number }, string[]]>([
    ["lowered to what contracts bind", { to: 60, bound: 60 }, []],
    ["a fen below what contracts bind", { to: 59, bound: 60 }, ["belowContracts"]],
    ["lowered to what arrived", { to: 40, arrived: 40 }, []],
    ["a fen below what arrived", { to: 39, arrived: 40 }, ["belowArrivals"]],
    ["below both, both are told", { to: 30, bound: 60, arrived: 40 }, ["belowContracts", "belowArrivals"]],
    ["lowered where nothing is bound and nothing arrived", { to: 0 }, []],
    ["not lowered, though contracts bind more", { to: 100, bound: 120 }, []],
    ["a fen lower, with contracts that bind more", { to: 99, bound: 120 }, ["belowContracts"]],
    ["raised, though more arrived", { to: 101, arrived: 150 }, []],
  ])("%s", (_name, { to, bound = 0, arrived = 0 }, expected) => {
    const change = { estimateFen: fen(100), newEstimateFen: fen(to) };
    const problems = floorProblems(change, { boundFen: fen(bound), arrivedFen: fen(arrived) });
    expect(problems.map(({ code }) => code)).toEqual(expected);
  });
});

describe("isChangeable", () => {
  it("holds from approval to the trial run, and nowhere else", () => {
    expect(keysOf(PROJECT_STAGES).filter(isChangeable)).toEqual([
      "approved",
      "procurement",
      "implementation",
      "initialAccepted",
      "trialRun",
    ]);
  });
});
