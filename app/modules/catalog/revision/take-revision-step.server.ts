import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { resourceRevisions } from "@db/schema";
import { decideStep } from "~/kernel/lifecycle";
import { accept, conflict, notFound, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, samePerson } from "~/policy";

import { lockResource, type Resource } from "../load-resource.server";
import {
  REVISION_EVENT_FACTS,
  REVISION_LIFECYCLE,
  type RevisionEvent,
  type RevisionStepRefusal,
  type RevisionTransition,
} from "../resource.lifecycle";
import { openRevision, type Revision } from "./load-revision.server";

/** A change of a resource as a form names it: the version is that of the change. */
export interface RevisionRef {
  readonly resourceId: string;
  readonly version: number;
}

interface RevisionStep<Code extends string> {
  readonly event: RevisionEvent;
  readonly reason?: string;
  readonly set?: Partial<Pick<Revision, "registeredBy" | "registeredAt" | "decidedBy" | "decidedAt" | "edition">>;
  /** what else the step does; its refusals come back as they are. Answers columns of the change. */
  readonly perform?: (
    tx: Transaction,
    revision: Revision,
    resource: Resource,
  ) => Promise<Result<Partial<Pick<Revision, "edition">>, Code>>;
  readonly afterwards?: (tx: Transaction, resource: Resource) => Promise<void>;
}

/**
 * Moves the change of a resource along its way: what all verbs on it share. Refuses with notInThisState or the guards that
 * do not hold.
 * @throws DomainError notFound, forbidden; conflict when the change was changed after this page was opened
 * @source domain.md §4
 */
export async function takeRevisionStep<Code extends string = never>(
  ctx: Ctx,
  ref: RevisionRef,
  step: RevisionStep<Code>,
): Promise<Result<null, RevisionStepRefusal | Code>> {
  return inTransaction<null, RevisionStepRefusal | Code>(ctx, async (tx) => {
    const resource = await lockResource(tx, ctx, ref.resourceId);
    const row = REVISION_LIFECYCLE.find(({ on }) => on === step.event);
    if (!row) throw new Error(`no lifecycle row for ${step.event}`);
    authorize(ctx.actor, row.action, resource);
    const revision = await openRevision(tx, resource.id);
    if (!revision) throw notFound("revision");
    if (revision.version !== ref.version) throw conflict("revision");
    const reason = step.reason?.trim() ?? "";
    const before = step.event === "publish" ? revision.registeredBy : revision.draftedBy;
    const decision = decideStep<RevisionTransition>(REVISION_LIFECYCLE, revision.state, step.event, [
      ...(reason ? (["reasonGiven"] as const) : []),
      ...(samePerson(ctx.actor, before) ? [] : (["otherPerson"] as const)),
    ]);
    if (!decision.ok) return decision;
    const performed = (await step.perform?.(tx, revision, resource)) ?? accept({});
    if (!performed.ok) return performed;
    const [after] = await tx
      .update(resourceRevisions)
      .set({
        ...step.set,
        ...performed.value,
        state: decision.value.to,
        declinedReason: reason || null,
        version: revision.version + 1,
      })
      .where(and(eq(resourceRevisions.id, revision.id), eq(resourceRevisions.version, revision.version)))
      .returning();
    if (!after) throw conflict("revision");
    await record(tx, ctx, {
      action: row.action,
      event: REVISION_EVENT_FACTS[step.event],
      object: { type: "resource", id: resource.id, regionId: resource.regionId },
      before: revision,
      after,
      ...(reason && { reason }),
      payload: {
        resourceId: resource.id,
        unitId: resource.unitId,
        revisionId: revision.id,
        name: resource.name,
        ...(after.edition !== null && { edition: after.edition }),
      },
    });
    await step.afterwards?.(tx, resource);
    return accept(null);
  });
}
