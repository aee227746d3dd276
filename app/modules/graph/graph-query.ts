import { ASSET_KINDS, keysOf, MATTER_TYPES, SYSTEM_STATES } from "~/kernel/vocabulary";
import type { AssetKind, MatterType, SystemState } from "~/kernel/vocabulary";

import { readKey, type NodeRef } from "./graph.types";

/** Which nodes are walked and shown. A condition speaks only of the kinds that have what it asks for. */
export interface GraphFilter {
  /** none: all kinds */
  readonly kinds: readonly AssetKind[];
  /** a unit's id, or words of its name */
  readonly unit: string | undefined;
  readonly tag: string | undefined;
  readonly matterType: MatterType | undefined;
  readonly systemState: SystemState | undefined;
}

/** Nodes that lack what they should hang on. */
export const GAPS = {
  systemsWithoutProject: "没有对应项目的系统",
  mattersWithoutSystem: "没有办理系统的事项",
  materialsWithoutData: "没有数据可证明的材料",
} as const;
export type Gap = keyof typeof GAPS;

/** What the page of the graph can be asked; everything is in the address. */
export interface GraphQuery {
  readonly filter: GraphFilter;
  readonly node: NodeRef | undefined;
  /** the node that is chosen in the picture */
  readonly at: NodeRef | undefined;
  readonly depth: number;
  /** the other end of a path, or the words by which it is looked for */
  readonly to: NodeRef | undefined;
  readonly toWords: string;
  readonly q: string;
  readonly gap: Gap | undefined;
  /** the list of nodes is asked for, also without words */
  readonly listed: boolean;
  readonly page: number;
}

export const NO_FILTER: GraphFilter = {
  kinds: [],
  unit: undefined,
  tag: undefined,
  matterType: undefined,
  systemState: undefined,
};

export const DEPTHS = [1, 2, 3, 4] as const;
const USUAL_DEPTH = 2;
const LONGEST_WORDS = 100;

const words = (params: URLSearchParams, name: string): string =>
  (params.get(name) ?? "").trim().slice(0, LONGEST_WORDS);

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readGraphQuery(params: URLSearchParams): GraphQuery {
  const page = Number(params.get("page"));
  const depth = Number(params.get("depth"));
  const asked = new Set(params.getAll("kinds").flatMap((value) => value.split(",")));
  const kinds = keysOf(ASSET_KINDS).filter((kind) => asked.has(kind));
  const gap = keysOf(GAPS).find((each) => each === params.get("gap"));
  return {
    filter: {
      kinds,
      unit: words(params, "unit") || undefined,
      tag: words(params, "tag") || undefined,
      matterType: keysOf(MATTER_TYPES).find((each) => each === params.get("matterType")),
      systemState: keysOf(SYSTEM_STATES).find((each) => each === params.get("systemState")),
    },
    node: readKey(params.get("node")),
    at: readKey(params.get("at")),
    depth: DEPTHS.find((each) => each === depth) ?? USUAL_DEPTH,
    to: readKey(params.get("to")),
    toWords: words(params, "toWords"),
    q: words(params, "q"),
    gap,
    listed:
      gap !== undefined ||
      kinds.length > 0 ||
      ["q", "unit", "tag", "matterType", "systemState"].some((name) => words(params, name) !== ""),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}
