import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";

import type { Scheme, SchemeLeaf, WeightedRule } from "./scheme.types";
import { scoreUnit } from "./score.rules";
import type { GradeBands, MeasureFact, ScoredUnit, ScoreSheet } from "./score.types";

export const JUNE = period("2026-06");
export const UNIT: ScoredUnit = { unitId: "u1", group: "municipal" };
export const BANDS: GradeBands = [
  { grade: "优", from: "90" },
  { grade: "良", from: "80" },
  { grade: "中", from: "60" },
  { grade: "差", from: "0" },
];

export const leafOf = (code: string, weight: string, rule: WeightedRule): SchemeLeaf => ({
  code,
  name: code,
  weight,
  rule,
});

export const ratioOf = (measure: string, percent = "100"): WeightedRule => ({
  kind: "ratio",
  measure,
  target: [{ from: localDate("2025-01-01"), percent }],
});

/** A scheme of the given nodes with nothing else in it. */
export const schemeOf = (nodes: Scheme["nodes"], more: Partial<Scheme> = {}): Scheme => ({
  id: "s1",
  code: "test",
  name: "测试方案",
  version: 1,
  inForceFrom: localDate("2025-01-01"),
  groups: ["municipal", "county", "town"],
  nodes,
  bonuses: [],
  deductions: [],
  bonusCap: "5",
  deductionCap: "10",
  vetoes: [],
  rounding: 2,
  ...more,
});

export const factOf = (
  measure: string,
  numerator: string,
  denominator = "100",
  more: Partial<MeasureFact> = {},
): MeasureFact => ({
  measure,
  unitId: UNIT.unitId,
  numerator,
  denominator,
  applicable: true,
  ...more,
});

/** A sheet with the given exact total, and the given points of the leaf "second". */
export function sheetOf(unitId: string, total: string, second = "0"): ScoreSheet {
  const scheme = schemeOf([leafOf("main", "99", ratioOf("main")), leafOf("second", "1", ratioOf("second"))]);
  const sheet = scoreUnit(scheme, [], { unitId, group: "municipal" }, JUNE, BANDS);
  return {
    ...sheet,
    totalExact: total,
    total,
    gradeByScore: "良",
    grade: "良",
    leaves: sheet.leaves.map((leaf) => (leaf.code === "second" ? { ...leaf, pointsExact: second } : leaf)),
  };
}
