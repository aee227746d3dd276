import type { ResourceState, SharingType } from "~/kernel/vocabulary";

/** What the data say of a material, the best first. */
export const REPLACEABILITIES = {
  replaceable: "可由数据替代",
  conditional: "有条件共享，须先申请",
  unconnected: "有数据，未挂接",
  notShared: "有数据，不予共享",
  none: "暂无数据",
} as const;
export type Replaceability = keyof typeof REPLACEABILITIES;

/** What must be known of a resource that proves a material. */
export interface Proof {
  readonly state: ResourceState;
  readonly sharingType: SharingType;
  /** attached to the exchange and its test share passed */
  readonly connected: boolean;
}

/** In this order: the first is the best that a material can have. */
const BEST_FIRST = ["replaceable", "conditional", "unconnected", "notShared", "none"] as const;

/**
 * Can data stand in for a material that people hand in? The best of its proofs decides. A resource that is not in force
 * proves nothing; one that nobody may use proves nothing to the window; one that is not connected cannot be asked; one
 * that is shared on conditions has to be applied for first.
 * @source domain.md §4 (sharing types), §6 (matter, material, resource)
 */
export function replaceability(proofs: readonly Proof[]): Replaceability {
  const found = new Set(proofs.map(byProof));
  return BEST_FIRST.find((each) => found.has(each)) ?? "none";
}

function byProof({ state, sharingType, connected }: Proof): Replaceability {
  if (state !== "published") return "none";
  if (sharingType === "none") return "notShared";
  if (!connected) return "unconnected";
  return sharingType === "conditional" ? "conditional" : "replaceable";
}
