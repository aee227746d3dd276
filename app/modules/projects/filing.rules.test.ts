import { describe, expect, it } from "vitest";

import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";

import { COMPLETE_FILING, PRODUCT_FIGURES, QUIET_SURROUNDINGS } from "./filing.fixtures";
import { sayFilingProblem } from "./filing.refusals";
import { filingProblems, sectionStatuses } from "./filing.rules";
import type { Basics, Filing, FilingSection, FilingSurroundings, InventoryEntry } from "./filing.types";
import type { SimilarHit } from "./similar/similar.rules";
import { problemLink } from "./ui/problem-link";

type Change = {
  readonly [S in keyof Filing]?: Filing[S] extends readonly unknown[] | string ? Filing[S] : Partial<Filing[S]>;
};

function changed(change: Change): Filing {
  const entries = Object.entries(COMPLETE_FILING).map(([section, content]): [string, unknown] => {
    const part = change[section as keyof Filing];
    const replaces = part === undefined || typeof part === "string" || Array.isArray(part);
    return [section, replaces ? (part ?? content) : { ...(content as object), ...(part as object) }];
  });
  return { ...COMPLETE_FILING, ...Object.fromEntries(entries) };
}

const check = (filing: Filing, surroundings: Partial<FilingSurroundings> = {}) =>
  filingProblems(filing, { ...QUIET_SURROUNDINGS, ...surroundings }, PRODUCT_FIGURES);
const codes = (filing: Filing, surroundings?: Partial<FilingSurroundings>) =>
  check(filing, surroundings).map(({ section, code, field }) => `${section} ${code}${field ? ` ${field}` : ""}`);

/** Of one section only: a change there may also be felt elsewhere. */
const codesIn = (section: FilingSection, filing: Filing) =>
  codes(filing).filter((code) => code.startsWith(`${section} `));

const [first, second] = COMPLETE_FILING.goals.milestones as [
  Filing["goals"]["milestones"][0],
  Filing["goals"]["milestones"][0],
];
const [software, cloud] = COMPLETE_FILING.money.lines as [Filing["money"]["lines"][0], Filing["money"]["lines"][0]];
const DEMAND: Filing["data"]["demands"][0] = {
  id: "d1",
  wanted: "人口信息",
  providerName: "市公安局",
  scene: "核对产权人",
  legalBasis: "数据共享办法",
  method: "interface",
  frequency: "daily",
};
const goal = { name: "入库率", operator: "atLeast", target: "95", measureUnit: "%" } as const;

describe("a complete filing", () => {
  it("has no problems", () => expect(check(COMPLETE_FILING)).toEqual([]));
  it("is complete in every section", () => {
    expect(new Set(Object.values(sectionStatuses(COMPLETE_FILING, [])))).toEqual(new Set(["complete"]));
  });
});

describe("basics", () => {
  it.each(["basis", "leaderName", "liaisonName", "liaisonPhone"] as const)("%s may not be blank", (field) => {
    expect(codes(changed({ basics: { [field]: "" } }))).toEqual([`basics missing ${field}`]);
  });
});

