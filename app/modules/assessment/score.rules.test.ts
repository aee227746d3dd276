import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import { add, compare, parseRational, rational, sum } from "~/kernel/rational";

import { BANDS, factOf, JUNE, leafOf, ratioOf, schemeOf, UNIT } from "./assessment.fixture";
import { canonicalSheets } from "./canonical-sheets";
import type { Scheme, WeightedRule } from "./scheme.types";
import { scoreUnit, scoreUnits } from "./score.rules";
import type { MeasureFact, ScoreSheet } from "./score.types";

const score = (scheme: Scheme, facts: MeasureFact[], at = JUNE): ScoreSheet =>
  scoreUnit(scheme, facts, UNIT, at, BANDS);
const only = (rule: WeightedRule, facts: MeasureFact[], at = JUNE) => {
  const [leaf] = score(
    schemeOf([leafOf("only", "10", rule), leafOf("rest", "90", ratioOf("rest"))]),
    [...facts, factOf("rest", "0")],
    at,
  ).leaves;
  if (!leaf) throw new Error("no leaf");
  return leaf;
};

describe("ratio", () => {
  it.each([
    ["target exactly met gives the whole weight", "95", "95", "10.00", "ratioMet"],
    ["one short of the target gives its proportion", "94", "95", "9.89", "ratioShort"],
    ["above the target is capped", "100", "95", "10.00", "ratioMet"],
    ["nothing done gives nothing", "0", "95", "0.00", "ratioShort"],
    ["a negative numerator gives nothing, not less", "-5", "95", "0.00", "ratioShort"],
  ])("%s", (_, numerator, percent, points, code) => {
    const leaf = only(ratioOf("m", percent), [factOf("m", numerator)]);
    expect([leaf.points, leaf.explanationCode]).toEqual([points, code]);
  });

  it("keeps thirds exact and rounds only what is shown", () => {
    const leaf = only(ratioOf("m"), [factOf("m", "1", "3")]);
    expect([leaf.pointsExact, leaf.points, leaf.rate]).toEqual(["10/3", "3.33", "33.33"]);
  });

  const dated: WeightedRule = {
    kind: "ratio",
    measure: "m",
    target: [
      { from: localDate("2025-10-31"), percent: "50" },
      { from: localDate("2025-12-31"), percent: "100" },
    ],
  };
  it.each([
    ["the month before the first row has no target", "2025-09", true, null],
    ["a row that begins on the month's last day is in force", "2025-10", false, "50"],
    ["it stays in force until the next", "2025-11", false, "50"],
    ["the next row replaces it on its day", "2025-12", false, "100"],
    ["the last row stays in force", "2026-06", false, "100"],
  ])("%s", (_, at, notApplicable, target) => {
    const leaf = only(dated, [factOf("m", "50")], period(at));
    expect([leaf.notApplicable, leaf.target]).toEqual([notApplicable, target]);
  });

  it.each([
    ["January is one twelfth", "2026-01", "8.333333", "10.00"],
    ["June is half", "2026-06", "50", "8.00"],
    ["December is all", "2026-12", "100", "4.00"],
  ])("time progress: %s", (_, at, target, points) => {
    const leaf = only({ kind: "ratio", measure: "m", target: "timeProgress" }, [factOf("m", "40")], period(at));
    expect([leaf.target, leaf.points]).toEqual([target, points]);
  });
});

describe("steps", () => {
  const rule: WeightedRule = {
    kind: "steps",
    measure: "m",
    steps: [
      { atLeastPercent: "90", sharePercent: "100" },
      { atLeastPercent: "60", sharePercent: "50" },
    ],
  };
  it.each([
    ["exactly the highest threshold", "90", "10.00", "stepReached"],
    ["just below the highest", "89.999", "5.00", "stepReached"],
    ["exactly the lowest", "60", "5.00", "stepReached"],
    ["just below the lowest", "59.999", "0.00", "belowSteps"],
  ])("%s", (_, numerator, points, code) => {
    const leaf = only(rule, [factOf("m", numerator)]);
    expect([leaf.points, leaf.explanationCode]).toEqual([points, code]);
  });
});

