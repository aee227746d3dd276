import { FORMAT_CLASSES, RESOURCE_STATES, SHARING_METHODS, SHARING_TYPES, UPDATE_CYCLES } from "~/kernel/vocabulary";
import type { FormatClass, ResourceState, SharingMethod, SharingType, UpdateCycle } from "~/kernel/vocabulary";

import { FRESHNESS, type Freshness } from "./freshness.rules";

/** A row of the catalog as a page has it. */
export interface ListedRow {
  readonly code: string | null;
  readonly name: string;
  readonly unitName: string;
  readonly category: string;
  readonly sharingType: SharingType;
  readonly method: SharingMethod | null;
  readonly updateCycle: UpdateCycle;
  readonly state: ResourceState;
  readonly lastUpdatedOn: string | null;
  readonly freshness: Freshness | null;
}

/** A row of the catalog as a sheet has it. */
export interface CatalogRow extends ListedRow {
  readonly creditCode: string | null;
  readonly summary: string;
  readonly formatClass: FormatClass;
  readonly formatType: string;
  readonly basicDatabase: string | null;
  readonly conditions: string | null;
  readonly legalBasis: string | null;
  readonly openToPublic: boolean;
  readonly openConditions: string | null;
  readonly matter: string | null;
  readonly material: string | null;
  readonly edition: number;
  readonly publishedOn: string | null;
  readonly nextUpdateDueOn: string | null;
}

interface Shown {
  readonly key: string;
  readonly title: string;
  readonly kind: "text" | "number" | "date";
}

/** A sheet shows every column, a page those that say so. */
type CatalogColumn = Shown &
  (
    | { readonly onPage: true; readonly cell: (row: ListedRow) => string | number | null }
    | { readonly onPage?: undefined; readonly cell: (row: CatalogRow) => string | number | null }
  );

/** The one catalogue of columns: what a list shows and what a sheet carries, in one order and in the same words. */
export const CATALOG_COLUMNS: readonly CatalogColumn[] = [
  { key: "code", title: "资源代码", kind: "text", onPage: true, cell: (row) => row.code ?? "待发布" },
  { key: "name", title: "资源名称", kind: "text", onPage: true, cell: (row) => row.name },
  { key: "unit", title: "提供单位", kind: "text", onPage: true, cell: (row) => row.unitName },
  { key: "creditCode", title: "提供单位代码", kind: "text", cell: (row) => row.creditCode },
  { key: "category", title: "资源分类", kind: "text", onPage: true, cell: (row) => row.category },
  { key: "summary", title: "资源摘要", kind: "text", cell: (row) => row.summary },
  { key: "format", title: "资源格式", kind: "text", cell: (row) => FORMAT_CLASSES[row.formatClass] },
  { key: "formatType", title: "格式类型", kind: "text", cell: (row) => row.formatType },
  { key: "sharing", title: "共享类型", kind: "text", onPage: true, cell: (row) => SHARING_TYPES[row.sharingType] },
  { key: "conditions", title: "共享条件", kind: "text", cell: (row) => row.conditions },
  { key: "legalBasis", title: "不予共享依据", kind: "text", cell: (row) => row.legalBasis },
  {
    key: "method",
    title: "共享方式",
    kind: "text",
    onPage: true,
    cell: (row) => row.method && SHARING_METHODS[row.method],
  },
  { key: "open", title: "向社会开放", kind: "text", cell: (row) => (row.openToPublic ? "是" : "否") },
  { key: "openConditions", title: "开放条件", kind: "text", cell: (row) => row.openConditions },
  { key: "cycle", title: "更新周期", kind: "text", onPage: true, cell: (row) => UPDATE_CYCLES[row.updateCycle] },
  { key: "database", title: "所属基础库", kind: "text", cell: (row) => row.basicDatabase },
  { key: "matter", title: "对应事项", kind: "text", cell: (row) => row.matter },
  { key: "material", title: "对应材料", kind: "text", cell: (row) => row.material },
  { key: "state", title: "状态", kind: "text", onPage: true, cell: (row) => RESOURCE_STATES[row.state] },
  { key: "edition", title: "版本", kind: "number", cell: (row) => row.edition },
  { key: "publishedOn", title: "发布日期", kind: "date", cell: (row) => row.publishedOn },
  { key: "updatedOn", title: "最近更新", kind: "date", onPage: true, cell: (row) => row.lastUpdatedOn },
  { key: "dueOn", title: "下次更新期限", kind: "date", cell: (row) => row.nextUpdateDueOn },
  {
    key: "freshness",
    title: "更新情况",
    kind: "text",
    onPage: true,
    cell: (row) => row.freshness && FRESHNESS[row.freshness],
  },
];

export const PAGE_COLUMNS = CATALOG_COLUMNS.flatMap((column) => (column.onPage ? [column] : []));
