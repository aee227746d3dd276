import { asc, eq, inArray, sql } from "drizzle-orm";

import {
  materialProofs,
  materials,
  matterMaterials,
  matterSystems,
  resources,
  serviceMatters,
  systems,
  units,
} from "@db/schema";
import { MATERIAL_KINDS, MATTER_STATES, MATTER_TYPES } from "~/kernel/vocabulary";
import { exportSheet } from "~/platform/intake/register-sheets.server";
import type { Ctx } from "~/platform/transaction.server";
import { scopeFor } from "~/policy";

import { materialsWhere, type MaterialQuery } from "../materials.queries.server";
import { mattersWhere, type MatterQuery } from "../matters.queries.server";
import { MATERIAL_COLUMNS, MATTER_COLUMNS, NOT_REQUIRED } from "./register.columns";

/** More is exported by asking for less at a time. */
const MOST_ROWS = 20_000;
const MORE = `超过 ${MOST_ROWS.toLocaleString("zh-CN")} 行的部分未导出，请缩小查询范围`;

/** What the list of matters shows under a question, all pages of it, as a sheet that can be taken in again. */
export async function exportMatters({ db, actor, today }: Ctx, query: MatterQuery) {
  const found = await db
    .select({
      code: serviceMatters.code,
      name: serviceMatters.name,
      type: serviceMatters.type,
      state: serviceMatters.state,
      unit: units.name,
      online: serviceMatters.online,
      yearlyCases: serviceMatters.yearlyCases,
      // By code: the name of a secret system is not for every reader.
      systems: sql<string>`coalesce((select string_agg(case when ${systems.secret} then ${systems.code} else ${systems.name} end, '、' order by ${systems.code})
        from ${matterSystems} join ${systems} on ${systems.id} = ${matterSystems.systemId}
        where ${matterSystems.matterId} = ${serviceMatters.id}), '')`,
      materials: sql<string>`coalesce((select string_agg(${materials.name} || case when ${matterMaterials.required} then '' else ${NOT_REQUIRED} end, '、' order by ${materials.code})
        from ${matterMaterials} join ${materials} on ${materials.id} = ${matterMaterials.materialId}
        where ${matterMaterials.matterId} = ${serviceMatters.id}), '')`,
    })
    .from(serviceMatters)
    .innerJoin(units, eq(units.id, serviceMatters.unitId))
    .where(mattersWhere(db, scopeFor(actor, "matter:read"), query))
    .orderBy(asc(serviceMatters.code))
    .limit(MOST_ROWS + 1);
  const rows = found.slice(0, MOST_ROWS).map((row) => ({
    ...row,
    type: MATTER_TYPES[row.type],
    state: MATTER_STATES[row.state],
    online: row.online ? "是" : "否",
    yearlyCases: row.yearlyCases === null ? null : String(row.yearlyCases),
  }));
  const facts = { today, author: actor.unitName, ...(found.length > MOST_ROWS && { more: MORE }) };
  return exportSheet({ title: "政务服务事项", columns: MATTER_COLUMNS }, rows, facts, [
    { key: "state", title: "状态" },
  ]);
}

/** The same of materials: a row for each proof, as they are taken in. */
export async function exportMaterials({ db, actor, today }: Ctx, query: MaterialQuery) {
  const where = materialsWhere(scopeFor(actor, "matter:read"), query);
  const wanted = db.select({ id: materials.id }).from(materials).where(where);
  const found = await db
    .select({
      code: materials.code,
      name: materials.name,
      kind: materials.kind,
      issuer: materials.issuer,
      resource: sql<string | null>`coalesce(${resources.code}, ${resources.name})`,
      resourceName: resources.name,
      item: materialProofs.itemName,
    })
    .from(materials)
    .leftJoin(materialProofs, eq(materialProofs.materialId, materials.id))
    .leftJoin(resources, eq(resources.id, materialProofs.resourceId))
    .where(inArray(materials.id, wanted))
    .orderBy(asc(materials.code), asc(resources.code), asc(materialProofs.itemName))
    .limit(MOST_ROWS + 1);
  const rows = found.slice(0, MOST_ROWS).map((row) => ({ ...row, kind: MATERIAL_KINDS[row.kind] }));
  const facts = { today, author: actor.unitName, ...(found.length > MOST_ROWS && { more: MORE }) };
  return exportSheet({ title: "事项材料", columns: MATERIAL_COLUMNS }, rows, facts, [
    { key: "resourceName", title: "资源名称" },
  ]);
}
