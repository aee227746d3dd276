import { eq, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { projects, projectSubmissions, systems } from "@db/schema";
import { localDateOf } from "~/kernel/local-date";
import { similarToProject, type SimilarHit } from "~/modules/projects/index.server";

import type { CityProject } from "./projects";
import { DEMO_TODAY } from "./today";

/**
 * Freezes with each submission what 查重 would have found that day: projects handed in before, systems registered by then.
 * It is searched when everything is written, with the product's own search.
 */
export async function freezeHits(tx: Transaction, list: readonly CityProject[]): Promise<void> {
  const registered = await tx.select({ id: systems.id, on: systems.registeredOn }).from(systems);
  const knownSince = new Map([
    ...registered.map(({ id, on }) => [id, on] as const),
    ...list.flatMap(({ row, moments }) => {
      const first = moments.find(({ event }) => event === "submit");
      return first ? [[row.id, localDateOf(first.at)] as const] : [];
    }),
  ]);
  const rows: { project_id: string; round: number; hits: readonly SimilarHit[] }[] = [];
  for (const { row, moments } of list) {
    const submitted = moments.filter(({ event }) => event === "submit");
    const [project] = submitted.length > 0 ? await tx.select().from(projects).where(eq(projects.id, row.id)) : [];
    if (!project) continue;
    const hits = await similarToProject(tx, project, DEMO_TODAY);
    submitted.forEach(({ at }, index) => {
      const today = localDateOf(at);
      const known = hits.filter(({ id }) => (knownSince.get(id) ?? today) < today);
      rows.push({ project_id: project.id, round: index + 1, hits: known });
    });
  }
  await tx.execute(sql`
    update ${projectSubmissions} s set "similar" = found.hits
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as found(project_id uuid, round int, hits jsonb)
    where s.project_id = found.project_id and s.round = found.round`);
}