describe("presence", () => {
  it.each([
    ["one is present", "1", "10.00"],
    ["none is absent", "0", "0.00"],
  ])("%s", (_, numerator, points) => {
    expect(only({ kind: "presence", measure: "m" }, [factOf("m", numerator)]).points).toBe(points);
  });
});

describe("perOccurrence", () => {
  const rule: WeightedRule = {
    kind: "perOccurrence",
    occurrences: [
      { measure: "late", pointsEach: "-0.5" },
      { measure: "missing", pointsEach: "-1" },
    ],
    countOnce: true,
  };
  it.each([
    ["nothing happened keeps the whole weight", "0", "0", "10.00", "noOccurrence"],
    ["late and missing add up", "1", "1", "8.50", "occurred"],
    ["exactly the weight leaves 0", "0", "10", "0.00", "occurred"],
    ["more than the weight stops at 0", "4", "12", "0.00", "occurred"],
  ])("%s", (_, late, missing, points, code) => {
    const leaf = only(rule, [factOf("late", late, "12"), factOf("missing", missing, "12")]);
    expect([leaf.points, leaf.explanationCode]).toEqual([points, code]);
  });

  it("plus points stop at the weight", () => {
    const leaf = only({ kind: "perOccurrence", occurrences: [{ measure: "good", pointsEach: "2" }] }, [
      factOf("good", "3"),
    ]);
    expect(leaf.points).toBe("10.00");
  });

  it("an event that is both late and missing counts once, as missing", () => {
    const leaf = only(rule, [
      factOf("late", "2", "12", { events: [{ key: "a" }, { key: "b" }] }),
      factOf("missing", "1", "12", { events: [{ key: "a" }] }),
    ]);
    expect(leaf.points).toBe("8.50");
    expect(leaf.occurrences.map(({ counted, struck }) => [counted, struck])).toEqual([
      ["1", 1],
      ["1", 0],
    ]);
  });

  it("without countOnce the same event counts under both", () => {
    const leaf = only({ ...rule, countOnce: false }, [
      factOf("late", "1", "12", { events: [{ key: "a" }] }),
      factOf("missing", "1", "12", { events: [{ key: "a" }] }),
    ]);
    expect(leaf.points).toBe("8.50");
  });

  it("a co-responsible unit loses its share, an event's own points replace the rule's", () => {
    const leaf = only({ ...rule, coShare: "0.5" }, [
      factOf("late", "2", "12", {
        events: [
          { key: "a", role: "co" },
          { key: "b", points: "-3" },
        ],
      }),
      factOf("missing", "0", "12"),
    ]);
    expect(leaf.points).toBe("6.75");
  });
});

describe("manual", () => {
  const rule: WeightedRule = { kind: "manual", measure: "m", max: "5" };
  it.each([
    ["the maximum is the whole weight", [factOf("m", "5", "5")], "10.00", "manualScored"],
    ["a part is its share of the weight", [factOf("m", "3.5", "5")], "7.00", "manualScored"],
    ["not yet scored counts 0 and keeps its weight", [], "0.00", "manualPending"],
  ])("%s", (_, facts, points, code) => {
    const leaf = only(rule, facts);
    expect([leaf.points, leaf.explanationCode, leaf.effectiveWeight]).toEqual([points, code, "10"]);
  });

  it.each([["5.01"], ["-0.01"]])("%s is outside 0–5 and is refused", (given) => {
    expect(() => only(rule, [factOf("m", given)])).toThrow(RangeError);
  });
});

