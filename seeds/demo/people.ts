import type { userRoles, users } from "@db/schema";
import type { Role } from "~/kernel/actor";
import { initialsOf } from "~/platform/initials.server";

import { chance } from "./chance";
import { demoId } from "./demo-id";
import { EXPERT_FACTS, EXPERT_UNIT } from "./expert-facts";
import { FOUNDED_AT } from "./regions";
import type { UnitRow } from "./units";

/** The accounts with which visitors look around, in the order in which the log-in page shows them. */
const NAMED: readonly (readonly [username: string, name: string, unit: string, role: Role])[] = [
  ["filer", "陈敏仪", "市自然资源局", "filer"],
  ["unitlead", "李国强", "市自然资源局", "unitLead"],
  ["filer2", "黄嘉怡", "市住房城乡建设局", "filer"],
  ["bureau", "吴伟明", "市政务服务数据管理局", "bureauReviewer"],
  ["assessor", "林晓彤", "市政务服务数据管理局", "bureauAssessor"],
  ["finance", "何静雯", "市财政局", "financeReviewer"],
  ["expert", "冯志远", "市数字政府专家组", "expert"],
  ["operator", "温俊杰", "市数字政府运营中心", "operator"],
  ["leader", "任建华", "市政府办公室", "leader"],
  ["auditor", "谭丽珍", "市审计局", "auditor"],
  ["sysadmin", "罗文杰", "市政务服务数据管理局", "systemAdmin"],
  ["secadmin", "梁颖诗", "市政务服务数据管理局", "securityAdmin"],
  ["auditadmin", "区志豪", "市政务服务数据管理局", "auditAdmin"],
];

/** Colleagues whom the two-person rules need: who reviewed a project does not approve it. */
const COLLEAGUES: typeof NAMED = [
  ["bureau2", "麦健康", "市政务服务数据管理局", "bureauReviewer"],
  ["finance2", "邓嘉敏", "市财政局", "financeReviewer"],
];

/** The accounts that are shown to visitors. */
export const NAMED_ACCOUNTS: readonly string[] = [...NAMED, ...COLLEAGUES].map(([username]) => username);

/** The experts beside the named one. */
const EXPERTS: typeof NAMED = EXPERT_FACTS.slice(1).map(({ username, name }) => [
  username,
  name,
  EXPERT_UNIT,
  "expert",
]);

const SURNAMES = [..."陈李黄梁吴林何冯温任谭罗区麦邓苏叶胡谢崔源易劳吕"] as [string, ...string[]];
const GIVEN = [..."国明志伟嘉颖文杰敏静晓彤丽珍俊健华雅诗慧欣永康家乐锦荣海波婉仪子轩"] as [string, ...string[]];

export interface Person {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly unit: UnitRow;
  readonly role: Role;
}

/** The people of the city: the named accounts first, then their colleagues, a filer and a leader for every assessed unit without one. */
export function cityPeople(units: readonly UnitRow[]): Person[] {
  const list: { username: string; name: string; unit: UnitRow; role: Role }[] = [];
  const unitNamed = (name: string): UnitRow => {
    const unit = units.find((each) => each.name === name);
    if (!unit) throw new Error(`no unit named ${name}`);
    return unit;
  };
  for (const [username, name, unit, role] of [...NAMED, ...COLLEAGUES, ...EXPERTS])
    list.push({ username, name, unit: unitNamed(unit), role });
  for (const unit of units.filter((each) => each.assessed)) {
    const short = initialsOf(unit.name.replace(/^市/, "").replace(/(人民政府|办事处)$/, ""));
    for (const [prefix, role] of [["filer", "filer"] as const, ["lead", "unitLead"] as const]) {
      if (list.some((person) => person.unit === unit && person.role === role)) continue;
      const { pick } = chance("person", unit.name, role);
      list.push({ username: `${prefix}-${short}`, name: pick(SURNAMES) + pick(GIVEN) + pick(GIVEN), unit, role });
    }
  }
  // One millisecond apart, so that ids keep this order.
  return list.map((person, index) => ({
    ...person,
    id: demoId("user", person.username, new Date(FOUNDED_AT.getTime() + index)),
  }));
}

export function accountRows(people: readonly Person[], passwordHash: string) {
  const accounts: (typeof users.$inferInsert)[] = people.map(({ id, username, name, unit }) => ({
    id,
    regionId: unit.regionId,
    unitId: unit.id,
    username,
    name,
    passwordHash,
  }));
  const roles: (typeof userRoles.$inferInsert)[] = people.map(({ id, role }) => ({ userId: id, role }));
  return { accounts, roles };
}
