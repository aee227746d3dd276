import { leavesOf, measuresOf, type Scheme } from "./scheme.types";

/** The measures a scheme reads, and which of them it counts by occurrence. */
export function judgedMeasures(scheme: Scheme): { readonly all: string[]; readonly counted: string[] } {
  const rules = leavesOf(scheme.nodes).map(({ leaf }) => leaf.rule);
  const adjustments = [...scheme.bonuses, ...scheme.deductions].map(({ rule }) => rule);
  const counted = [...rules.filter(({ kind }) => kind === "perOccurrence"), ...adjustments].flatMap(measuresOf);
  const all = [...rules.flatMap(measuresOf), ...counted, ...scheme.vetoes.map(({ measure }) => measure)];
  return { all: [...new Set(all)], counted: [...new Set(counted)] };
}
