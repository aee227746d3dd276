import { z } from "zod";

import { keysOf, PROJECT_CLASSES } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { readProject } from "../load-project.server";
import { similarTo } from "./similar.queries.server";
import type { SimilarHit } from "./similar.rules";

/** What is typed so far; anything unreadable counts as not typed. */
const typedSchema = z.object({
  name: z.string().trim().max(200).catch(""),
  need: z.string().max(2_000).optional().catch(undefined),
  content: z.string().max(2_000).optional().catch(undefined),
  class: z.enum(keysOf(PROJECT_CLASSES)).optional().catch(undefined),
  project: z.uuid().optional().catch(undefined),
});

/** Under two characters every name resembles another. */
const SHORTEST_NAME = 2;

/**
 * 查重 while a filing is typed: the hits for a name, and for need, content and class where they are given. With a project
 * what is not typed on the asking page is taken from it.
 * @throws DomainError forbidden; notFound when the project lies outside the actor's sight
 */
export async function similarToTyped(
  ctx: Pick<Ctx, "db" | "actor" | "today">,
  query: URLSearchParams,
): Promise<readonly SimilarHit[]> {
  const { project: projectId, ...typed } = typedSchema.parse(Object.fromEntries(query));
  const named = typed.name.length >= SHORTEST_NAME;
  if (projectId) {
    const project = await readProject(ctx.db, ctx.actor, projectId);
    authorize(ctx.actor, "project:draft", project);
    const { need = project.need, content = project.content, class: projectClass = project.class } = typed;
    const name = named ? typed.name : project.name;
    return similarTo(ctx.db, { ...project, projectId, name, need, content, class: projectClass }, ctx.today);
  }
  const { regionId, unitId } = ctx.actor;
  authorize(ctx.actor, "project:draft", { regionId, unitId });
  if (!named) return [];
  const { name, need = "", content = "", class: projectClass = null } = typed;
  const unsaved = { regionId, unitId, projectId: null, parentId: null };
  return similarTo(ctx.db, { ...unsaved, name, need, content, class: projectClass }, ctx.today);
}
