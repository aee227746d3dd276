import { eq } from "drizzle-orm";

import type { DatabaseOrTransaction, Transaction } from "@db/client";
import { expertOpinions, expertPanels, projects } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { conflict, notFound } from "~/kernel/result";
import type { Project } from "~/modules/projects/index.server";
import type { Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

export type Panel = typeof expertPanels.$inferSelect;
export type Seat = typeof expertOpinions.$inferSelect;

/** Which panel or seat a form is about, and the version its page showed. */
export interface PanelRef {
  readonly panelId: string;
  readonly version: number;
}
export interface SeatRef {
  readonly opinionId: string;
  readonly version: number;
}

interface LoadedPanel {
  readonly panel: Panel;
  readonly project: Project;
  readonly seats: readonly Seat[];
}

/**
 * The first steps of the bureau's verbs on a panel: lock it, 404 when its project is out of sight, 403, and the version
 * that was read. The lock of the panel is the queue for all that happens to it and its seats.
 * @throws DomainError notFound, forbidden; conflict when the panel changed after the page was opened
 */
export async function loadPanel(tx: Transaction, ctx: Ctx, { panelId, version }: PanelRef): Promise<LoadedPanel> {
  const [panel] = await tx.select().from(expertPanels).where(eq(expertPanels.id, panelId)).for("update");
  if (!panel) throw notFound("expertPanel");
  const [row] = await tx.select().from(projects).where(eq(projects.id, panel.projectId));
  const project = visible(ctx.actor, "project:read", row, "expertPanel");
  authorize(ctx.actor, "expert:convene", project);
  if (panel.version !== version) throw conflict("expertPanel");
  const seats = await tx.select().from(expertOpinions).where(eq(expertOpinions.panelId, panelId));
  return { panel, project, seats };
}

interface LoadedSeat {
  readonly seat: Seat;
  readonly panel: Panel;
  readonly project: Project;
}

/**
 * The first steps of an expert's verbs: his own seat or 404, behind the lock of its panel, and the version that was read.
 * @throws DomainError notFound, forbidden; conflict when the seat changed after the page was opened
 */
export async function loadSeat(tx: Transaction, ctx: Ctx, { opinionId, version }: SeatRef): Promise<LoadedSeat> {
  const { panel } = await readSeat(tx, ctx.actor, opinionId);
  await tx.select({ id: expertPanels.id }).from(expertPanels).where(eq(expertPanels.id, panel.id)).for("update");
  const loaded = await readSeat(tx, ctx.actor, opinionId);
  authorize(ctx.actor, "expert:opine", { ...loaded.project, assigneeIds: [loaded.seat.expertId] });
  if (loaded.seat.version !== version) throw conflict("expertOpinion");
  return loaded;
}

/**
 * A seat with its panel and project, for the expert who holds it.
 * @throws DomainError notFound for everybody else
 */
export async function readSeat(db: DatabaseOrTransaction, actor: Actor, opinionId: string): Promise<LoadedSeat> {
  const [row] = await db
    .select({ seat: expertOpinions, panel: expertPanels, project: projects })
    .from(expertOpinions)
    .innerJoin(expertPanels, eq(expertPanels.id, expertOpinions.panelId))
    .innerJoin(projects, eq(projects.id, expertOpinions.projectId))
    .where(eq(expertOpinions.id, opinionId));
  if (!row) throw notFound("expertOpinion");
  visible(actor, "expert:opine", { ...row.project, assigneeIds: [row.seat.expertId] }, "expertOpinion");
  return row;
}
