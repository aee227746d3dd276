import type { catalogSequences, resourceItems, resources } from "@db/schema";
import { foldName, searchGrams } from "~/kernel/names";
import { addDays, type LocalDate, localDate } from "~/kernel/local-date";
import {
  FORMAT_CLASSES,
  type FormatClass,
  type ItemDataType,
  keysOf,
  SHARING_METHODS,
  type ProjectStage,
  type SharingType,
  UPDATE_CYCLES,
  type UpdateCycle,
} from "~/kernel/vocabulary";
import { parseItems, updateDueOn } from "~/modules/catalog/index";
import { initialsOf } from "~/platform/initials.server";

import { chance } from "./chance";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow } from "./events";
import { readSeedCsv } from "./regions";
import { DEMO_TODAY } from "./today";
import type { UnitRow } from "./units";

export type ResourceRow = typeof resources.$inferInsert;

/** What a project tells of its resources. */
export interface ResourceOwner {
  readonly projectId: string | null;
  readonly unit: UnitRow;
  readonly stage: ProjectStage;
  /** the day from which the resource is there: of the filing, or for units of their catalog's first year */
  readonly since: LocalDate;
}

const SHARING: Readonly<Record<string, SharingType>> = {
  无条件: "unconditional",
  有条件: "conditional",
  不予: "none",
};

/** Within how many days a resource of a cycle is updated when it is kept up to date. @unit days */
const CYCLE_DAYS: Readonly<Record<UpdateCycle, number>> = {
  realTime: 1,
  daily: 1,
  weekly: 7,
  monthly: 31,
  quarterly: 92,
  yearly: 366,
  irregular: 366,
};

/** What the resources of each format are kept in. */
const FORMAT_TYPES: Readonly<Record<FormatClass, readonly [string, ...string[]]>> = {
  document: ["PDF", "OFD", "DOCX"],
  spreadsheet: ["XLSX", "ET"],
  database: ["达梦", "人大金仓", "MySQL", "Oracle", "PostgreSQL"],
  image: ["TIFF", "JPG"],
  stream: ["MP4"],
  selfDescribing: ["GeoJSON", "JSON"],
  service: ["REST", "WMS"],
};

/** The 项 of the basic resources are the basic databases. */
const BASIC_DATABASES: Readonly<Record<string, string>> = {
  "101": "population",
  "102": "legalEntity",
  "103": "naturalResources",
  "104": "socialCredit",
  "105": "electronicLicence",
};

/** Their affairs are in order: the visitor files for the one and finance reviews the other, so no gate stands in the way. */
const MODEL_UNITS: ReadonlySet<string> = new Set(["市自然资源局", "市政务服务数据管理局"]);

/** The catalog entries of `heshan-resources.csv` with their items; owners are asked by project name or unit name. */
export function cityResources(city: City, ownerOf: (source: string) => ResourceOwner) {
  const rows: ResourceRow[] = [];
  const items: (typeof resourceItems.$inferInsert)[] = [];
  for (const record of readSeedCsv("heshan-resources.csv")) {
    const row = resourceRow(city, ownerOf(record["来源"] ?? ""), record);
    rows.push(row);
    parseItems(record["信息项"] ?? "").forEach(({ name }, index) =>
      items.push({ resourceId: row.id, position: index + 1, regionId: city.regionId, name, ...itemType(name, index) }),
    );
  }
  const sequences = giveCodes(city, rows);
  const events = rows.flatMap(({ id, name, code, publishedOn }) =>
    publishedOn
      ? [
          eventRow(city.person("bureau"), {
            type: "resourcePublished",
            subject: { type: "resource", id },
            at: officeHours(publishedOn, name, "publish"),
            payload: { code, name },
          }),
        ]
      : [],
  );
  return { rows, items, sequences, events };
}