describe("goals", () => {
  it.each<[string, Partial<Filing["goals"]>, string[]]>([
    ["one-day project is in order", { plannedStartOn: localDate("2027-06-30"), milestones: [second] }, []],
    [
      "end one day before start",
      { plannedStartOn: localDate("2027-07-01"), milestones: [] },
      ["goals scheduleReversed plannedEndOn", "goals milestonesMissing milestones"],
    ],
    ["milestone on the first day", { milestones: [{ ...first, plannedOn: localDate("2026-09-01") }, second] }, []],
    [
      "milestone one day before the first day",
      { milestones: [{ ...first, plannedOn: localDate("2026-08-31") }, second] },
      ["goals milestoneOutsideSchedule milestones[0].plannedOn"],
    ],
    [
      "milestone one day after the last day",
      { milestones: [first, { ...second, plannedOn: localDate("2027-07-01") }] },
      ["goals milestoneOutsideSchedule milestones[1].plannedOn"],
    ],
    [
      "two milestones on one day, rising percent",
      { milestones: [{ ...first, plannedOn: second.plannedOn }, second] },
      [],
    ],
    [
      "equal percent does not rise",
      { milestones: [{ ...first, cumulativePercent: 100 }, second] },
      ["goals milestonesOutOfOrder milestones[1].plannedOn"],
    ],
    [
      "last milestone at 99 %",
      { milestones: [first, { ...second, cumulativePercent: 99 }] },
      ["goals milestonesNotComplete milestones[1].cumulativePercent"],
    ],
    ["no goal", { goals: [] }, ["goals goalsMissing goals"]],
    ["a decimal target", { goals: [{ ...goal, target: "99.9" }] }, []],
    [
      "words as a measured target",
      { goals: [{ ...goal, target: "较高" }] },
      ["goals goalTargetNotNumber goals[0].target"],
    ],
    ["words as a qualitative target", { goals: [{ ...goal, operator: "qualitative", target: "较高" }] }, []],
    [
      "a measured target without a unit",
      { goals: [{ ...goal, measureUnit: "" }] },
      ["goals goalUnitMissing goals[0].measureUnit"],
    ],
    ["a qualitative target needs no unit", { goals: [{ ...goal, operator: "qualitative", measureUnit: "" }] }, []],
  ])("%s", (_name, goals, expected) => expect(codesIn("goals", changed({ goals }))).toEqual(expected));
});

describe("money", () => {
  it.each<[string, Partial<Filing["money"]>, string[]]>([
    [
      "total one fen over the lines, the years and the sources",
      { declaredFen: fen(300_000_001) },
      ["money linesNotTotal declared", "money yearsNotTotal years", "money sourcesNotTotal sources"],
    ],
    ["years one fen short", { years: [{ year: 2026, amountFen: fen(299_999_999) }] }, ["money yearsNotTotal years"]],
    ["no year split", { years: [] }, ["money yearsNotTotal years"]],
    [
      "sources one fen over",
      { sources: [{ source: "own", amountFen: fen(300_000_001) }] },
      ["money sourcesNotTotal sources"],
    ],
    [
      "a line that is not its product",
      { lines: [{ ...software, quantity: "1.01" }, cloud] },
      ["money lineNotProduct lines[0].quantity"],
    ],
    ["no lines: the sums are not asked yet", { lines: [] }, ["money linesMissing lines"]],
    ["nothing at all", { lines: [], declaredFen: fen(0) }, ["money missing declared", "money linesMissing lines"]],
    ["no feasibility figure", { feasibilityFen: null }, ["money missing feasibility"]],
    ["a feasibility figure of nothing is a figure", { feasibilityFen: fen(0) }, []],
  ])("%s", (_name, money, expected) => expect(codesIn("money", changed({ money }))).toEqual(expected));

  // The schedule is 2026-09-01 to 2027-06-30; one year after completion is for retentions.
  it.each<[string, number, boolean]>([
    ["the year before it starts", 2025, false],
    ["the year it starts", 2026, true],
    ["the year after it ends", 2028, true],
    ["two years after it ends", 2029, false],
  ])("year split: %s", (_name, year, fits) => {
    const years = [{ year, amountFen: fen(300_000_000) }];
    expect(codesIn("money", changed({ money: { years } }))).toEqual(
      fits ? [] : ["money yearOutsideSchedule years[0].year"],
    );
  });

  it("a year without money, or a filing without a schedule, is not judged", () => {
    const empty = [...COMPLETE_FILING.money.years, { year: 2035, amountFen: fen(0) }];
    expect(codesIn("money", changed({ money: { years: empty } }))).toEqual([]);
    const years = [{ year: 2035, amountFen: fen(300_000_000) }];
    expect(codesIn("money", changed({ money: { years }, goals: { plannedEndOn: null } }))).toEqual([]);
  });
});

