import { UNIT_GROUPS, keysOf, type UnitGroup } from "~/kernel/vocabulary";

/** "鹤山市" and "市政务服务数据管理局" → "鹤山市政务服务数据管理局": a document's issuer carries its region. */
export function issuerNameOf(regionName: string, unitName: string): string {
  if (unitName.startsWith(regionName)) return unitName;
  const level = regionName.slice(-1);
  return unitName.startsWith(level) ? regionName + unitName.slice(1) : regionName + unitName;
}

/** 全市, 全县, 全区 */
export const areaNameOf = (regionName: string): string => `全${regionName.slice(-1)}`;

/** 发文机关代字 of the bulletins of a region: its first character, 数政 and 通. */
export const seriesOf = (regionName: string): string => `${regionName.slice(0, 1)}数政通`;

const ADDRESSED: Readonly<Record<UnitGroup, string>> = {
  county: "各县（市、区）人民政府",
  town: "各镇人民政府、街道办事处",
  municipal: "市直各部门",
};
/** Governments before departments, as letters address them. */
const ORDER = ["county", "town", "municipal"] as const satisfies readonly UnitGroup[];

/** 主送机关: the groups that were assessed; all of them when none was. */
export function addresseesOf(groups: ReadonlySet<UnitGroup>): string {
  const named = groups.size > 0 ? groups : new Set(keysOf(UNIT_GROUPS));
  return ORDER.filter((group) => named.has(group))
    .map((group) => ADDRESSED[group])
    .join("，");
}
