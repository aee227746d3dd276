import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { projects, resourceRevisions, resources } from "@db/schema";
import { decideStep } from "~/kernel/lifecycle";
import { searchGrams } from "~/kernel/names";
import { accept, conflict, type Result } from "~/kernel/result";
import { loadCalendar } from "~/platform/calendar.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, samePerson, type Action } from "~/policy";

import { contentOf } from "./content.queries.server";
import { updateDueOn } from "./freshness.rules";
import { lockResource, type Resource, type ResourceRef } from "./load-resource.server";
import { nextCode } from "./next-code.server";
import {
  RESOURCE_EVENT_FACTS,
  RESOURCE_LIFECYCLE,
  type ResourceEffect,
  type ResourceEvent,
  type ResourceGuard,
  type ResourceStepRefusal,
  type ResourceTransition,
} from "./resource.lifecycle";

interface ResourceStep {
  readonly event: ResourceEvent;
  readonly reason?: string;
  /** columns that change with the state */
  readonly set?: Partial<Pick<Resource, "registeredBy">>;
  readonly afterwards?: (tx: Transaction, after: Resource, before: Resource) => Promise<void>;
}

/**
 * Moves a catalog entry along its lifecycle: what all verbs on its state share. Whatever was asked of the bureau is
 * answered by any step. Refuses with notInThisState or the guards that do not hold.
 * @throws DomainError notFound, forbidden; conflict when the entry changed after this page was opened
 * @source domain.md §4
 */
export async function takeResourceStep(
  ctx: Ctx,
  ref: ResourceRef,
  step: ResourceStep,
): Promise<Result<Resource, ResourceStepRefusal>> {
  return inTransaction<Resource, ResourceStepRefusal>(ctx, (tx) => stepWithin(tx, ctx, ref, step));
}

/** The same as a part of a larger act, in its transaction. */
export async function stepWithin(
  tx: Transaction,
  ctx: Ctx,
  ref: ResourceRef,
  step: ResourceStep,
): Promise<Result<Resource, ResourceStepRefusal>> {
  const resource = await lockResource(tx, ctx, ref.id);
  const action = actionOf(step.event);
  authorize(ctx.actor, action, resource);
  if (resource.version !== ref.version) throw conflict("resource");
  const reason = step.reason?.trim() ?? "";
  const held = await guardsHeldBy(tx, ctx, resource, step.event, reason);
  const decision = decideStep<ResourceTransition>(RESOURCE_LIFECYCLE, resource.state, step.event, held);
  if (!decision.ok) return decision;
  const effects = await performEffects(tx, ctx, resource, decision.value.effects ?? []);
  const [after] = await tx
    .update(resources)
    .set({
      ...effects,
      ...step.set,
      state: decision.value.to,
      stateReason: reason || null,
      stateChangedOn: ctx.today,
      ...NOTHING_REQUESTED,
      version: resource.version + 1,
    })
    .where(and(eq(resources.id, resource.id), eq(resources.version, resource.version)))
    .returning();
  if (!after) throw conflict("resource");
  await record(tx, ctx, {
    action,
    event: RESOURCE_EVENT_FACTS[step.event],
    object: { type: "resource", id: resource.id, regionId: resource.regionId },
    before: resource,
    after,
    ...(reason && { reason }),
    payload: {
      resourceId: resource.id,
      unitId: resource.unitId,
      name: resource.name,
      code: after.code,
      from: resource.state,
      to: after.state,
    },
  });
  await step.afterwards?.(tx, after, resource);
  return accept(after);
}

/** The columns of an answered request. */
export const NOTHING_REQUESTED = { requestedStep: null, requestReason: null, requestedBy: null, requestedOn: null };

function actionOf(event: ResourceEvent): Action {
  const row = RESOURCE_LIFECYCLE.find(({ on }) => on === event);
  if (!row) throw new Error(`no lifecycle row for ${event}`);
  return row.action;
}

async function guardsHeldBy(
  tx: Transaction,
  { actor }: Ctx,
  resource: Resource,
  event: ResourceEvent,
  reason: string,
): Promise<ResourceGuard[]> {
  const before = event === "publish" ? resource.registeredBy : resource.draftedBy;
  return [
    ...(reason ? (["reasonGiven"] as const) : []),
    ...(samePerson(actor, before) ? [] : (["otherPerson"] as const)),
    ...((await isInFiling(tx, resource)) ? [] : (["outsideFiling"] as const)),
  ];
}

/** Is the entry still a part of a filing that its unit writes or is about to sign? */
export async function isInFiling(tx: Transaction, { projectId, state }: Resource): Promise<boolean> {
  if (projectId === null || state !== "draft") return false;
  const [project] = await tx.select({ stage: projects.stage }).from(projects).where(eq(projects.id, projectId));
  return project !== undefined && ["draft", "submitted", "returned"].includes(project.stage);
}

/** Performs what the row names and answers the columns that it sets. */
async function performEffects(
  tx: Transaction,
  ctx: Ctx,
  resource: Resource,
  effects: readonly ResourceEffect[],
): Promise<Partial<Resource>> {
  let set: Partial<Resource> = {};
  for (const effect of effects) {
    switch (effect) {
      case "giveCode": {
        const code = await nextCode(tx, resource.regionId, resource.categoryCode);
        const grams = searchGrams(resource.name, code, resource.initials);
        set = { ...set, code, searchGrams: grams, publishedBy: ctx.actor.userId, publishedOn: ctx.today };
        break;
      }
      case "keepEdition":
        await keepFirstEdition(tx, ctx, resource);
        set = { ...set, edition: 1 };
        break;
      case "startClock":
        set = {
          ...set,
          nextUpdateDueOn: updateDueOn(resource.updateCycle, ctx.today, await loadCalendar(tx, resource.regionId)),
        };
        break;
      case "stopClock":
        set = { ...set, nextUpdateDueOn: null };
        break;
    }
  }
  return set;
}

/** What is published for the first time is kept as edition 1, whatever becomes of it afterwards. */
async function keepFirstEdition(tx: Transaction, ctx: Ctx, resource: Resource): Promise<void> {
  await tx.insert(resourceRevisions).values({
    id: newId(),
    resourceId: resource.id,
    regionId: resource.regionId,
    state: "published",
    edition: 1,
    content: await contentOf(tx, resource),
    note: "首次发布",
    draftedBy: resource.draftedBy ?? resource.registeredBy ?? ctx.actor.userId,
    draftedAt: ctx.now,
    registeredBy: resource.registeredBy,
    decidedBy: ctx.actor.userId,
    decidedAt: ctx.now,
  });
}
