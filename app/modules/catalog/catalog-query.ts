import { keysOf, RESOURCE_STATES, SHARING_TYPES, UPDATE_CYCLES } from "~/kernel/vocabulary";
import type { ResourceState, SharingType, UpdateCycle } from "~/kernel/vocabulary";

import { FRESHNESS, type Freshness } from "./freshness.rules";

/** What the catalog can be asked; everything is in the address. */
export interface CatalogQuery {
  readonly q: string;
  readonly state: ResourceState | undefined;
  readonly sharingType: SharingType | undefined;
  readonly updateCycle: UpdateCycle | undefined;
  readonly freshness: Freshness | undefined;
  /** a category of any level: everything below it is meant */
  readonly category: string | undefined;
  readonly basicDatabase: string | undefined;
  /** a unit's id, or words of its name */
  readonly unit: string | undefined;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readCatalogQuery(params: URLSearchParams): CatalogQuery {
  const page = Number(params.get("page"));
  const word = (name: string, most: number) => (params.get(name) ?? "").trim().slice(0, most) || undefined;
  const category = word("category", 20);
  return {
    q: word("q", 100) ?? "",
    state: keysOf(RESOURCE_STATES).find((each) => each === params.get("state")),
    sharingType: keysOf(SHARING_TYPES).find((each) => each === params.get("sharing")),
    updateCycle: keysOf(UPDATE_CYCLES).find((each) => each === params.get("cycle")),
    freshness: keysOf(FRESHNESS).find((each) => each === params.get("freshness")),
    category: category && /^\d+$/.test(category) ? category : undefined,
    basicDatabase: word("database", 30),
    unit: word("unit", 60),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}
