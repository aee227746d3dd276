import { sql, type SQL } from "drizzle-orm";
import path from "node:path";

import { openDatabase, type Database } from "@db/client";
import { resolveDatabaseUrl } from "@db/locate";
import { migrate } from "@db/migrate";
import { projectRoot } from "@db/project-root";
import { projects } from "@db/schema";
import { seedDemo } from "@seeds/demo/index";
import { seedScaleCity } from "@seeds/demo/scale-city";
import { seedReference } from "@seeds/reference/index";
import { localDate } from "~/kernel/local-date";
import { comparedName } from "~/kernel/names";
import { measureQueries, similarFigures, similarToProject } from "~/modules/projects/similar/similar.queries.server";
import { loadFigures } from "~/platform/figures.server";

/** `npm run duplicates:explain`: the plans of 查重 at city scale, and how long it takes for projects of every kind. */
const TODAY = localDate("2026-07-20");
const SUBJECTS = 60;

async function explain(db: Database, title: string, query: SQL): Promise<void> {
  const plan = await db.execute<{ "QUERY PLAN": string }>(sql`explain (analyze, buffers, costs off) ${query}`);
  console.log(`\n-- ${title}`);
  for (const line of plan) console.log(line["QUERY PLAN"]);
}

async function measure(
  db: Database,
  title: string,
  subjects: readonly (typeof projects.$inferSelect)[],
): Promise<void> {
  const times: number[] = [];
  let hits = 0;
  for (const project of subjects) {
    const begun = performance.now();
    hits += (await similarToProject(db, project, TODAY)).length;
    times.push(performance.now() - begun);
  }
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? NaN).toFixed(1);
  console.log(
    `${title}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(1)} ms, ${(hits / subjects.length).toFixed(1)} hits (${subjects.length} projects)`,
  );
}

async function main(): Promise<void> {
  process.env.DATA_DIR ??= path.join(projectRoot(), ".data/bench");
  const located = await resolveDatabaseUrl(process.env);
  const db = openDatabase(located.url, { max: 2, statementTimeoutMs: 300_000 });
  try {
    await migrate(located.url);
    await seedReference(db);
    await seedDemo(db);
    await seedScaleCity(db);
    console.log(`${await db.$count(projects)} projects`);
    const sample = (generated: boolean) =>
      db
        .select()
        .from(projects)
        .where(
          generated
            ? sql`${projects.code} like 'GM%' and md5(${projects.code}) < '03'`
            : sql`${projects.code} like 'ZX%'`,
        )
        .orderBy(projects.code)
        .limit(SUBJECTS);
    const [listed, generated] = [await sample(false), await sample(true)];
    if (generated.some((project) => project.comparedName !== comparedName(project.name))) {
      throw new Error("the generated city compares other names than the product would");
    }
    await measure(db, "warming up", generated);
    await measure(db, "projects of the published list", listed);
    await measure(db, "generated projects, much alike", generated);
    const figures = similarFigures(await loadFigures(db, TODAY));
    for (const subject of [listed.find(({ name }) => name === "工程建设项目审批管理系统"), generated[0]]) {
      if (!subject) throw new Error("the demonstration lacks a subject");
      const queries = measureQueries({ ...subject, projectId: subject.id }, figures);
      await explain(db, `projects that resemble ${subject.name}`, queries.projects);
      await explain(db, `systems that resemble ${subject.name}`, queries.systems);
    }
  } finally {
    await db.close();
    await located.stop();
  }
}

await main();
