import { ASSET_KINDS, keysOf, type AssetKind } from "~/kernel/vocabulary";
import { isUuid } from "~/kernel/uuid";

/** The kinds in the order of the chain: an edge always leads from an earlier kind to a later one. */
export const KINDS: readonly AssetKind[] = keysOf(ASSET_KINDS);

/** How two nodes hang together: which kind leads to which, and the word for it. */
export const RELATIONS = {
  built: { from: "project", to: "system", word: "建设" },
  maintained: { from: "project", to: "system", word: "运维" },
  handles: { from: "system", to: "matter", word: "办理" },
  asks: { from: "matter", to: "material", word: "需提交" },
  proves: { from: "material", to: "resource", word: "可由数据证明" },
  produces: { from: "system", to: "resource", word: "产生" },
  yields: { from: "project", to: "resource", word: "产生" },
} as const satisfies Record<string, { from: AssetKind; to: AssetKind; word: string }>;
export type Relation = keyof typeof RELATIONS;
export const RELATION_NAMES = Object.keys(RELATIONS) as readonly Relation[];

/** A node's name in addresses and in memory: `system:<uuid>`. */
export type NodeKey = `${AssetKind}:${string}`;

export interface NodeRef {
  readonly kind: AssetKind;
  readonly id: string;
}

export const keyOf = ({ kind, id }: NodeRef): NodeKey => `${kind}:${id}`;

/** What an address names; undefined when it is no node's name. */
export function readKey(text: string | null | undefined): NodeRef | undefined {
  const [word, id = "", ...rest] = (text ?? "").split(":");
  const kind = KINDS.find((each) => each === word);
  return kind && rest.length === 0 && isUuid(id) ? { kind, id } : undefined;
}

/** A node as everybody who may see it sees it: what is secret has its number for a name. */
export interface AssetNode extends NodeRef {
  readonly key: NodeKey;
  readonly code: string;
  readonly name: string;
  readonly secret: boolean;
  readonly unitId: string | null;
  readonly unitName: string;
  /** in words */
  readonly state: string;
  /** class of a project, ownership of a system, type of a matter, kind of a material, sharing of a resource, in words */
  readonly type: string;
  readonly tags: readonly string[];
}

export interface AssetEdge {
  readonly from: NodeKey;
  readonly to: NodeKey;
  readonly relation: Relation;
}

/** Nodes with what connects them. */
export interface AssetGraph {
  readonly nodes: readonly AssetNode[];
  readonly edges: readonly AssetEdge[];
}

/** Where a node has its own page. */
const PAGES: Readonly<Record<AssetKind, string>> = {
  project: "/projects",
  system: "/systems",
  matter: "/matters",
  material: "/materials",
  resource: "/catalog",
};
export const pageOf = ({ kind, id }: NodeRef): string => `${PAGES[kind]}/${id}`;

/** The refs of some nodes, by kind. */
export function byKind(refs: readonly NodeRef[]): Readonly<Record<AssetKind, readonly string[]>> {
  const sorted: Record<AssetKind, string[]> = { project: [], system: [], matter: [], material: [], resource: [] };
  for (const { kind, id } of refs) sorted[kind].push(id);
  return sorted;
}
