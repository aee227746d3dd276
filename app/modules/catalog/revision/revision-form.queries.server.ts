import { and, eq } from "drizzle-orm";

import type { Database } from "@db/client";
import { resourceRevisions } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { authorize } from "~/policy";

import { contentOf } from "../content.queries.server";
import { readVisibleResource } from "../load-resource.server";
import { asRevision, openRevision } from "./load-revision.server";

/**
 * What the form of an entry starts from: the entry itself while it is a draft; afterwards the open change, the declined
 * change that is taken up again (`from`), or the edition in force.
 * @throws DomainError notFound, forbidden
 */
export async function readResourceForm(db: Database, actor: Actor, resourceId: string, from: string | null) {
  const resource = await readVisibleResource(db, actor, resourceId);
  authorize(actor, "catalog:register", resource);
  const current = await contentOf(db, resource);
  if (resource.state === "draft") {
    return { resource, content: current, note: "", version: resource.version, mode: "edit" as const };
  }
  const open = await openRevision(db, resourceId);
  const start = open ?? (from === null ? undefined : await earlierRevision(db, resourceId, from));
  const canRevise = resource.state === "published" || resource.state === "suspended";
  return {
    resource,
    // A category belongs to the code: whatever a change once said, the form keeps the one in force.
    content: { ...(start?.content ?? current), categoryCode: resource.categoryCode },
    note: start?.note ?? "",
    version: open?.version ?? 0,
    mode: canRevise && open?.state !== "registered" ? ("revise" as const) : ("closed" as const),
  };
}

async function earlierRevision(db: Database, resourceId: string, id: string) {
  const [row] = await db
    .select()
    .from(resourceRevisions)
    .where(and(eq(resourceRevisions.resourceId, resourceId), eq(resourceRevisions.id, id)));
  return row && asRevision(row);
}
