import { add, compare, divide, multiply, RATIONAL_ZERO, type Rational } from "~/kernel/rational";

/** A scheme node with its weight read once, for scoring many units. */
export type WeightedNode<Leaf> =
  | { readonly weight: Rational; readonly leaf: Leaf }
  | { readonly weight: Rational; readonly children: readonly WeightedNode<Leaf>[] };

/**
 * Spreads the weight of leaves that do not apply over their siblings, in proportion to the siblings' weights. A branch
 * without any applicable leaf does not apply either: its weight goes to its own siblings, and so on upwards. What is
 * spread adds up to `pool` exactly; a leaf that does not apply is not in the result.
 * @unit points
 * @source domain.md §9
 */
export function spreadWeights<Leaf>(
  nodes: readonly WeightedNode<Leaf>[],
  pool: Rational,
  applies: (leaf: Leaf) => boolean,
): Map<Leaf, Rational> {
  const spread = new Map<Leaf, Rational>();
  assign(nodes, pool, applies, spread);
  return spread;
}

function assign<Leaf>(
  nodes: readonly WeightedNode<Leaf>[],
  pool: Rational,
  applies: (leaf: Leaf) => boolean,
  spread: Map<Leaf, Rational>,
): void {
  const live = nodes.filter((node) => isLive(node, applies));
  const total = live.reduce((weight, node) => add(weight, node.weight), RATIONAL_ZERO);
  const whole = compare(total, pool) === 0;
  for (const node of live) {
    const weight = whole ? node.weight : divide(multiply(pool, node.weight), total);
    if ("leaf" in node) spread.set(node.leaf, weight);
    else assign(node.children, weight, applies, spread);
  }
}

function isLive<Leaf>(node: WeightedNode<Leaf>, applies: (leaf: Leaf) => boolean): boolean {
  return "leaf" in node ? applies(node.leaf) : node.children.some((child) => isLive(child, applies));
}
