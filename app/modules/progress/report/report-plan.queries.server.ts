import { and, asc, eq, lte, sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { milestones, payments, projects } from "@db/schema";
import { fen, type Fen } from "~/kernel/fen";
import type { LocalDate } from "~/kernel/local-date";
import { firstDay, lastDay, type Period } from "~/kernel/period";
import { notFound } from "~/kernel/result";
import { counted } from "~/modules/funding/index.server";

/** The plan of a project: where its course begins, and its milestones. @throws DomainError notFound */
export async function loadPlan(db: DatabaseOrTransaction, projectId: string) {
  const [[project], points] = await Promise.all([
    db
      .select({ plannedStartOn: projects.plannedStartOn, startedOn: projects.startedOn })
      .from(projects)
      .where(eq(projects.id, projectId)),
    db.select().from(milestones).where(eq(milestones.projectId, projectId)).orderBy(asc(milestones.position)),
  ]);
  const start: LocalDate | null = project?.plannedStartOn ?? project?.startedOn ?? null;
  if (start === null) throw notFound("project");
  return { start, milestones: points };
}

/**
 * What finance confirmed as paid: in the month, and in all up to its end.
 * @unit fen
 * @source domain.md §7
 */
export async function confirmedPayments(
  db: DatabaseOrTransaction,
  projectId: string,
  period: Period,
): Promise<{ spentFen: Fen; spentTotalFen: Fen }> {
  const [row] = await db
    .select({
      month: sql<string>`coalesce(sum(${payments.amountFen}) filter (where ${payments.paidOn} >= ${firstDay(period)}), 0)`,
      total: sql<string>`coalesce(sum(${payments.amountFen}), 0)`,
    })
    .from(payments)
    .where(and(eq(payments.projectId, projectId), counted(payments), lte(payments.paidOn, lastDay(period))));
  return { spentFen: fen(Number(row?.month ?? 0)), spentTotalFen: fen(Number(row?.total ?? 0)) };
}
