import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { resources } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { loadCalendar } from "~/platform/calendar.server";
import type { Ctx } from "~/platform/transaction.server";

import { updateDueOn } from "../freshness.rules";
import type { Resource } from "../load-resource.server";
import type { ResourceContent } from "../resource.content";
import type { RevisionStepRefusal } from "../resource.lifecycle";
import { resourceProblems, type ResourceRefusalCode } from "../resource.rules";
import { surroundingsOf } from "../surroundings.queries.server";
import { tell } from "../tell-unit.server";
import { columnsOf } from "../packed-resource.server";
import { replaceItems } from "../write-resources.server";
import { takeRevisionStep, type RevisionRef } from "./take-revision-step.server";

/**
 * The bureau publishes a registered change as the next edition: from now on the resource says what the change says. It is
 * judged once more, for the catalog may have changed meanwhile. Refuses with notInThisState, otherPerson, or what the
 * catalog's rules find.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export async function publishRevision(
  ctx: Ctx,
  ref: RevisionRef,
): Promise<Result<null, RevisionStepRefusal | ResourceRefusalCode>> {
  return takeRevisionStep<ResourceRefusalCode>(ctx, ref, {
    event: "publish",
    set: { decidedBy: ctx.actor.userId, decidedAt: ctx.now },
    perform: async (tx, { content }, resource) => {
      const problems = resourceProblems(content, await surroundingsOf(tx, resource, [content], resource.id));
      if (problems.length > 0) return refuse(...problems);
      await putInForce(tx, resource, content);
      return accept({ edition: resource.edition + 1 });
    },
    afterwards: (tx, { id, regionId, unitId, name }) =>
      tell(tx, ctx, {
        regionId,
        unitId,
        roles: ["filer", "unitLead"],
        title: `数据资源修订已发布：${name}`,
        href: `/catalog/${id}`,
      }),
  });
}

/** The resource takes on the content; a changed cycle moves the day of the next update. */
async function putInForce(tx: Transaction, resource: Resource, content: ResourceContent): Promise<void> {
  const lastOn = resource.lastUpdatedOn ?? resource.publishedOn;
  const runs = resource.state === "published" && lastOn !== null;
  const [after] = await tx
    .update(resources)
    .set({
      ...columnsOf(content, resource.code),
      ...(runs &&
        content.updateCycle !== resource.updateCycle && {
          nextUpdateDueOn: updateDueOn(content.updateCycle, lastOn, await loadCalendar(tx, resource.regionId)),
        }),
      edition: resource.edition + 1,
      version: resource.version + 1,
    })
    .where(and(eq(resources.id, resource.id), eq(resources.version, resource.version)))
    .returning({ id: resources.id });
  if (!after) throw conflict("resource");
  await replaceItems(tx, resource, content);
}
