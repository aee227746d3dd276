import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import { keysOf, PROJECT_STAGES } from "~/kernel/vocabulary";

import {
  acceptanceMissing,
  applicationMissing,
  draftRefusal,
  heldByGate,
  kindDue,
  neededPapers,
  type EntryFacts,
  type GateFacts,
} from "./acceptance.rules";

const figures = { mlpsReportFromLevel: 2, cryptoReportFromLevel: 3, trialRunMonths: 3 };
const today = localDate("2026-07-20");

const shared: EntryFacts = {
  id: "e1",
  name: "宗地",
  state: "published",
  sharingType: "conditional",
  connectedOn: localDate("2026-05-01"),
  testSharedOn: localDate("2026-05-08"),
};
/** Nothing is missing: level 3, tried out since exactly three months ago. */
const whole: GateFacts = {
  kind: "final",
  completedOn: localDate("2026-02-01"),
  trialRunSince: localDate("2026-04-20"),
  mlpsLevel: 3,
  statement: "建成并投入使用",
  papers: ["constructionSummary", "financialReport", "auditReport", "trialRunReport", "mlpsReport", "cryptoReport"],
  archive: "passed",
  entries: [shared],
};
const without = (...papers: string[]) => ({ papers: whole.papers.filter((paper) => !papers.includes(paper)) });
const paper = (name: string, level?: number) => `paperMissing ${name}${level === undefined ? "" : ` ${level}`}`;

/** Codes with what tells them apart. */
const said = (facts: GateFacts, more: Partial<typeof figures> = {}) =>
  acceptanceMissing(facts, { ...figures, ...more }, today).map(({ code, facts: f = {} }) =>
    [code, f.paper, f.level, f.until, f.entryId].filter((each) => each !== undefined).join(" "),
  );

describe("the gate of a final acceptance", () => {
  it.each<[string, Partial<GateFacts>, string[]]>([
    ["nothing is missing", {}, []],
    ["not declared built", { completedOn: null }, ["constructionOpen"]],
    ["no statement", { statement: " \n" }, ["statementMissing"]],
    ["no construction summary", without("constructionSummary"), [paper("constructionSummary")]],
    ["no financial report", without("financialReport"), [paper("financialReport")]],
    ["no audit report", without("auditReport"), [paper("auditReport")]],
    ["no trial run report", without("trialRunReport"), [paper("trialRunReport")]],
    ["level 3 without the security test", without("mlpsReport"), [paper("mlpsReport", 3)]],
    ["level 3 without the report on cryptography", without("cryptoReport"), [paper("cryptoReport", 3)]],
    [
      "level 2, at the figure, without the security test",
      { ...without("mlpsReport", "cryptoReport"), mlpsLevel: 2 },
      [paper("mlpsReport", 2)],
    ],
    ["level 1, one below, needs neither", { ...without("mlpsReport", "cryptoReport"), mlpsLevel: 1 }, []],
    ["no level needs neither", { ...without("mlpsReport", "cryptoReport"), mlpsLevel: null }, []],
    [
      "papers of other kinds replace none",
      { papers: ["other", "archiveList"], mlpsLevel: 1 },
      ["constructionSummary", "financialReport", "auditReport", "trialRunReport"].map((each) => paper(each)),
    ],
    ["the trial run is one day short", { trialRunSince: localDate("2026-04-21") }, ["trialRunTooShort 2026-07-21"]],
    ["the trial run began on the 31st: its month has no such day", { trialRunSince: localDate("2026-03-31") }, []],
    ["nobody knows since when it is tried out", { trialRunSince: null }, ["trialRunUnknown"]],
    ["the archive was never checked", { archive: null }, ["archiveUnchecked"]],
    ["the latest check of the archive failed", { archive: "failed" }, ["archiveFailed"]],
    ["no entries at all", { entries: [] }, []],
    ["an entry is a draft", { entries: [{ ...shared, state: "draft" }] }, ["entryDraft e1"]],
    [
      "an unshared entry is a draft",
      { entries: [{ ...shared, state: "draft", sharingType: "none" }] },
      ["entryDraft e1"],
    ],
    ["an unshared entry is registered", { entries: [{ ...shared, state: "registered", sharingType: "none" }] }, []],
    ["a shared entry is registered only", { entries: [{ ...shared, state: "registered" }] }, ["entryUnpublished e1"]],
    ["a shared entry is suspended", { entries: [{ ...shared, state: "suspended" }] }, ["entryUnpublished e1"]],
    ["a withdrawn entry is not asked about", { entries: [{ ...shared, state: "withdrawn", connectedOn: null }] }, []],
    [
      "published, not connected",
      { entries: [{ ...shared, connectedOn: null, testSharedOn: null }] },
      ["entryUnconnected e1"],
    ],
    ["published and connected, untested", { entries: [{ ...shared, testSharedOn: null }] }, ["entryUntested e1"]],
    [
      "published, shared without conditions, untested",
      { entries: [{ ...shared, sharingType: "unconditional", testSharedOn: null }] },
      ["entryUntested e1"],
    ],
    [
      "every entry for itself",
      { entries: [shared, { ...shared, id: "e2", testSharedOn: null }, { ...shared, id: "e3", state: "draft" }] },
      ["entryUntested e2", "entryDraft e3"],
    ],
  ])("%s", (_name, change, codes) => {
    expect(said({ ...whole, ...change })).toEqual(codes);
  });

  it.each([
    ["the security test from level 3: level 2 needs none", { mlpsReportFromLevel: 3 }, []],
    [
      "the report on cryptography from level 2",
      { cryptoReportFromLevel: 2 },
      [paper("mlpsReport", 2), paper("cryptoReport", 2)],
    ],
  ])("a figure that changes: %s", (_name, more, codes) => {
    expect(said({ ...whole, ...without("mlpsReport", "cryptoReport"), mlpsLevel: 2 }, more)).toEqual(codes);
  });

  it("no months of trial run: it is long enough at once", () => {
    expect(said({ ...whole, trialRunSince: today }, { trialRunMonths: 0 })).toEqual([]);
  });
});

