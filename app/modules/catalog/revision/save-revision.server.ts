import { and, eq } from "drizzle-orm";

import { resourceRevisions } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { contentDifferences, isUnchanged } from "../content-differences";
import { contentOf } from "../content.queries.server";
import { lockResource } from "../load-resource.server";
import type { SaveRevisionRefusal } from "../refusal-codes";
import type { ResourceContent } from "../resource.content";
import { resourceProblems } from "../resource.rules";
import { surroundingsOf } from "../surroundings.queries.server";
import { tell } from "../tell-unit.server";
import { openRevision } from "./load-revision.server";

const SAME_WORDS = { categories: {}, basicDatabases: {}, systems: {} };

/**
 * The filer drafts the next edition of a published resource, or changes the draft; the published edition stays in force.
 * Refuses with what the catalog's rules find, notInThisState, revisionUnderWay (one that the unit has registered),
 * categoryFixed (the code names the category), nothingChanged.
 * @param ref the version is that of the draft, or 0 when there was none yet
 * @throws DomainError notFound, forbidden; conflict when somebody else drafted or changed it meanwhile
 * @source domain.md §4
 */
export async function saveRevision(
  ctx: Ctx,
  ref: { readonly resourceId: string; readonly version: number },
  content: ResourceContent,
  note: string,
): Promise<Result<{ id: string }, SaveRevisionRefusal>> {
  return inTransaction<{ id: string }, SaveRevisionRefusal>(ctx, async (tx) => {
    const resource = await lockResource(tx, ctx, ref.resourceId);
    authorize(ctx.actor, "catalog:register", resource);
    if (resource.state !== "published" && resource.state !== "suspended") return refuse({ code: "notInThisState" });
    const open = await openRevision(tx, resource.id);
    if (open?.state === "registered") return refuse({ code: "revisionUnderWay" });
    if ((open?.version ?? 0) !== ref.version) throw conflict("revision");
    if (content.categoryCode !== resource.categoryCode) return refuse({ code: "categoryFixed", field: "categoryCode" });
    const problems = resourceProblems(content, await surroundingsOf(tx, resource, [content], resource.id));
    if (problems.length > 0) return refuse(...problems);
    const published = await contentOf(tx, resource);
    if (isUnchanged(contentDifferences(published, content, SAME_WORDS))) return refuse({ code: "nothingChanged" });

    const draft = { content, note, draftedBy: ctx.actor.userId, draftedAt: ctx.now };
    const id = open?.id ?? newId();
    if (open) {
      const [after] = await tx
        .update(resourceRevisions)
        .set({ ...draft, version: open.version + 1 })
        .where(and(eq(resourceRevisions.id, open.id), eq(resourceRevisions.version, open.version)))
        .returning({ id: resourceRevisions.id });
      if (!after) throw conflict("revision");
    } else {
      await tx
        .insert(resourceRevisions)
        .values({ id, resourceId: resource.id, regionId: resource.regionId, state: "draft", ...draft });
    }
    await record(tx, ctx, {
      action: "catalog:register",
      event: "revisionDrafted",
      object: { type: "resource", id: resource.id, regionId: resource.regionId },
      before: open?.content ?? published,
      after: content,
      payload: { revisionId: id, name: resource.name, note },
    });
    await tell(tx, ctx, {
      regionId: resource.regionId,
      unitId: resource.unitId,
      roles: ["unitLead"],
      title: `数据资源修订待登记：${resource.name}`,
      href: `/catalog/${resource.id}`,
    });
    return accept({ id });
  });
}
