import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { coordinationMatters, projects } from "@db/schema";
import { decideStep } from "~/kernel/lifecycle";
import { accept, conflict, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import {
  COORDINATION_EVENT_FACTS,
  COORDINATION_LIFECYCLE,
  type CoordinationEvent,
  type CoordinationGuard,
  type CoordinationTransition,
} from "./coordination.lifecycle";
import type { CoordinationRefusal } from "./coordination.refusals";
import { coordinationAction } from "./coordination.rules";

type Row = typeof coordinationMatters.$inferSelect;
export type Matter = Row & { readonly projectName: string };

/** A matter as a form names it: the version is the one its page showed. */
export interface MatterRef {
  readonly id: string;
  readonly version: number;
}

export type MatterChange = Partial<
  Pick<
    Row,
    | "text"
    | "lastReportId"
    | "advice"
    | "advisedBy"
    | "advisedAt"
    | "answer"
    | "answeredBy"
    | "answeredAt"
    | "itemId"
    | "endedOn"
  >
>;

interface Step<Code extends string> {
  readonly event: CoordinationEvent;
  readonly guards?: readonly CoordinationGuard[];
  readonly reason?: string;
  /** what the step writes; it may do more in the same transaction, such as registering an item, or refuse */
  readonly prepare: (tx: Transaction, matter: Matter) => Promise<Result<MatterChange, Code>>;
  readonly afterwards: (tx: Transaction, matter: Matter) => Promise<void>;
}

/**
 * Moves a matter along its lifecycle: what all verbs on it share.
 * Refuses with notInThisState, the guards that do not hold, or what `prepare` refuses.
 * @throws DomainError notFound, forbidden; conflict when the matter changed after this page was opened
 * @source domain.md §7
 */
export async function takeStep<Code extends string = never>(
  ctx: Ctx,
  ref: MatterRef,
  step: Step<Code>,
): Promise<Result<null, CoordinationRefusal | Code>> {
  return inTransaction<null, CoordinationRefusal | Code>(ctx, async (tx) => {
    const [found] = await tx
      .select({ matter: coordinationMatters, projectName: projects.name })
      .from(coordinationMatters)
      .innerJoin(projects, eq(projects.id, coordinationMatters.projectId))
      .where(eq(coordinationMatters.id, ref.id))
      .for("update", { of: coordinationMatters });
    const row = visible(ctx.actor, "coordination:read", found?.matter, "coordinationMatter");
    authorize(ctx.actor, coordinationAction(step.event), row);
    if (row.version !== ref.version) throw conflict("coordinationMatter");
    const decision = decideStep(COORDINATION_LIFECYCLE, row.state, step.event, step.guards ?? []);
    if (!decision.ok) return decision;
    const matter = { ...row, projectName: found?.projectName ?? "" };
    const prepared = await step.prepare(tx, matter);
    if (!prepared.ok) return prepared;
    const after = await moveMatter(tx, ctx, matter, decision.value, prepared.value, step.reason);
    await step.afterwards(tx, after);
    return accept(null);
  });
}

/**
 * Writes a decided step of a locked matter and records it, in the caller's transaction.
 * @throws DomainError conflict when somebody else moved it
 */
export async function moveMatter(
  tx: Transaction,
  ctx: Ctx,
  { projectName, ...before }: Matter,
  step: CoordinationTransition,
  change: MatterChange,
  reason?: string,
): Promise<Matter> {
  const [after] = await tx
    .update(coordinationMatters)
    .set({ ...change, state: step.to, version: before.version + 1 })
    .where(and(eq(coordinationMatters.id, before.id), eq(coordinationMatters.version, before.version)))
    .returning();
  if (!after) throw conflict("coordinationMatter");
  await record(tx, ctx, {
    action: step.action,
    event: COORDINATION_EVENT_FACTS[step.on],
    object: { type: "coordinationMatter", id: before.id, regionId: before.regionId },
    before,
    after,
    ...(reason && { reason }),
    payload: {
      projectId: before.projectId,
      projectName,
      unitId: before.unitId,
      // what was said before stays readable
      ...(change.text !== undefined && { text: change.text, textBefore: before.text }),
    },
  });
  return { ...after, projectName };
}
