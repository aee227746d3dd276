import type { Database } from "@db/client";
import { readActor } from "~/platform/sessions.server";
import { readNeighbourhood, readReached, sightOf } from "~/modules/graph/index.server";

import { medianMs, round, type BenchFigure } from "./figure";
import type { RunningServer } from "./pages";

const RUNS = 40;

/** The asset graph at city scale: a neighbourhood of 200 nodes, who depends on much-used data, and the page of both. */
export async function benchGraph({ address, cookie }: RunningServer, db: Database): Promise<BenchFigure[]> {
  const [bureau] = await db.execute<{ id: string }>("select id from users where username = 'bureau'");
  const actor = bureau && (await readActor(db, bureau.id));
  const [hub] = await db.execute<{ id: string }>(
    "select system_id as id from matter_systems group by 1 order by count(*) desc, 1 limit 1",
  );
  const [data] = await db.execute<{ id: string }>(
    `select p.resource_id as id from material_proofs p join matter_materials m using (material_id)
     group by 1 order by count(*) desc, 1 limit 1`,
  );
  if (!actor || !hub || !data) throw new Error("the graph bench needs the scale city");
  const whole = sightOf(actor);
  const system = { kind: "system", id: hub.id } as const;
  const resource = { kind: "resource", id: data.id } as const;
  const near = await readNeighbourhood(db, { whole }, system, { depth: 2 });
  const dependents = await readReached(db, whole, resource, "dependents");

  const figures: BenchFigure[] = [];
  const measure = async (figure: string, work: () => Promise<unknown>, bare: string, more: Record<string, number>) => {
    await medianMs(10, work);
    const value = await medianMs(RUNS, work);
    const bareMs = await medianMs(RUNS, () => db.execute(bare));
    figures.push({
      figure,
      value: round(value),
      unit: "ms, median of one at a time",
      bareSqlMs: round(bareMs),
      goalMs: round(3 * bareMs + 15),
      ...more,
    });
  };
  await measure(
    "graphNeighbourhood",
    () => readNeighbourhood(db, { whole }, system, { depth: 2 }),
    bareNeighbourhood(hub.id),
    { nodes: near?.nodes.length ?? 0, edges: near?.edges.length ?? 0 },
  );
  await measure("graphDependents", () => readReached(db, whole, resource, "dependents"), bareDependents(data.id), {
    reached: Object.values(dependents.counts).reduce((sum, n) => sum + n, 0),
  });
  const url = `${address}/graph?node=system:${hub.id}`;
  const get = async () => {
    const response = await fetch(url, { headers: { cookie } });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
  };
  await measure("graphPage", get, bareNeighbourhood(hub.id), { nodes: near?.nodes.length ?? 0 });
  return figures;
}

/** Two steps around a system, as plain joins, with the names of the first 200. */
const bareNeighbourhood = (id: string): string => `
  with first as (
    select matter_id as id from matter_systems where system_id = '${id}'
    union select project_id from systems where id = '${id}' and project_id is not null
    union select project_id from maintained_systems where system_id = '${id}'
    union select id from resources where system_id = '${id}'),
  second as (
    select material_id as id from matter_materials where matter_id in (select id from first)
    union select system_id from matter_systems where matter_id in (select id from first)
    union select material_id from material_proofs where resource_id in (select id from first)
    union select id from first)
  select s.id, coalesce(p.name, y.name, m.name, t.name, r.name) as name from (select id from second limit 200) s
  left join projects p on p.id = s.id left join systems y on y.id = s.id left join service_matters m on m.id = s.id
  left join materials t on t.id = s.id left join resources r on r.id = s.id`;

/** Materials, matters, systems and projects behind a resource, as plain joins, counted. */
const bareDependents = (id: string): string => `
  with materials as (select distinct material_id as id from material_proofs where resource_id = '${id}'),
  matters as (select distinct matter_id as id from matter_materials where material_id in (select id from materials)),
  platforms as (select distinct system_id as id from matter_systems where matter_id in (select id from matters)),
  works as (
    select project_id as id from systems where id in (select id from platforms) and project_id is not null
    union select project_id from maintained_systems where system_id in (select id from platforms))
  select (select count(*) from materials), (select count(*) from matters), (select count(*) from platforms), (select count(*) from works)`;
