import { and, eq, inArray } from "drizzle-orm";

import type { DatabaseOrTransaction, Transaction } from "@db/client";
import { projectChanges, projects } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { notFound } from "~/kernel/result";
import type { RuleFigures } from "~/platform/figures.server";
import type { Ctx } from "~/platform/transaction.server";
import { visible } from "~/policy";

import { decideOverrun, decideRoute, type ChangeAmounts, type ChangeChecks } from "./change.rules";

export type Change = typeof projectChanges.$inferSelect;

/** Which change, and the version the form was filled in from. */
export interface ChangeRef {
  readonly changeId: string;
  readonly version: number;
}

export interface LoadedChange {
  readonly change: Change;
  readonly project: typeof projects.$inferSelect;
}

/**
 * The first step of every verb on a change: lock it, with its project.
 * @throws DomainError notFound when the project is outside the actor's sight
 */
export async function loadChange(tx: Transaction, ctx: Ctx, id: string): Promise<LoadedChange> {
  const [row] = await tx
    .select({ change: projectChanges, project: projects })
    .from(projectChanges)
    .innerJoin(projects, eq(projects.id, projectChanges.projectId))
    .where(eq(projectChanges.id, id))
    .for("update", { of: projectChanges });
  if (!row) throw notFound("change");
  visible(ctx.actor, "project:read", row.project, "change");
  return row;
}

/** The change of a project that is not decided yet; there is at most one. */
export async function openChangeOf(db: DatabaseOrTransaction, projectId: string) {
  const [row] = await db
    .select({ id: projectChanges.id, number: projectChanges.number })
    .from(projectChanges)
    .where(and(eq(projectChanges.projectId, projectId), inArray(projectChanges.state, ["draft", "signing", "open"])));
  return row;
}

/** Both checks on a change by the figures of a day. */
export function checksOf(
  change: ChangeAmounts & Pick<Change, "reasonKind">,
  figures: RuleFigures,
  on: LocalDate,
): ChangeChecks {
  return {
    on,
    route: decideRoute(change, change.reasonKind, figures.row("change.filedPercent")),
    overrun: decideOverrun(change, figures.row("change.overrunPercent")),
  };
}
