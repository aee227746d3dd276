import { sayAdjustmentRule, sayRule, sayVetoRule } from "./rule-words";
import { leavesOf, measuresOf, type Scheme } from "./scheme.types";

/** What a code in an address stands for: how it is scored, in words, and which measures it reads. */
export interface LeafFacts {
  readonly code: string;
  readonly name: string;
  /** the branches above it; empty for what is no leaf */
  readonly path: readonly string[];
  /** @unit points; undefined for what has no weight */
  readonly weight: string | undefined;
  /** undefined for a measure that nothing is scored by */
  readonly rule: string | undefined;
  /** scored by its rate */
  readonly rated: boolean;
  readonly measures: readonly string[];
}

/** Finds a leaf, bonus, deduction, veto or measure by its code; undefined when the scheme and the measures know none. */
export function leafFacts(
  scheme: Scheme,
  code: string,
  measures: ReadonlyMap<string, { readonly name: string }>,
): LeafFacts | undefined {
  const found = leavesOf(scheme.nodes).find(({ leaf }) => leaf.code === code);
  if (found) {
    const { name, weight, rule } = found.leaf;
    const rated = rule.kind === "ratio" || rule.kind === "steps";
    return { code, name, path: found.path, weight, rule: sayRule(rule), rated, measures: measuresOf(rule) };
  }
  const none = { code, path: [], weight: undefined, rated: false };
  for (const [items, cap] of [
    [scheme.bonuses, scheme.bonusCap],
    [scheme.deductions, scheme.deductionCap],
  ] as const) {
    const item = items.find((each) => each.code === code);
    if (item) {
      const rule = sayAdjustmentRule(item.rule, cap);
      return { ...none, name: item.name, rule, measures: measuresOf(item.rule) };
    }
  }
  const veto = scheme.vetoes.find((each) => each.code === code);
  if (veto) return { ...none, name: veto.name, rule: sayVetoRule(veto), measures: [veto.measure] };
  const measure = measures.get(code);
  return measure && { ...none, name: measure.name, rule: undefined, measures: [code] };
}
