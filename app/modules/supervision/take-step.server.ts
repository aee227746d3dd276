import { and, desc, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { domainEvents, supervisionItems } from "@db/schema";
import { accept, conflict, type Result } from "~/kernel/result";
import type { SupervisionPaper } from "~/kernel/vocabulary";
import type { AcceptedFile, MadeFile } from "~/platform/files.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible, samePerson } from "~/policy";

import { storePapers } from "./papers/store-papers.server";
import { SUPERVISION_EVENT_FACTS, type SupervisionEvent, type SupervisionGuard } from "./supervision.lifecycle";
import { decideSupervision, supervisionAction, type SupervisionRefusal } from "./supervision.rules";

type Item = typeof supervisionItems.$inferSelect;

/** An item as a form names it: the version is the one its page showed. */
export interface ItemRef {
  readonly id: string;
  readonly version: number;
}

interface Step {
  readonly event: SupervisionEvent;
  /** the guards that hold by what was typed and by the item; otherPersonThanReplier is found out here */
  readonly guards?: (tx: Transaction, item: Item) => readonly SupervisionGuard[] | Promise<readonly SupervisionGuard[]>;
  readonly set?: (
    item: Item,
  ) => Partial<Pick<Item, "reply" | "repliedAt" | "verifiedBy" | "closedAt" | "reopenedCount" | "dueOn">>;
  readonly reason?: string;
  /** what the event tells beside number, title and unit */
  readonly facts?: (item: Item) => Readonly<Record<string, unknown>>;
  /** the files that come with the step */
  readonly papers?: { readonly purpose: SupervisionPaper; readonly files: readonly (AcceptedFile | MadeFile)[] };
  readonly afterwards?: (tx: Transaction, item: Item) => Promise<void>;
}

/**
 * Moves a supervised item along its lifecycle: what all verbs on an item share.
 * Refuses with notInThisState or the guards that do not hold.
 * @throws DomainError notFound, forbidden; conflict when the item changed after this page was opened
 * @source domain.md §8
 */
export async function takeStep(ctx: Ctx, ref: ItemRef, step: Step): Promise<Result<null, SupervisionRefusal>> {
  return inTransaction<null, SupervisionRefusal>(ctx, async (tx) => {
    const [row] = await tx.select().from(supervisionItems).where(eq(supervisionItems.id, ref.id)).for("update");
    const item = visible(ctx.actor, "supervision:read", row, "supervisionItem");
    const action = supervisionAction(step.event);
    authorize(ctx.actor, action, item);
    if (item.version !== ref.version) throw conflict("supervisionItem");
    const isOther = !samePerson(ctx.actor, await lastReplier(tx, item.id));
    const guards = [
      ...((await step.guards?.(tx, item)) ?? []),
      ...(isOther ? (["otherPersonThanReplier"] as const) : []),
    ];
    const decision = decideSupervision(item.state, step.event, guards);
    if (!decision.ok) return decision;
    const [after] = await tx
      .update(supervisionItems)
      .set({ ...step.set?.(item), state: decision.value, version: item.version + 1 })
      .where(and(eq(supervisionItems.id, item.id), eq(supervisionItems.version, item.version)))
      .returning();
    if (!after) throw conflict("supervisionItem");
    const papers = step.papers && (await keepPapers(tx, ctx, after, step.papers));
    await record(tx, ctx, {
      action,
      event: SUPERVISION_EVENT_FACTS[step.event],
      object: { type: "supervisionItem", id: item.id, regionId: item.regionId },
      before: item,
      after,
      ...(step.reason && { reason: step.reason }),
      payload: {
        ...{ number: item.number, title: item.title, unitId: item.unitId },
        ...step.facts?.(item),
        ...(papers && papers.length > 0 && { papers }),
      },
    });
    await step.afterwards?.(tx, after);
    return accept(null);
  });
}

/** Papers belong to the round in which they came: a reopened item begins with none. */
const keepPapers = (
  tx: Transaction,
  ctx: Ctx,
  { id, regionId, unitId, reopenedCount }: Item,
  { purpose, files }: NonNullable<Step["papers"]>,
) => storePapers(tx, ctx, { itemId: id, round: reopenedCount, regionId, unitId }, purpose, files);

/** Who replied last: the event says it, in the same transaction as the reply. */
async function lastReplier(tx: Transaction, itemId: string): Promise<string | undefined> {
  const [event] = await tx
    .select({ actorId: domainEvents.actorId })
    .from(domainEvents)
    .where(
      and(
        eq(domainEvents.subjectType, "supervisionItem"),
        eq(domainEvents.subjectId, itemId),
        eq(domainEvents.type, SUPERVISION_EVENT_FACTS.reply),
      ),
    )
    .orderBy(desc(domainEvents.at), desc(domainEvents.id))
    .limit(1);
  return event?.actorId;
}
