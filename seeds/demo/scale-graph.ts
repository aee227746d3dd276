import { sql, type SQL } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { initialsOf } from "~/platform/initials.server";

/** The asset graph of a large city: with the systems, projects and data that hang on it, some 5,000 nodes. */
const SIZE = {
  systems: 600,
  matters: 2_400,
  materials: 800,
  /** of the matters, how many are handled in the one reception platform: the hub that every city has */
  hub: 300,
} as const;

const AREAS = ["东湖", "西江", "南岸", "北新", "云溪", "石桥", "龙潭", "青山", "平原", "海滨"];
const OBJECTS = [
  "营业执照",
  "建设工程规划许可证",
  "排水许可",
  "道路运输经营许可",
  "食品经营许可",
  "取水许可",
  "林木采伐许可",
];
const DEEDS = ["核发", "变更", "延续", "注销", "补办", "备案", "年度报告"];
const PAPERS = ["身份证明", "营业执照", "不动产权证书", "授权委托书", "检验报告", "承诺书", "申请表", "验收意见"];
const MATTER_TYPES = ["licence", "confirmation", "payment", "otherPower", "publicService"];
const MATERIAL_KINDS = ["certificate", "proof", "form", "report", "other"];

/** A repeatable id of the shape of a uuid v7, from a kind and a number. */
const graphId = (kind: string, number: SQL): SQL =>
  sql`overlay(overlay(md5(${kind}::text || ' ' || ${number}) placing '7' from 13) placing '8' from 17)::uuid`;
/** The element of a list that a number falls on. */
const nth = (list: readonly string[], number: SQL): SQL =>
  sql`(${JSON.stringify(list)}::jsonb->>((${number}) % ${list.length})::int)`;
const upTo = (count: number): SQL => sql`generate_series(1, ${count}::int)`;

/**
 * Service matters, materials and what ties them to the systems, projects and data of the scale city; systems of its own,
 * each built by a project. Needs the units, projects and resources of the scale city.
 * @param unitOf the id of a unit by a number, and likewise of a project and a resource, as the scale city gives them
 */
export async function insertScaleGraph(
  tx: Transaction,
  regionId: string,
  { unitOf, projectOf }: { unitOf: (number: SQL) => SQL; projectOf: (number: SQL) => SQL },
): Promise<void> {
  await insertSystems(tx, regionId, { unitOf, projectOf });
  await insertMatters(tx, regionId, unitOf);
  await insertMaterials(tx, regionId);
  await tieData(tx, regionId);
}

async function insertSystems(
  tx: Transaction,
  regionId: string,
  { unitOf, projectOf }: { unitOf: (number: SQL) => SQL; projectOf: (number: SQL) => SQL },
): Promise<void> {
  const name = (areas: readonly string[], objects: readonly string[], tail: string) =>
    sql`${nth(areas, sql`n`)} || ${nth(objects, sql`n / 3`)} || ${tail}::text || n`;
  await tx.execute(sql`
    insert into systems (id, region_id, unit_id, project_id, code, name, compared_name, initials, ownership, hosting,
      mlps_level, registered_on)
    select ${graphId("graphSystem", sql`n`)}, ${regionId}, ${unitOf(sql`n`)}, ${projectOf(sql`n`)},
      'GT-' || lpad(n::text, 4, '0'), ${name(AREAS, OBJECTS, "办理系统")}, ${nth(OBJECTS, sql`n / 3`)},
      ${name(AREAS.map(initialsOf), OBJECTS.map(initialsOf), initialsOf("办理系统"))}, 'own', 'governmentCloud', 2, '2025-03-01'
    from ${upTo(SIZE.systems)} n`);
  await tx.execute(sql`
    insert into cloud_standings (id, system_id, region_id, unit_id, scope, from_on)
    select ${graphId("graphStanding", sql`n`)}, ${graphId("graphSystem", sql`n`)}, ${regionId}, ${unitOf(sql`n`)}, 'in', '2025-03-01'
    from ${upTo(SIZE.systems)} n`);
  await tx.execute(sql`
    insert into maintained_systems (project_id, system_id, region_id)
    select ${projectOf(sql`(n + 5000)`)}, ${graphId("graphSystem", sql`n`)}, ${regionId}::uuid
    from ${upTo(SIZE.systems)} n where n % 3 = 0`);
}

