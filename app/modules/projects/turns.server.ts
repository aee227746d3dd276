import { and, asc, eq, isNull } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { reviews } from "@db/schema";
import { localDateOf, type LocalDate } from "~/kernel/local-date";
import { conflict } from "~/kernel/result";
import { loadCalendar, loadFigures } from "~/platform/figures.server";
import { newId } from "~/platform/ids.server";
import type { Ctx } from "~/platform/transaction.server";

import { turnDueOn } from "./turn.rules";

export type DeskKind = (typeof reviews.$inferSelect)["kind"];
type Outcome = NonNullable<(typeof reviews.$inferSelect)["outcome"]>;

const LIMITS: Readonly<Record<DeskKind, string>> = {
  formCheck: "review.formCheckWorkdays",
  approval: "review.approvalWorkdays",
  funding: "review.fundingWorkdays",
};

/** Opens a desk's turn on a project and returns its last day. */
export async function openTurn(
  tx: Transaction,
  ctx: Ctx,
  project: { id: string; regionId: string },
  kind: DeskKind,
): Promise<LocalDate> {
  const [figures, calendar, earlier] = await Promise.all([
    loadFigures(tx, ctx.today),
    loadCalendar(tx),
    tx
      .select({ openedAt: reviews.openedAt, closedAt: reviews.closedAt })
      .from(reviews)
      .where(and(eq(reviews.projectId, project.id), eq(reviews.kind, kind)))
      .orderBy(asc(reviews.round)),
  ]);
  const closed = earlier.flatMap(({ openedAt, closedAt }) =>
    closedAt ? [{ openedOn: localDateOf(openedAt), closedOn: localDateOf(closedAt) }] : [],
  );
  const dueOn = turnDueOn(calendar, ctx.today, figures.number(LIMITS[kind]), closed);
  await tx.insert(reviews).values({
    id: newId(),
    projectId: project.id,
    regionId: project.regionId,
    kind,
    round: earlier.length + 1,
    openedAt: ctx.now,
    dueOn,
  });
  return dueOn;
}

/**
 * Closes the desk's open turn with its outcome; a withdrawal closes it without one.
 * @throws DomainError conflict when no turn is open
 */
export async function closeTurn(
  tx: Transaction,
  ctx: Ctx,
  projectId: string,
  kind: DeskKind,
  { outcome, opinion }: { outcome: Outcome | null; opinion: string | null },
): Promise<void> {
  const closed = await tx
    .update(reviews)
    .set({ closedAt: ctx.now, reviewerId: outcome ? ctx.actor.userId : null, outcome, opinion })
    .where(and(eq(reviews.projectId, projectId), eq(reviews.kind, kind), isNull(reviews.closedAt)))
    .returning({ id: reviews.id });
  if (closed.length === 0) throw conflict("review");
}