describe("group multiplier", () => {
  const lenient: WeightedRule = { ...ratioOf("m"), groupMultipliers: { town: "1.5", county: "0.8" } };
  it.each([
    ["the named group gets its multiple", "town", "60", "90.00"],
    ["never above the weight", "town", "80", "100.00"],
    ["a multiple below 1 applies after the cap at the target", "county", "150", "80.00"],
    ["other groups get 1", "municipal", "60", "60.00"],
  ] as const)("%s", (_, group, numerator, total) => {
    const sheet = scoreUnit(
      schemeOf([leafOf("a", "100", lenient)]),
      [factOf("m", numerator)],
      { ...UNIT, group },
      JUNE,
      BANDS,
    );
    expect(sheet.total).toBe(total);
  });

  it("doubles deductions of the named group", () => {
    const scheme = schemeOf([leafOf("a", "100", ratioOf("m"))], {
      deductions: [
        {
          code: "d",
          name: "扣",
          rule: { kind: "deduction", measure: "bad", pointsEach: "1", groupMultipliers: { county: "2" } },
        },
      ],
    });
    const facts = [factOf("m", "100"), factOf("bad", "2")];
    expect(scoreUnit(scheme, facts, { ...UNIT, group: "county" }, JUNE, BANDS).total).toBe("96.00");
    expect(scoreUnit(scheme, facts, { ...UNIT, group: "town" }, JUNE, BANDS).total).toBe("98.00");
  });

  it("refuses a unit of a group that the scheme does not assess", () => {
    expect(() => score(schemeOf([leafOf("a", "100", ratioOf("m"))], { groups: ["town"] }), [])).toThrow(/municipal/);
  });
});

describe("weights of what does not apply", () => {
  const scheme = schemeOf([
    {
      code: "A",
      name: "甲",
      weight: "60",
      children: [
        leafOf("a1", "20", ratioOf("a1")),
        leafOf("a2", "10", ratioOf("a2")),
        leafOf("a3", "30", ratioOf("a3")),
      ],
    },
    { code: "B", name: "乙", weight: "40", children: [leafOf("b1", "40", ratioOf("b1"))] },
  ]);
  const all = ["a1", "a2", "a3", "b1"];
  const off = (measure: string) => factOf(measure, "0", "0");
  it.each([
    ["all apply: weights as written", [], ["20", "10", "30", "40"]],
    ["one leaf off: its siblings share by weight", ["a3"], ["40", "20", "0", "40"]],
    ["thirds stay exact", ["a1"], ["0", "15", "45", "40"]],
    ["a branch off: its weight goes up to the other branch", ["b1"], ["33.333333", "16.666667", "50", "0"]],
    ["only one leaf left takes everything", ["a1", "a2", "a3"], ["0", "0", "0", "100"]],
    ["nothing left", all, ["0", "0", "0", "0"]],
  ])("%s", (_, without, weights) => {
    const facts = all.map((measure) => (without.includes(measure) ? off(measure) : factOf(measure, "100")));
    const sheet = score(scheme, facts);
    expect(sheet.leaves.map((leaf) => leaf.effectiveWeight)).toEqual(weights);
    expect(sheet.total).toBe(without.length === all.length ? "0.00" : "100.00");
    expect(sheet.leaves.map((leaf) => leaf.notApplicable)).toEqual(all.map((measure) => without.includes(measure)));
  });

  it("spread weights add up to 100 exactly", () => {
    const sheet = score(scheme, [factOf("a1", "1"), factOf("a2", "1"), factOf("a3", "1"), off("b1")]);
    expect(sum(sheet.leaves.map((leaf) => parseRational(leaf.effectiveWeightExact)))).toEqual(rational(100));
  });

  it("a unit that nothing concerns has no grade", () => {
    expect(score(scheme, []).grade).toBeNull();
  });

  it.each([
    ["not concerned", [factOf("a1", "1", "1", { applicable: false })], "notConcerned"],
    ["nothing to measure", [off("a1")], "nothingToMeasure"],
    ["no fact", [], "noFact"],
  ])("says why: %s", (_, facts, code) => {
    expect(score(scheme, facts).leaves[0]?.explanationCode).toBe(code);
  });
});

