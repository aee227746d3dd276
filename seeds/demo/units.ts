import type { unitCollectionMembers, unitCollections, unitNames, units } from "@db/schema";
import { addDays, localDate } from "~/kernel/local-date";
import { initialsOf } from "~/platform/initials.server";

import { creditCode } from "./credit-code";
import { demoId } from "./demo-id";
import { CITY_CODE, FOUNDED_AT, readSeedCsv } from "./regions";

export type UnitRow = typeof units.$inferInsert;

/** Names and memberships hold from a day before every date of the demonstration. */
const EVER_SINCE = localDate("2010-01-01");

/** The units of the city in the order of the official list. */
export function cityUnits(regionId: string): UnitRow[] {
  return readSeedCsv("heshan-units.csv").map((record, index) => {
    const name = record["名称"] ?? "";
    return {
      id: demoId("unit", name, FOUNDED_AT),
      regionId,
      parentId: null,
      code: `${CITY_CODE}${String(index + 1).padStart(3, "0")}`,
      creditCode: creditCode(CITY_CODE, index + 1),
      name,
      initials: initialsOf(name),
      group: record["分组"] === "town" ? ("town" as const) : ("municipal" as const),
      isOperator: record["运营方"] === "是",
      assessed: record["考核"] === "是",
      cloudExempt: record["不纳入上云"] === "是",
      position: index + 1,
    };
  });
}

/** What each unit was called from when to when. */
export function cityUnitNames(cityUnitRows: readonly UnitRow[]): (typeof unitNames.$inferInsert)[] {
  const former = new Map(readSeedCsv("heshan-units.csv").map((record) => [record["名称"], record]));
  return cityUnitRows.flatMap(({ id: unitId, name }) => {
    const { 曾用名: oldName, 更名日期: renamed } = former.get(name) ?? {};
    if (!oldName || !renamed) return [{ unitId, name, fromOn: EVER_SINCE }];
    const fromOn = localDate(renamed);
    return [
      { unitId, name: oldName, fromOn: EVER_SINCE, toOn: addDays(fromOn, -1) },
      { unitId, name, fromOn },
    ];
  });
}

/** The named groups that plans use instead of listing units, with their members. */
export function cityCollections(regionId: string, cityUnitRows: readonly UnitRow[]) {
  const assessed = cityUnitRows.filter((unit) => unit.assessed);
  const municipal = assessed.filter((unit) => unit.group === "municipal");
  const towns = assessed.filter((unit) => unit.group === "town");
  const groups: [string, UnitRow[]][] = [
    ["市各部门", municipal],
    ["市相关部门", municipal],
    ["各镇(街)政府", towns],
  ];
  const collections: (typeof unitCollections.$inferInsert)[] = [];
  const members: (typeof unitCollectionMembers.$inferInsert)[] = [];
  for (const [name, list] of groups) {
    const collectionId = demoId("collection", name, FOUNDED_AT);
    collections.push({ id: collectionId, regionId, name });
    members.push(...list.map((unit) => ({ collectionId, unitId: unit.id, fromOn: EVER_SINCE })));
  }
  return { collections, members };
}
