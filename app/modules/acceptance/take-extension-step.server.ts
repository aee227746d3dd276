import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { acceptanceExtensions } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, samePerson } from "~/policy";

import {
  decideExtension,
  extensionAction,
  isExtensionEventPossible,
  standsStill,
  type ExtensionStepRefusal,
} from "./acceptance.rules";
import { EXTENSION_EVENT_FACTS, type ExtensionEvent, type ExtensionTransition } from "./extension.lifecycle";
import { loadExtension, type Extension, type ExtensionRef, type LoadedExtension } from "./load-acceptance.server";

interface Step extends ExtensionRef {
  readonly event: ExtensionEvent;
  readonly reason?: string;
  readonly set?: Partial<Extension>;
  /** the guards that hold beside those that follow from the reason and the person */
  readonly guards?: (
    tx: Transaction,
    loaded: LoadedExtension,
  ) => Promise<readonly NonNullable<ExtensionTransition["guards"]>[number][]>;
  readonly follow?: (tx: Transaction, loaded: LoadedExtension) => Promise<void>;
}

/**
 * Moves a request for a later limit along its lifecycle, in the one order of all its verbs: load in sight, authorize, the
 * version that was read, decide, write, record, follow.
 * Refuses with notInThisState, projectStandsStill, or the guards that do not hold.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export async function takeExtensionStep(ctx: Ctx, step: Step): Promise<Result<{ id: string }, ExtensionStepRefusal>> {
  const { extensionId, version, event } = step;
  const action = extensionAction(event);
  return inTransaction<{ id: string }, ExtensionStepRefusal>(ctx, async (tx) => {
    const loaded = await loadExtension(tx, ctx, extensionId);
    const { extension, project } = loaded;
    authorize(ctx.actor, action, project);
    if (extension.version !== version) throw conflict("acceptanceExtension");
    if (isExtensionEventPossible(extension.state, event) && standsStill(project.stage, event))
      return refuse({ code: "projectStandsStill", facts: { stage: project.stage } });
    const reason = step.reason?.trim() ?? "";
    const others = [extension.requestedBy, extension.signedBy].every((id) => !samePerson(ctx.actor, id));
    const decided = decideExtension(extension.state, event, [
      ...(step.guards ? await step.guards(tx, loaded) : []),
      ...(others ? (["otherPersonThanBefore"] as const) : []),
      ...(reason ? (["reasonGiven"] as const) : []),
    ]);
    if (!decided.ok) return decided;
    const [after] = await tx
      .update(acceptanceExtensions)
      .set({ ...step.set, state: decided.value.to, version: version + 1 })
      .where(and(eq(acceptanceExtensions.id, extensionId), eq(acceptanceExtensions.version, version)))
      .returning();
    if (!after) throw conflict("acceptanceExtension");
    await record(tx, ctx, {
      action,
      event: EXTENSION_EVENT_FACTS[event],
      object: { type: "acceptanceExtension", id: extensionId, regionId: extension.regionId },
      before: extension,
      after,
      ...(reason && { reason }),
      payload: { projectId: project.id, projectName: project.name, number: extension.number, untilOn: after.untilOn },
    });
    await step.follow?.(tx, { extension: after, project });
    return accept({ id: extensionId });
  });
}