describe("bonus, deduction and their caps", () => {
  const scheme = schemeOf([leafOf("a", "100", ratioOf("m"))], {
    bonuses: [{ code: "b", name: "加", rule: { kind: "bonus", measure: "early", pointsEach: "0.5" } }],
    deductions: [
      { code: "d1", name: "扣一", rule: { kind: "deduction", measure: "reopened", pointsEach: "1", countOnce: true } },
      {
        code: "d2",
        name: "扣二",
        rule: { kind: "deduction", measure: "criticised", pointsEach: "2", countOnce: true },
      },
    ],
  });
  it.each([
    ["the bonus cap exactly reached", "10", "0", "0", "85.00", false],
    ["above the bonus cap", "11", "0", "0", "85.00", true],
    ["both deductions add", "0", "1", "2", "75.00", false],
    ["above the deduction cap", "0", "1", "5", "70.00", false],
  ])("%s", (_, early, reopened, criticised, total, capped) => {
    const sheet = score(scheme, [
      factOf("m", "80"),
      factOf("early", early),
      factOf("reopened", reopened),
      factOf("criticised", criticised),
    ]);
    expect([sheet.total, sheet.bonus.capped]).toEqual([total, capped]);
  });

  it("the total never falls below 0", () => {
    expect(score(scheme, [factOf("m", "3"), factOf("criticised", "9")]).total).toBe("0.00");
  });

  it("an event under two deductions counts once, at the higher", () => {
    const sheet = score(scheme, [
      factOf("m", "100"),
      factOf("reopened", "1", "1", { events: [{ key: "D-7" }] }),
      factOf("criticised", "1", "1", { events: [{ key: "D-7" }] }),
    ]);
    expect(sheet.total).toBe("98.00");
    expect(sheet.deductions.items.map((item) => item.struck)).toEqual([1, 0]);
  });

  it("a measure that does not concern the unit adds nothing", () => {
    expect(score(scheme, [factOf("m", "80"), factOf("early", "4", "4", { applicable: false })]).total).toBe("80.00");
  });
});

describe("grade", () => {
  const scheme = schemeOf([leafOf("a", "100", ratioOf("m"))], {
    vetoes: [{ code: "v", name: "否决", measure: "incident", gradeCap: "中" }],
  });
  it.each([
    ["90 is 优", "90", "优", "90.00"],
    ["89.995 shows 90.00 and is still 良", "89.995", "良", "90.00"],
    ["80 is 良", "80", "良", "80.00"],
    ["79.9999 is 中", "79.9999", "中", "80.00"],
    ["60 is 中", "60", "中", "60.00"],
    ["59.999 is 差", "59.999", "差", "60.00"],
    ["0 is 差", "0", "差", "0.00"],
  ])("%s", (_, numerator, grade, total) => {
    const sheet = score(scheme, [factOf("m", numerator)]);
    expect([sheet.grade, sheet.total]).toEqual([grade, total]);
  });

  it.each([
    ["a veto lowers 优 to its cap", "95", "1", "优", "中"],
    ["a veto leaves what is already lower", "50", "1", "差", "差"],
    ["no incident, no veto", "95", "0", "优", "优"],
  ])("%s", (_, numerator, incidents, byScore, grade) => {
    const sheet = score(scheme, [factOf("m", numerator), factOf("incident", incidents)]);
    expect([sheet.gradeByScore, sheet.grade]).toEqual([byScore, grade]);
  });
});

it("the total rounds once: three thirds are 100, not 99.99", () => {
  const scheme = schemeOf([leafOf("a", "50", ratioOf("a")), leafOf("b", "50", ratioOf("b"))]);
  const sheet = score(scheme, [factOf("a", "2", "3"), factOf("b", "1", "3")]);
  expect([sheet.leaves.map((leaf) => leaf.points), sheet.total]).toEqual([["33.33", "16.67"], "50.00"]);
  const thirds = schemeOf([
    leafOf("a", "40", ratioOf("a")),
    leafOf("b", "40", ratioOf("b")),
    leafOf("c", "20", ratioOf("c")),
  ]);
  expect(
    score(
      thirds,
      ["a", "b", "c"].map((each) => factOf(each, "1", "3")),
    ).total,
  ).toBe("33.33");
});