async function insertMatters(tx: Transaction, regionId: string, unitOf: (number: SQL) => SQL): Promise<void> {
  const name = sql`${nth(AREAS, sql`n`)} || ${nth(OBJECTS, sql`n / 2`)} || ${nth(DEEDS, sql`n / 5`)} || n`;
  const initials = sql`${nth(AREAS.map(initialsOf), sql`n`)} || ${nth(OBJECTS.map(initialsOf), sql`n / 2`)} || ${nth(DEEDS.map(initialsOf), sql`n / 5`)} || n`;
  await tx.execute(sql`
    insert into service_matters (id, region_id, unit_id, code, name, initials, type, online, tags)
    select ${graphId("graphMatter", sql`n`)}, ${regionId}, ${unitOf(sql`n`)}, 'GS-' || lpad(n::text, 5, '0'), ${name}, ${initials},
      ${nth(MATTER_TYPES, sql`n`)}, n % 2 = 0, case when n % 10 = 0 then '{高频事项}'::text[] else '{}'::text[] end
    from ${upTo(SIZE.matters)} n`);
  await tx.execute(sql`
    insert into matter_systems (matter_id, system_id, region_id)
    select ${graphId("graphMatter", sql`n`)}, ${graphId("graphSystem", sql`1 + n % ${SIZE.systems}::int`)}, ${regionId}::uuid
    from ${upTo(SIZE.matters)} n
    union
    select ${graphId("graphMatter", sql`n`)}, ${graphId("graphSystem", sql`1`)}, ${regionId}::uuid from ${upTo(SIZE.hub)} n`);
}

async function insertMaterials(tx: Transaction, regionId: string): Promise<void> {
  await tx.execute(sql`
    insert into materials (id, region_id, code, name, initials, kind, issuer)
    select ${graphId("graphMaterial", sql`n`)}, ${regionId}, 'GC-' || lpad(n::text, 5, '0'),
      ${nth(AREAS, sql`n`)} || ${nth(PAPERS, sql`n / 2`)} || n,
      ${nth(AREAS.map(initialsOf), sql`n`)} || ${nth(PAPERS.map(initialsOf), sql`n / 2`)} || n, ${nth(MATERIAL_KINDS, sql`n`)}, '申请人'
    from ${upTo(SIZE.materials)} n`);
  // Each matter asks for four: three of its own and one that is asked for everywhere.
  await tx.execute(sql`
    insert into matter_materials (matter_id, material_id, region_id)
    select distinct ${graphId("graphMatter", sql`n`)},
      ${graphId("graphMaterial", sql`case when k = 0 then 1 + n % 4 else 5 + (n * 7 + k * 131) % ${SIZE.materials - 5}::int end`)}, ${regionId}::uuid
    from ${upTo(SIZE.matters)} n, generate_series(0, 3) k`);
}

/** Two in three materials can be proved by data; systems produce some of the data. */
async function tieData(tx: Transaction, regionId: string): Promise<void> {
  const published = sql`select id, row_number() over (order by code) as place from resources
    where region_id = ${regionId} and state = 'published' order by code limit 1200`;
  await tx.execute(sql`
    insert into material_proofs (id, material_id, resource_id, region_id, linked_by, linked_at)
    select ${graphId("graphProof", sql`n`)}, ${graphId("graphMaterial", sql`n`)}, p.id, ${regionId},
      (select id from users where username = 'assessor'), '2026-06-01'
    from ${upTo(SIZE.materials)} n join (${published}) p on p.place = 1 + n % 900 where n % 3 <> 0`);
  await tx.execute(sql`
    update resources set system_id = ${graphId("graphSystem", sql`1 + p.place % ${SIZE.systems}::int`)}
    from (${published}) p where p.id = resources.id and resources.system_id is null`);
}