describe("procedure", () => {
  const { attachments } = COMPLETE_FILING;
  const papers = (...kinds: Filing["attachments"][0]["kind"][]) =>
    kinds.map((kind) => ({ id: kind, kind, fileName: `${kind}.pdf` }));
  const short = { shortcut: "urgentOrder", shortcutBasis: "市长批示〔2026〕12号" } as const;
  it.each<[string, Change, string[]]>([
    [
      "ordinary, without its study",
      { attachments: papers("application", "buildingPlan"), money: { feasibilityFen: null } },
      ["money missing feasibility", "attachments attachmentMissing file"],
    ],
    [
      "a short-cut needs its basis in words and on paper, and no study",
      { basics: { ...short, shortcutBasis: "" }, attachments, money: { feasibilityFen: null } },
      ["basics missing shortcutBasis", "attachments attachmentMissing file"],
    ],
    [
      "a short-cut with both",
      {
        basics: short,
        attachments: papers("application", "buildingPlan", "basis"),
        money: { feasibilityFen: null },
      },
      [],
    ],
    [
      "money of another source, without its opinion",
      { money: { sources: [{ source: "superior", amountFen: fen(300_000_000) }] } },
      ["attachments attachmentMissing file"],
    ],
    [
      "another source with nothing from it",
      { money: { sources: [...COMPLETE_FILING.money.sources, { source: "own", amountFen: fen(0) }] } },
      [],
    ],
    [
      "money of another source, with its opinion",
      {
        money: { sources: [{ source: "bond", amountFen: fen(300_000_000) }] },
        attachments: [...attachments, ...papers("fundingOpinion")],
      },
      [],
    ],
  ])("%s", (_name, change, expected) => expect(codes(changed(change))).toEqual(expected));
});

describe("inventory and parts", () => {
  const upkeep = changed({ basics: { nature: "maintenance", class: "maintenanceSoftware" } });
  const codesAtCheck = (filing: Filing, surroundings: Partial<FilingSurroundings>) =>
    check(filing, surroundings)
      .filter(({ section }) => section === "check")
      .map(({ code }) => code);
  it("upkeep needs a system in the inventory; what is built needs none", () => {
    expect(codesAtCheck(upkeep, { inventory: [] })).toEqual(["noSystemInInventory"]);
    expect(codesAtCheck(upkeep, { inventory: [{ code: "1", name: "管网系统" }] })).toEqual([]);
    expect(codesAtCheck(COMPLETE_FILING, { inventory: [] })).toEqual([]);
  });
  it("the lead waits for every part that its leader has not signed", () => {
    const parts = (["draft", "submitted", "underReview", "withdrawn"] as const).map((stage) => ({
      name: stage,
      unitName: "市水利局",
      stage,
    }));
    const found = check(COMPLETE_FILING, { parts });
    expect(found.map(({ code, facts }) => [code, facts?.name])).toEqual([
      ["partUnsigned", "draft"],
      ["partUnsigned", "submitted"],
    ]);
  });
});

describe("data catalog", () => {
  it.each<[string, Partial<Filing["data"]>, string[]]>([
    ["no entry and no statement", { resources: [] }, ["data catalogMissing noDataStatement"]],
    ["one demand is a catalog", { resources: [], demands: [DEMAND] }, []],
    ["a statement instead of entries", { resources: [], noDataStatement: "仅采购终端设备，不产生数据" }, []],
    ["a statement beside an entry", { noDataStatement: "不产生数据" }, ["data noDataContradicted noDataStatement"]],
  ])("%s", (_name, data, expected) => expect(codes(changed({ data }))).toEqual(expected));

  it("says the way out", () => {
    const [problem] = check(changed({ data: { resources: [] } }));
    expect(problem && sayFilingProblem(problem)).toMatch(/逐条填报或导入.*说明/);
  });
});