it("a measure given twice for a unit is refused", () => {
  expect(() => score(schemeOf([leafOf("a", "100", ratioOf("m"))]), [factOf("m", "1"), factOf("m", "2")])).toThrow(
    /twice/,
  );
});

describe("properties", () => {
  const scheme = schemeOf(
    [
      {
        code: "A",
        name: "甲",
        weight: "70",
        children: [
          leafOf("a1", "40", ratioOf("a1")),
          leafOf("a2", "30", { kind: "perOccurrence", occurrences: [{ measure: "late", pointsEach: "-0.5" }] }),
        ],
      },
      leafOf("b", "30", ratioOf("b", "37")),
    ],
    {
      bonuses: [{ code: "x", name: "加", rule: { kind: "bonus", measure: "early", pointsEach: "0.5" } }],
      deductions: [{ code: "y", name: "扣", rule: { kind: "deduction", measure: "bad", pointsEach: "1" } }],
    },
  );
  const measures = ["a1", "late", "b", "early", "bad"];
  const count = fc.integer({ min: 0, max: 40 });
  const unitFacts = fc.array(fc.record({ numerator: count, denominator: count, applicable: fc.boolean() }), {
    minLength: measures.length,
    maxLength: measures.length,
  });
  const city = fc.array(unitFacts, { minLength: 1, maxLength: 8 }).map((units) => ({
    units: units.map((_, i) => ({ unitId: `u${i}`, group: "municipal" as const })),
    facts: units.flatMap((facts, i) =>
      facts.map((fact, m): MeasureFact => ({
        measure: measures[m] ?? "",
        unitId: `u${i}`,
        numerator: String(fact.numerator),
        denominator: String(fact.denominator),
        applicable: fact.applicable,
      })),
    ),
  }));

  it("the order of units and facts changes nothing, to the byte", () => {
    fc.assert(
      fc.property(city, ({ units, facts }) => {
        const forwards = scoreUnits(scheme, facts, units, JUNE, BANDS);
        const backwards = scoreUnits(scheme, [...facts].reverse(), [...units].reverse(), JUNE, BANDS);
        expect(canonicalSheets(backwards)).toBe(canonicalSheets(forwards));
        expect(canonicalSheets([...forwards].reverse())).toBe(canonicalSheets(forwards));
      }),
    );
  });

  it("totals stay between 0 and 100 + the bonus cap, leaves within their weights, weights add up to 100 or 0", () => {
    fc.assert(
      fc.property(city, ({ units, facts }) => {
        for (const sheet of scoreUnits(scheme, facts, units, JUNE, BANDS)) {
          const total = parseRational(sheet.totalExact);
          expect(compare(total, rational(0))).toBeGreaterThanOrEqual(0);
          expect(compare(total, add(rational(100), parseRational(sheet.bonus.cap)))).toBeLessThanOrEqual(0);
          const weights = sum(sheet.leaves.map((leaf) => parseRational(leaf.effectiveWeightExact)));
          expect(weights).toEqual(rational(sheet.grade === null ? 0 : 100));
          for (const leaf of sheet.leaves) {
            const points = parseRational(leaf.pointsExact);
            expect(compare(points, rational(0))).toBeGreaterThanOrEqual(0);
            expect(compare(points, parseRational(leaf.effectiveWeightExact))).toBeLessThanOrEqual(0);
          }
        }
      }),
    );
  });

  it("one unit scored alone has the sheet it has among all", () => {
    fc.assert(
      fc.property(city, ({ units, facts }) => {
        const sheets = scoreUnits(scheme, facts, units, JUNE, BANDS);
        const [first] = units;
        if (first)
          expect(scoreUnit(scheme, facts, first, JUNE, BANDS)).toEqual(
            sheets.find(({ unitId }) => unitId === first.unitId),
          );
      }),
    );
  });
});
