import type { ResourceContent, ResourceItem } from "./resource.content";
import type { ResourceSurroundings } from "./resource.rules";

export const anItem = (name: string, more: Partial<ResourceItem> = {}): ResourceItem => ({
  name,
  dataType: "字符型",
  length: null,
  required: false,
  isKey: false,
  ...more,
});

/** An entry with nothing wrong. */
export const anEntry = (more: Partial<ResourceContent> = {}): ResourceContent => ({
  name: "供水管网基础信息",
  categoryCode: "101001",
  summary: "全市供水管网的基础信息",
  formatClass: "database",
  formatType: "",
  items: [anItem("管段编号", { isKey: true, required: true, length: 64 }), anItem("管径", { dataType: "数值型" })],
  sharingType: "unconditional",
  legalBasis: "",
  conditions: "",
  method: "interface",
  openToPublic: false,
  openConditions: "",
  updateCycle: "monthly",
  systemId: null,
  basicDatabaseCode: null,
  matter: "",
  material: "",
  relatedCodes: [],
  ...more,
});

export const surroundings = (more: Partial<ResourceSurroundings> = {}): ResourceSurroundings => ({
  siblings: new Set(),
  systems: new Set(),
  systemIds: new Set(["own-system"]),
  categories: new Set(["101001"]),
  basicDatabases: new Set(["population"]),
  codes: new Set(["101001/000001"]),
  ...more,
});