function resourceRow(city: City, owner: ResourceOwner, record: Readonly<Record<string, string>>): ResourceRow {
  const { unit, since, projectId } = owner;
  const name = record["名称"] ?? "";
  const { between, pick } = chance("resource", unit.name, name);
  const sharingType = SHARING[record["共享"] ?? ""] ?? "unconditional";
  const cycle = keysOf(UPDATE_CYCLES).find((each) => each === record["周期"]) ?? "irregular";
  const format = keysOf(FORMAT_CLASSES).find((each) => each === record["格式"]) ?? "database";
  const published = isPublished(owner, between(1, 100));
  const publishedOn = addDays(since, between(30, 75));
  const isModel = MODEL_UNITS.has(unit.name);
  const collected = published && sharingType !== "none" && (isModel || between(1, 100) <= 88);
  const upToDate = isModel || between(1, 100) <= 90;
  const age = upToDate ? between(0, CYCLE_DAYS[cycle] - 1) : CYCLE_DAYS[cycle] + between(75, 110);
  const updatedOn = addDays(DEMO_TODAY, -age);
  const lastUpdatedOn = updatedOn > publishedOn ? updatedOn : publishedOn;
  return {
    id: demoId("resource", `${unit.name} ${name}`, officeHours(since, name)),
    regionId: city.regionId,
    unitId: unit.id,
    projectId,
    categoryCode: record["目录"] ?? "",
    name,
    normalizedName: foldName(name),
    initials: initialsOf(name),
    searchGrams: searchGrams(name, initialsOf(name)),
    formatType: pick(FORMAT_TYPES[format]),
    basicDatabaseCode: BASIC_DATABASES[(record["目录"] ?? "").slice(0, 3)] ?? null,
    draftedBy: city.filerOf(unit).id,
    summary: `${unit.name}在履行职责过程中形成的${name}，包括${record["信息项"] ?? ""}等内容。`,
    formatClass: format,
    sharingType,
    legalBasis: sharingType === "none" ? (record["条件或依据"] ?? null) : null,
    conditions: sharingType === "conditional" ? (record["条件或依据"] ?? null) : null,
    method: keysOf(SHARING_METHODS).find((each) => each === record["方式"]) ?? null,
    openToPublic: sharingType === "unconditional" && between(1, 100) <= 40,
    updateCycle: cycle,
    ...stateOf(city, owner, published),
    ...(published && {
      publishedOn,
      publishedBy: city.person("bureau").id,
      lastUpdatedOn,
      nextUpdateDueOn: updateDueOn(cycle, lastUpdatedOn, city.calendar),
      edition: 1,
    }),
    ...(collected && { collectedOn: addDays(publishedOn, between(3, 20)) }),
  };
}

function isPublished({ stage, unit, projectId }: ResourceOwner, luck: number): boolean {
  switch (stage) {
    case "operation":
    case "accepted":
    case "trialRun":
      return true;
    case "implementation":
      return MODEL_UNITS.has(unit.name) || luck <= (projectId ? 58 : 86);
    default:
      return false;
  }
}

function stateOf(city: City, { stage, unit }: ResourceOwner, published: boolean) {
  if (stage === "draft") return { state: "draft" as const };
  const registeredBy = city.leadOf(unit).id;
  return { state: published ? ("published" as const) : ("registered" as const), registeredBy };
}

/** The first item names the record; the words of the others say what they hold. */
function itemType(
  name: string,
  index: number,
): { dataType: ItemDataType; length: number | null; required: boolean; isKey: boolean } {
  const required = index < 2;
  if (/(日期|时间|期至)$/.test(name)) return { dataType: "日期型", length: null, required, isKey: false };
  if (/(数量|金额|额|面积|长度|埋深|管径|经度|纬度|水位|数值|人数|人次|率|带宽)$/.test(name)) {
    return { dataType: "数值型", length: 18, required, isKey: false };
  }
  return { dataType: "字符型", length: index === 0 ? 64 : 200, required, isKey: index === 0 };
}

/** Codes are given in the order of publication, one sequence for each category. */
function giveCodes(city: City, rows: readonly ResourceRow[]): (typeof catalogSequences.$inferInsert)[] {
  const last = new Map<string, number>();
  const published = rows.filter((row) => row.state === "published");
  const byDay = published.sort((a, b) => `${a.publishedOn} ${a.id}`.localeCompare(`${b.publishedOn} ${b.id}`));
  for (const row of byDay) {
    const number = (last.get(row.categoryCode) ?? 0) + 1;
    last.set(row.categoryCode, number);
    row.code = `${row.categoryCode}/${String(number).padStart(6, "0")}`;
  }
  return [...last].map(([categoryCode, number]) => ({ regionId: city.regionId, categoryCode, last: number }));
}

/** Since when a unit without a project keeps its entries. */
export const CATALOG_BEGUN = localDate("2025-03-10");
