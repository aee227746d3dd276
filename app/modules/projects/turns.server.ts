import { and, asc, eq, isNull } from "drizzle-orm";

import type { DatabaseOrTransaction, Transaction } from "@db/client";
import { reviews } from "@db/schema";
import { localDateOf, type LocalDate } from "~/kernel/local-date";
import { conflict } from "~/kernel/result";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { newId } from "~/platform/ids.server";
import type { Ctx } from "~/platform/transaction.server";

import { lateWorkdays, turnDueOn } from "./turn.rules";

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
    loadCalendar(tx, project.regionId),
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

/** The turn that is open on a project: which desk has it, since when and until when; undefined when none has. */
export async function openTurnOf(db: DatabaseOrTransaction, projectId: string) {
  const [turn] = await db
    .select({ kind: reviews.kind, round: reviews.round, openedAt: reviews.openedAt, dueOn: reviews.dueOn })
    .from(reviews)
    .where(and(eq(reviews.projectId, projectId), isNull(reviews.closedAt)));
  return turn;
}

interface Ending {
  readonly outcome: Outcome | null;
  readonly opinion: string | null;
  /** what was ticked off of the form check's list */
  readonly checks?: readonly string[] | undefined;
}

/**
 * Closes the desk's open turn with its outcome and with how late it is; a withdrawal closes it without an outcome.
 * @throws DomainError conflict when no turn of these desks is open
 */
export async function closeTurn(
  tx: Transaction,
  ctx: Ctx,
  project: { id: string; regionId: string },
  desks: readonly DeskKind[],
  { outcome, opinion, checks }: Ending,
): Promise<void> {
  const [turn, calendar] = await Promise.all([openTurnOf(tx, project.id), loadCalendar(tx, project.regionId)]);
  if (!turn || !desks.includes(turn.kind)) throw conflict("review");
  const closed = await tx
    .update(reviews)
    .set({
      closedAt: ctx.now,
      reviewerId: outcome ? ctx.actor.userId : null,
      outcome,
      opinion,
      checks: checks ? [...checks] : null,
      lateWorkdays: lateWorkdays(calendar, turn.dueOn, ctx.today),
    })
    .where(and(eq(reviews.projectId, project.id), eq(reviews.kind, turn.kind), isNull(reviews.closedAt)))
    .returning({ id: reviews.id });
  if (closed.length === 0) throw conflict("review");
}
