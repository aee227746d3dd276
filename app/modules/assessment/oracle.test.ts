import { describe, expect, it } from "vitest";

import { period } from "~/kernel/period";

import { BANDS } from "./assessment.fixture";
import { fractionOf, isSame, placeNaively, scoreNaively, shownAs, type Fraction } from "./naive-scoring.fixture";
import { randomCity } from "./random-scheme.fixture";
import { rankGroup } from "./ranking.rules";
import { leavesOf } from "./scheme.types";
import { scoreUnits } from "./score.rules";

const SCHEMES = 200;
const UNITS = 50;
const cities = Array.from({ length: SCHEMES }, (_, seed) => randomCity(seed + 1, UNITS));
const scored = cities.map(({ scheme, units, facts, month }) => ({
  scheme,
  facts,
  month,
  sheets: scoreUnits(scheme, facts, units, period(month), BANDS).map((sheet) => ({
    sheet,
    naive: scoreNaively(scheme, facts, sheet, month),
  })),
}));

describe(`the engine and a second, naive implementation over ${SCHEMES} random schemes of ${UNITS} units`, () => {
  it("agree on every weight, point, total and grade to the last digit", () => {
    const differences: string[] = [];
    let compared = 0;
    for (const { scheme, sheets } of scored) {
      for (const { sheet, naive } of sheets) {
        const check = (what: string, is: string, should: Fraction) => {
          compared++;
          if (!isSame(fractionOf(is), should)) differences.push(`${scheme.id} ${sheet.unitId} ${what}: ${is}`);
        };
        check("total", sheet.totalExact, naive.total);
        check("bonus", sheet.bonus.pointsExact, naive.bonus);
        check("deductions", sheet.deductions.pointsExact, naive.deduction);
        for (const leaf of sheet.leaves) {
          const own = naive.leaves.get(leaf.code);
          if (leaf.notApplicable !== (own === undefined)) differences.push(`${scheme.id} ${sheet.unitId} ${leaf.code}`);
          check(`${leaf.code} weight`, leaf.effectiveWeightExact, own?.weight ?? [0n, 1n]);
          check(`${leaf.code} points`, leaf.pointsExact, own?.points ?? [0n, 1n]);
        }
        if (sheet.total !== shownAs(naive.total)) differences.push(`${scheme.id} ${sheet.unitId} shown ${sheet.total}`);
        if (sheet.grade !== naive.grade) differences.push(`${scheme.id} ${sheet.unitId} grade ${String(sheet.grade)}`);
      }
    }
    expect(differences.slice(0, 10)).toEqual([]);
    expect(compared).toBeGreaterThan(SCHEMES * UNITS * 5);
  });

  it("agree on every place: who is equal shares it, and the next is skipped", () => {
    for (const { sheets } of scored) {
      const placed = sheets.filter(({ sheet }) => sheet.grade !== null);
      const places = placeNaively(new Map(placed.map(({ sheet, naive }) => [sheet.unitId, naive.total])));
      const ranked = rankGroup(
        placed.map(({ sheet }) => sheet),
        new Map(),
      );
      expect(Object.fromEntries(ranked.map(({ unitId, place }) => [unitId, place]))).toEqual(
        Object.fromEntries(places),
      );
    }
  });

  it("have been asked everything that a scheme can say", () => {
    const rules = cities.flatMap(({ scheme }) => leavesOf(scheme.nodes).map(({ leaf }) => leaf.rule));
    for (const kind of ["ratio", "steps", "presence", "perOccurrence", "manual"] as const)
      expect(rules.filter((rule) => rule.kind === kind).length, kind).toBeGreaterThan(50);
    const said = JSON.stringify(cities);
    for (const word of [
      "timeProgress",
      "countOnce",
      "coShare",
      "groupMultipliers",
      '"role":"co"',
      '"applicable":false',
    ])
      expect(said.split(word).length, word).toBeGreaterThan(20);
    const sheets = scored.flatMap(({ sheets: all }) => all.map(({ sheet }) => sheet));
    expect(sheets.filter(({ vetoes }) => vetoes.length > 0).length).toBeGreaterThan(50);
    expect(sheets.filter(({ bonus, deductions }) => bonus.capped || deductions.capped).length).toBeGreaterThan(50);
    expect(new Set(sheets.map(({ grade }) => grade))).toEqual(new Set(["优", "良", "中", "差", null]));
  });
});

describe("what the engine promises of any scheme", () => {
  const more = (by: string, kinds: readonly string[]) => {
    let moved = 0;
    for (const { scheme, units, facts, month } of cities.slice(0, 60)) {
      const before = scoreUnits(scheme, facts, units, period(month), BANDS);
      const measures = new Set(
        leavesOf(scheme.nodes).flatMap(({ leaf: { rule } }) =>
          rule.kind !== "perOccurrence" && kinds.includes(rule.kind) ? [rule.measure] : [],
        ),
      );
      const raised = facts.map((fact) =>
        measures.has(fact.measure) ? { ...fact, numerator: (Number(fact.numerator) + Number(by)).toFixed(2) } : fact,
      );
      const after = scoreUnits(scheme, raised, units, period(month), BANDS);
      before.forEach((sheet, at) => {
        const [was, is] = [fractionOf(sheet.totalExact), fractionOf(after[at]?.totalExact ?? "0")];
        expect(is[0] * was[1] >= was[0] * is[1], `${scheme.id} ${sheet.unitId}`).toBe(true);
        if (!isSame(was, is)) moved++;
      });
    }
    return moved;
  };

  it("more done never scores less: rates, steps, presence", () => {
    expect(more("7.5", ["ratio", "steps", "presence"])).toBeGreaterThan(500);
  });

  it("units may come in any order, and be called anything", () => {
    for (const { scheme, units, facts, month } of cities.slice(0, 40)) {
      const renamed = new Map(
        units.map(({ unitId }, at) => [unitId, `n${String((at * 17) % UNITS).padStart(3, "0")}`]),
      );
      const other = scoreUnits(
        scheme,
        facts.map((fact) => ({ ...fact, unitId: renamed.get(fact.unitId) ?? "" })).reverse(),
        units.map((unit) => ({ ...unit, unitId: renamed.get(unit.unitId) ?? "" })).reverse(),
        period(month),
        BANDS,
      );
      const totals = new Map(other.map(({ unitId, totalExact }) => [unitId, totalExact]));
      for (const { unitId, totalExact } of scoreUnits(scheme, facts, units, period(month), BANDS))
        expect(totals.get(renamed.get(unitId) ?? "")).toBe(totalExact);
    }
  });
});
