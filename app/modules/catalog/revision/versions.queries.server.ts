import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database, DatabaseOrTransaction } from "@db/client";
import { basicDatabases, catalogCategories, resourceRevisions, systems, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { can } from "~/policy";

import type { ContentNames } from "../content-differences";
import { readVisibleResource } from "../load-resource.server";
import type { ResourceContent } from "../resource.content";
import { asRevision } from "./load-revision.server";

/**
 * The editions of a resource, newest first; what is not yet or was never published only for its own unit and for whoever
 * publishes.
 * @throws DomainError notFound
 */
export async function readVersions(db: Database, actor: Actor, resourceId: string) {
  const resource = await readVisibleResource(db, actor, resourceId);
  const isInside = resource.unitId === actor.unitId || can(actor, "catalog:publish", resource);
  const [drafter, registrar, decider] = [alias(users, "drafter"), alias(users, "registrar"), alias(users, "decider")];
  const rows = await db
    .select({
      revision: resourceRevisions,
      draftedBy: drafter.name,
      registeredBy: registrar.name,
      decidedBy: decider.name,
    })
    .from(resourceRevisions)
    .leftJoin(drafter, eq(drafter.id, resourceRevisions.draftedBy))
    .leftJoin(registrar, eq(registrar.id, resourceRevisions.registeredBy))
    .leftJoin(decider, eq(decider.id, resourceRevisions.decidedBy))
    .where(
      and(
        eq(resourceRevisions.resourceId, resourceId),
        isInside ? undefined : eq(resourceRevisions.state, "published"),
      ),
    )
    .orderBy(desc(resourceRevisions.draftedAt), desc(resourceRevisions.id));
  const versions = rows.map(({ revision, ...people }) => ({ ...asRevision(revision), ...people }));
  return {
    resource,
    versions,
    names: await namesFor(
      db,
      versions.map(({ content }) => content),
    ),
  };
}

/** The names of all that some contents point to by code or id. */
async function namesFor(db: DatabaseOrTransaction, contents: readonly ResourceContent[]): Promise<ContentNames> {
  const parent = alias(catalogCategories, "parent");
  const [categories, databases, named] = await Promise.all([
    db
      .select({ key: catalogCategories.code, parentName: parent.name, name: catalogCategories.name })
      .from(catalogCategories)
      .leftJoin(parent, eq(parent.code, catalogCategories.parentCode))
      .where(inArray(catalogCategories.code, ["", ...contents.map((content) => content.categoryCode)])),
    db.select({ key: basicDatabases.code, name: basicDatabases.name }).from(basicDatabases),
    db
      .select({ key: systems.id, name: systems.name })
      .from(systems)
      .where(
        inArray(systems.id, [
          "00000000-0000-0000-0000-000000000000",
          ...contents.flatMap(({ systemId }) => systemId ?? []),
        ]),
      )
      .orderBy(asc(systems.id)),
  ]);
  return {
    categories: Object.fromEntries(
      categories.map(({ key, parentName, name }) => [key, [parentName, name].filter(Boolean).join(" / ")]),
    ),
    basicDatabases: Object.fromEntries(databases.map(({ key, name }) => [key, name])),
    systems: Object.fromEntries(named.map(({ key, name }) => [key, name])),
  };
}