describe("security", () => {
  it.each<[string, Partial<Filing["security"]>, string[]]>([
    [
      "nothing decided",
      { secret: null, mlpsLevel: null, hosting: null },
      ["security missing secret", "security missing mlpsLevel", "security missing hosting"],
    ],
    ["level 3 without a crypto plan", { mlpsLevel: 3 }, ["security missing cryptoPlan"]],
    ["level 3 with a crypto plan", { mlpsLevel: 3, cryptoPlan: "国密算法" }, []],
    ["own room without a ground", { hosting: "ownRoom" }, ["security hostingNeedsReason exemption"]],
  ])("%s", (_name, security, expected) => expect(codes(changed({ security }))).toEqual(expected));

  it.each([
    ["new, level 2", "new", 2, []],
    ["rebuild, level 1", "rebuild", 1, []],
    ["rebuild, level 2", "rebuild", 2, ["security missing mlpsFilingNumber"]],
    ["maintenance, level 2", "maintenance", 2, ["security missing mlpsFilingNumber"]],
  ] as const)("MLPS filing number: %s", (_name, nature, mlpsLevel, expected) => {
    const found = codes(changed({ basics: { nature }, security: { mlpsLevel } }));
    expect(found.filter((code) => code.startsWith("security"))).toEqual(expected);
  });

  it("a consultancy answers only whether it is secret", () => {
    const security = { secret: null, mlpsLevel: null, hosting: null };
    const found = codesIn("security", changed({ basics: { class: "thirdParty" }, security, components: [] }));
    expect(found).toEqual(["security missing secret"]);
  });
});

describe("components", () => {
  const component = { code: "map", name: "地理信息" };
  it.each([
    ["undecided", null, "", ["components componentsUndecided components"]],
    ["does not fit, no reason asked", "notFitting", "", []],
    ["fits, not reused, no reason", "notReused", "", ["components componentReasonMissing components[0].reason"]],
    ["fits, not reused, with a reason", "notReused", "接口性能不足", []],
  ] as const)("%s", (_name, decision, reason, expected) => {
    expect(codes(changed({ components: [{ ...component, decision, reason }] }))).toEqual(expected);
  });
});

describe("attachments", () => {
  const attachment = (kind: Filing["attachments"][0]["kind"]) => ({ id: kind, kind, fileName: `${kind}.pdf` });
  it.each([
    ["new without plan and study", "new", ["application"], ["attachmentMissing", "attachmentMissing"]],
    ["maintenance needs only the application", "maintenance", ["application"], []],
    ["nothing uploaded", "maintenance", [], ["attachmentMissing"]],
    [
      "rebuild without the earlier evaluation",
      "rebuild",
      ["application", "buildingPlan", "feasibility"],
      ["earlierEvaluationMissing"],
    ],
    [
      "rebuild with the earlier evaluation",
      "rebuild",
      ["application", "buildingPlan", "feasibility", "evaluation"],
      [],
    ],
  ] as const)("%s", (_name, nature, kinds, expected) => {
    const filing = changed({
      basics: { nature },
      security: { mlpsFilingNumber: "44078400001" },
      attachments: kinds.map(attachment),
    });
    const found = check(filing).filter(({ section }) => section === "attachments");
    expect(found.map(({ code }) => code)).toEqual(expected);
  });
});

describe("the unit's gate", () => {
  const sanction = {
    code: "sanctionOpen",
    evidence: { kind: "sanction", id: "s", name: "未按要求共享数据" },
    facts: { fromOn: "2026-05-01", rung: "postpone" },
  } as const;
  const failedTest = {
    code: "cryptoInvalid",
    evidence: { kind: "system", id: "x", name: "管网系统" },
    facts: { state: "failed" },
  } as const;
  it.each([
    ["new", ["unitSanctioned", "gateBlocksFiling"]],
    ["rebuild", ["unitSanctioned", "gateBlocksFiling"]],
    ["maintenance", []],
    ["service", []],
  ] as const)("%s", (nature, expected) => {
    const surroundings = { closedBy: [sanction, failedTest], inventory: [{ code: "1", name: "管网系统" }] };
    const found = check(changed({ basics: { nature } }), surroundings).filter(({ section }) => section === "check");
    expect(found.map(({ code }) => code)).toEqual(expected);
    for (const problem of found) {
      expect(sayFilingProblem(problem)).toMatch(/未按要求共享数据|管网系统/);
      expect(problemLink("p", problem)).toBe("/gates/u");
    }
  });
});

