import { localDate } from "~/kernel/local-date";
import { keysOf, UNIT_GROUPS } from "~/kernel/vocabulary";

import { leavesOf, measuresOf, type Scheme, type SchemeNode, type WeightedRule } from "./scheme.types";
import type { MeasureFact, ScoredUnit } from "./score.types";

/** A scheme, a city and a month drawn from a seed: everything that a scheme can say occurs in them. */
export interface RandomCity {
  readonly scheme: Scheme;
  readonly units: readonly ScoredUnit[];
  readonly facts: readonly MeasureFact[];
  readonly month: string;
}

const GROUPS = keysOf(UNIT_GROUPS);

function generator(seed: number) {
  let state = (seed * 2_654_435_761) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    between,
    chance: (share: number): boolean => next() < share,
    pick: <T>(list: readonly [T, ...T[]]): T => list[between(0, list.length - 1)] ?? list[0],
    decimal: (low: number, high: number): string => (between(low * 100, high * 100) / 100).toString(),
  };
}
type Random = ReturnType<typeof generator>;

/** Tenths, so that weights add up exactly. */
function split(random: Random, tenths: number, parts: number): number[] {
  const cuts = new Set<number>();
  while (cuts.size < parts - 1) cuts.add(random.between(1, tenths - 1));
  const edges = [0, ...[...cuts].sort((a, b) => a - b), tenths];
  return edges.slice(1).map((edge, at) => edge - (edges[at] ?? 0));
}

const weightText = (tenths: number): string => (tenths / 10).toString();

function ruleOf(random: Random, name: string): WeightedRule {
  const group = random.chance(0.2) ? { groupMultipliers: { [random.pick(GROUPS)]: random.decimal(0.5, 1.5) } } : {};
  switch (random.between(0, 5)) {
    case 0:
    case 1: {
      const years = ["2024-12-31", "2025-06-30", "2025-12-31", "2026-03-01"].slice(random.between(0, 2));
      const target = years
        .slice(0, random.between(1, 3))
        .map((from) => ({ from: localDate(from), percent: random.decimal(1, 100) }));
      return { kind: "ratio", measure: name, target: random.chance(0.25) ? "timeProgress" : target, ...group };
    }
    case 2: {
      const tops = [95, 80, 60, 30].slice(random.between(0, 2));
      const steps = tops.map((top, at) => ({ atLeastPercent: String(top), sharePercent: String(100 - at * 23) }));
      return { kind: "steps", measure: name, steps, ...group };
    }
    case 3:
      return { kind: "presence", measure: name, ...group };
    case 4: {
      const occurrences = Array.from({ length: random.between(1, 3) }, (_, at) => ({
        measure: `${name}x${at}`,
        pointsEach: random.pick(["-0.5", "-1", "-0.25", "0.3"]),
      }));
      const events = { ...(random.chance(0.5) && { coShare: "0.5" }), ...(random.chance(0.5) && { countOnce: true }) };
      return { kind: "perOccurrence", occurrences, ...events, ...group };
    }
    default:
      return { kind: "manual", measure: name, max: random.pick(["5", "10", "2.5"]), ...group };
  }
}

function nodesOf(random: Random, tenths: number, depth: number, code: string): SchemeNode[] {
  const parts = Math.min(random.between(2, 4), Math.max(1, Math.floor(tenths / 20)));
  return split(random, tenths, parts).map((weight, at): SchemeNode => {
    const own = `${code}${at}`;
    const isBranch = depth > 0 && weight >= 60 && random.chance(0.6);
    return isBranch
      ? { code: own, name: own, weight: weightText(weight), children: nodesOf(random, weight, depth - 1, `${own}n`) }
      : { code: own, name: own, weight: weightText(weight), rule: ruleOf(random, own) };
  });
}

export function randomCity(seed: number, unitCount: number): RandomCity {
  const random = generator(seed);
  const nodes = nodesOf(random, 1_000, 2, "k");
  const adjustments = <Kind extends "bonus" | "deduction">(kind: Kind) =>
    Array.from({ length: random.between(0, 3) }, (_, at) => ({
      code: `${kind}${at}`,
      name: `${kind}${at}`,
      rule: {
        kind,
        measure: `${kind}${at}`,
        pointsEach: random.decimal(0.1, 2),
        ...(random.chance(0.5) && { countOnce: true }),
        ...(random.chance(0.4) && { coShare: "0.3" }),
      },
    }));
  const bonuses = adjustments("bonus");
  const deductions = adjustments("deduction");
  const scheme: Scheme = {
    id: `s${seed}`,
    code: "random",
    name: "随机方案",
    version: 1,
    inForceFrom: localDate("2024-01-01"),
    groups: GROUPS,
    nodes,
    bonuses,
    deductions,
    bonusCap: random.decimal(0, 5),
    deductionCap: random.decimal(0, 10),
    vetoes: random.chance(0.5)
      ? [{ code: "veto", name: "否决", measure: "incident", gradeCap: random.pick(["良", "中", "差"]) }]
      : [],
    rounding: 2,
  };
  const units = Array.from({ length: unitCount }, (_, at): ScoredUnit => ({
    unitId: `u${String(at).padStart(3, "0")}`,
    group: GROUPS[random.between(0, GROUPS.length - 1)] ?? "municipal",
  }));
  const manual = new Map(
    leavesOf(nodes).flatMap(({ leaf: { rule } }) =>
      rule.kind === "manual" ? [[rule.measure, Number(rule.max)] as const] : [],
    ),
  );
  const counted = new Set([
    ...[...bonuses, ...deductions].map(({ rule }) => rule.measure),
    ...leavesOf(nodes).flatMap(({ leaf: { rule } }) => (rule.kind === "perOccurrence" ? measuresOf(rule) : [])),
  ]);
  const measures = [
    ...new Set([...leavesOf(nodes).flatMap(({ leaf }) => measuresOf(leaf.rule)), ...counted, "incident"]),
  ];
  const facts = units.flatMap(({ unitId }) =>
    measures.flatMap((measure): MeasureFact[] => {
      if (random.chance(0.08)) return [];
      const applicable = !random.chance(0.1);
      const max = manual.get(measure);
      if (max !== undefined)
        return [{ measure, unitId, numerator: random.decimal(0, max), denominator: String(max), applicable }];
      if (counted.has(measure)) {
        const keys = ["e1", "e2", "e3", "e4", "e5"].filter(() => random.chance(0.35));
        const events = keys.map((key) => ({
          key,
          ...(random.chance(0.3) && { points: random.pick(["0.4", "1.2"]) }),
          ...(random.chance(0.4) && { role: random.pick(["lead", "co"] as const) }),
        }));
        const named = random.chance(0.6) ? { events } : {};
        return [{ measure, unitId, numerator: String(keys.length), denominator: "1", applicable, ...named }];
      }
      if (measure === "incident")
        return [{ measure, unitId, numerator: random.chance(0.1) ? "1" : "0", denominator: "1", applicable }];
      const denominator = random.chance(0.05) ? "0" : random.decimal(1, 60);
      const numerator = random.chance(0.03) ? "-2.5" : random.decimal(0, 60);
      return [{ measure, unitId, numerator, denominator, applicable }];
    }),
  );
  const month = `202${random.between(4, 6)}-${String(random.between(1, 12)).padStart(2, "0")}`;
  return { scheme, units, facts, month };
}
