import { describe, expect, it } from "vitest";

import type { ComparedFiling, MeasuredEntry, SimilarFigures } from "./similar.rules";
import { similarHits } from "./similar.rules";

const FIGURES: SimilarFigures = {
  nameSimilarity: 0.45,
  contentSimilarity: 0.4,
  contentCharacters: 30,
  sharedResources: 2,
  shownSimilarity: 0.3,
  ownShownSimilarity: 0.2,
};
const FILING: ComparedFiling = { class: "softwareSpecial", unitId: "own", contentLength: 30 };
const ENTRY: MeasuredEntry = {
  kind: "project",
  id: "p",
  code: "ZX2026-0009",
  name: "管网平台",
  unitId: "other",
  unitName: "市城管局",
  stage: "operation",
  class: "softwareGeneral",
  nameSimilarity: 0,
  contentSimilarity: null,
  sharedResources: [],
};
const SYSTEM = { kind: "system", stage: null, class: null } as const;
const OWN = { unitId: "own", class: "softwareSpecial" } as const;

/** "-" not shown, "shown" without and "due" with a statement asked for. */
function verdict(entry: Partial<MeasuredEntry>, filing: Partial<ComparedFiling> = {}): string {
  const [hit] = similarHits({ ...FILING, ...filing }, [{ ...ENTRY, ...entry }], FIGURES);
  return hit ? (hit.statementDue ? "due" : "shown") : "-";
}

describe("names", () => {
  it.each<[string, Partial<MeasuredEntry>, string]>([
    ["below what is shown", { nameSimilarity: 0.2999 }, "-"],
    ["exactly what is shown", { nameSimilarity: 0.3 }, "shown"],
    ["below the figure", { nameSimilarity: 0.4499 }, "shown"],
    ["exactly the figure", { nameSimilarity: 0.45 }, "due"],
    ["a system, exactly the figure", { ...SYSTEM, nameSimilarity: 0.45 }, "due"],
    ["the unit's own of this class, below what is shown", { ...OWN, nameSimilarity: 0.1999 }, "-"],
    ["the unit's own of this class, exactly what is shown", { ...OWN, nameSimilarity: 0.2 }, "shown"],
    ["the unit's own of another class", { unitId: "own", nameSimilarity: 0.2 }, "-"],
    ["the unit's own system", { ...SYSTEM, unitId: "own", nameSimilarity: 0.2 }, "shown"],
    ["another unit's of this class", { class: "softwareSpecial", nameSimilarity: 0.2 }, "-"],
  ])("%s", (_, entry, expected) => expect(verdict(entry)).toBe(expected));
});

describe("contents", () => {
  it.each<[string, Partial<MeasuredEntry>, Partial<ComparedFiling>, string]>([
    ["below the figure", { contentSimilarity: 0.3999 }, {}, "-"],
    ["exactly the figure", { contentSimilarity: 0.4 }, {}, "due"],
    ["a content one character too short", { contentSimilarity: 1 }, { contentLength: 29 }, "-"],
    ["nothing to compare with", { contentSimilarity: null }, {}, "-"],
  ])("%s", (_, entry, filing, expected) => expect(verdict(entry, filing)).toBe(expected));
});

describe("shared resources", () => {
  const one = ["户籍人口信息"];
  const two = ["户籍人口信息", "不动产登记信息"];
  it.each<[string, Partial<MeasuredEntry>, Partial<ComparedFiling>, string]>([
    ["fewer than the figure", { class: "softwareSpecial", sharedResources: one }, {}, "-"],
    ["exactly the figure, the same class", { class: "softwareSpecial", sharedResources: two }, {}, "due"],
    ["exactly the figure, another class", { sharedResources: two }, {}, "-"],
    ["exactly the figure, no class chosen", { class: null, sharedResources: two }, { class: null }, "-"],
    ["a system has no class", { ...SYSTEM, sharedResources: two }, {}, "-"],
  ])("%s", (_, entry, filing, expected) => expect(verdict(entry, filing)).toBe(expected));
});

describe("kinds of work", () => {
  it.each<[string, MeasuredEntry["class"], ComparedFiling["class"], string]>([
    ["built again in another class", "infrastructureCommon", "softwareSpecial", "due"],
    ["no class chosen yet", "softwareSpecial", null, "due"],
    ["to maintain is not to build", "softwareSpecial", "maintenanceSoftware", "shown"],
    ["maintained twice", "maintenanceInfrastructure", "maintenanceSoftware", "due"],
    ["to operate is not to build", "softwareSpecial", "businessOperation", "shown"],
    ["operated twice", "businessOperation", "businessOperation", "due"],
    ["to test or supervise is not to build", "thirdParty", "softwareSpecial", "shown"],
    ["tested twice", "thirdParty", "thirdParty", "due"],
  ])("%s", (_, theirs, ours, expected) => {
    expect(verdict({ class: theirs, nameSimilarity: 0.9 }, { class: ours })).toBe(expected);
    expect(verdict({ class: theirs, contentSimilarity: 0.9 }, { class: ours })).toBe(expected);
  });
});

describe("reasons", () => {
  const reasons = (entry: Partial<MeasuredEntry>) => similarHits(FILING, [{ ...ENTRY, ...entry }], FIGURES)[0]?.reasons;

  it("names every ground, and which of them ask for a statement", () => {
    const entry = { ...OWN, nameSimilarity: 0.5, contentSimilarity: 0.35, sharedResources: ["管线信息"] };
    expect(reasons(entry)).toEqual([
      { code: "name", percent: 50, demands: true },
      { code: "content", percent: 35, demands: false },
      { code: "sharedResources", names: ["管线信息"], demands: false },
      { code: "sameClass", demands: false },
      { code: "sameUnit", demands: false },
    ]);
  });

  it.each([
    ["just below a limit does not read as reaching it", 0.4499, 44],
    ["a binary fraction is not cut", 0.57, 57],
    ["the same", 1, 100],
  ])("percent: %s", (_, nameSimilarity, percent) => {
    expect(reasons({ nameSimilarity })?.[0]).toMatchObject({ code: "name", percent });
  });

  it.each([
    ["below what is shown", 0.2999, ["name", "sameClass"]],
    ["exactly what is shown", 0.3, ["name", "content", "sameClass"]],
  ])("a content beside a name: %s", (_, contentSimilarity, expected) => {
    const found = reasons({ class: "softwareSpecial", nameSimilarity: 0.5, contentSimilarity });
    expect(found?.map(({ code }) => code)).toEqual(expected);
  });

  it("a likeness too small to be shown is no reason", () => {
    expect(reasons({ nameSimilarity: 0.29, contentSimilarity: 0.5 })?.map(({ code }) => code)).toEqual(["content"]);
  });
});

describe("order", () => {
  it("those that ask for a statement first, then the most alike, then by number", () => {
    const entries = [
      { ...ENTRY, code: "4", nameSimilarity: 0.9, class: "thirdParty" as const },
      { ...ENTRY, code: "3", nameSimilarity: 0.5 },
      { ...ENTRY, code: "2", contentSimilarity: 0.6 },
      { ...ENTRY, code: "1", nameSimilarity: 0.5 },
    ];
    expect(similarHits(FILING, entries, FIGURES).map(({ code }) => code)).toEqual(["2", "1", "3", "4"]);
  });

  it("no more than a person reads", () => {
    const entries = Array.from({ length: 30 }, (_, index) => ({ ...ENTRY, code: String(index), nameSimilarity: 0.5 }));
    expect(similarHits(FILING, entries, FIGURES)).toHaveLength(20);
  });
});