describe("the systems that an upkeep filing maintains", () => {
  const known = { code: "XT-1", name: "管网系统" };
  const gone = { code: "XT-2", name: "旧系统" };
  const inventory = [known];
  it.each<[string, Partial<Basics>, InventoryEntry[], string[]]>([
    ["named", { nature: "maintenance", maintained: [known] }, inventory, []],
    ["none named", { nature: "maintenance", maintained: [] }, inventory, ["maintainedMissing"]],
    ["handed in before it was asked for", { nature: "maintenance" }, inventory, ["maintainedMissing"]],
    ["of an upkeep class", { nature: "service", class: "maintenanceSoftware" }, inventory, ["maintainedMissing"]],
    ["of what is built nobody asks", { nature: "new" }, inventory, []],
    [
      "one is not in use any more",
      { nature: "maintenance", maintained: [known, gone] },
      inventory,
      ["maintainedNotInUse"],
    ],
    ["nothing to choose from is told once, at the check", { nature: "maintenance" }, [], []],
  ])("%s", (_name, basics, systems, expected) => {
    const found = check(changed({ basics }), { inventory: systems });
    expect(found.filter(({ code }) => code.startsWith("maintained")).map(({ code }) => code)).toEqual(expected);
  });
});

describe("duplicates", () => {
  const hit = (name: string, statementDue: boolean): SimilarHit => ({
    kind: "project",
    id: name,
    code: "ZX2026-0009",
    name,
    unitId: "u",
    unitName: "市城管局",
    stage: "operation",
    statementDue,
    reasons: [{ code: "name", percent: 60, demands: statementDue }],
  });
  const [due, shown] = [hit("智慧管网平台", true), hit("智慧路网平台", false)];
  it.each<[string, SimilarHit[], string, object[]]>([
    ["none", [], "", []],
    ["one that is only shown", [shown], "", []],
    ["asked for", [due, shown], "", [{ count: 1, name: "智慧管网平台" }]],
    ["asked for by two", [due, hit("燃气管网", true)], "", [{ count: 2, name: "智慧管网平台" }]],
    ["asked for and written", [due], "对方只管燃气管网", []],
  ])("%s", (_name, similar, differenceStatement, expected) => {
    const found = check(changed({ differenceStatement }), { similar });
    expect(found.map(({ facts }) => facts)).toEqual(expected);
  });
});

describe("sectionStatuses", () => {
  const emptyGoals = { need: "", content: "", plannedStartOn: null, plannedEndOn: null, milestones: [], goals: [] };
  it.each<[string, Change, FilingSection, string]>([
    ["nothing typed", { goals: emptyGoals }, "goals", "notStarted"],
    ["one field typed", { goals: { ...emptyGoals, need: "摸清底数" } }, "goals", "inProgress"],
    ["lacking one field", { goals: { content: "" } }, "goals", "inProgress"],
    ["a contradiction", { money: { declaredFen: fen(1) } }, "money", "problem"],
    ["no catalog", { data: { resources: [] } }, "data", "notStarted"],
    ["no attachment", { attachments: [] }, "attachments", "notStarted"],
    [
      "one component of two decided",
      {
        components: [
          { code: "a", name: "甲", decision: "reuse", reason: "" },
          { code: "b", name: "乙", decision: null, reason: "" },
        ],
      },
      "components",
      "inProgress",
    ],
  ])("%s", (_name, change, section, expected) => {
    const filing = changed(change);
    expect(sectionStatuses(filing, check(filing))[section]).toBe(expected);
  });
});