describe("the gate of an initial acceptance", () => {
  const initial: GateFacts = { ...whole, kind: "initial", papers: ["constructionSummary", "contractAcceptance"] };
  it.each<[string, Partial<GateFacts>, string[]]>([
    [
      "asks for its two papers only",
      { archive: null, trialRunSince: null, entries: [{ ...shared, state: "draft" }] },
      [],
    ],
    ["names what is not there", { papers: [] }, [paper("constructionSummary"), paper("contractAcceptance")]],
    ["waits until the work is declared built", { completedOn: null }, ["constructionOpen"]],
  ])("%s", (_name, change, codes) => {
    expect(said({ ...initial, ...change })).toEqual(codes);
  });
});

describe("what the unit must hand in", () => {
  it("leaves archive, trial run and entries to the way", () => {
    const facts: GateFacts = {
      ...whole,
      archive: "failed",
      trialRunSince: null,
      entries: [{ ...shared, state: "draft" }],
    };
    expect(applicationMissing(facts, figures)).toEqual([]);
    expect(applicationMissing({ ...facts, papers: [], statement: "" }, figures)).toHaveLength(7);
  });
  it("names the level that asks for a paper", () => {
    expect(neededPapers(whole, figures).filter(({ level }) => level)).toEqual([
      { paper: "mlpsReport", level: 3 },
      { paper: "cryptoReport", level: 3 },
    ]);
  });
});

describe("what of the project's own conditions holds", () => {
  const ALL = ["constructionCompleted", "documentsComplete", "trialRunLongEnough", "archiveAccepted", "entriesShared"];
  it.each([
    ["constructionOpen", "constructionCompleted"],
    ["statementMissing", "documentsComplete"],
    ["paperMissing", "documentsComplete"],
    ["trialRunUnknown", "trialRunLongEnough"],
    ["trialRunTooShort", "trialRunLongEnough"],
    ["archiveUnchecked", "archiveAccepted"],
    ["archiveFailed", "archiveAccepted"],
    ["entryDraft", "entriesShared"],
    ["entryUnpublished", "entriesShared"],
    ["entryUnconnected", "entriesShared"],
    ["entryUntested", "entriesShared"],
  ] as const)("%s takes %s", (code, guard) => {
    expect(heldByGate([{ code }])).toEqual(ALL.filter((each) => each !== guard));
  });
  it("nothing missing: all of them", () => expect(heldByGate([])).toEqual(ALL));
});

describe("beginning an application", () => {
  it("in two stages only", () => {
    const due = keysOf(PROJECT_STAGES).flatMap((stage) => {
      const kind = kindDue(stage);
      return kind ? [[stage, kind]] : [];
    });
    expect(due).toEqual([
      ["implementation", "initial"],
      ["trialRun", "final"],
    ]);
  });
  it.each([
    ["built", "implementation", "2026-01-01", undefined, "initial"],
    ["not built", "implementation", null, undefined, "constructionOpen"],
    ["tried out", "trialRun", "2026-01-01", undefined, "final"],
    ["one is under way", "trialRun", "2026-01-01", 2, "acceptanceUndecided"],
    ["between the two", "initialAccepted", "2026-01-01", undefined, "projectNotAcceptable"],
    ["accepted", "accepted", "2026-01-01", undefined, "projectNotAcceptable"],
  ] as const)("%s", (_name, stage, completedOn, undecided, expected) => {
    const result = draftRefusal(stage, completedOn === null ? null : localDate(completedOn), undecided);
    expect(result.ok ? result.value : result.refusals[0]?.code).toBe(expected);
  });
});
