import { and, eq, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { ledgerPlans, ledgerTasks, ledgerTaskUnits } from "@db/schema";
import { accept, conflict, refuse, type Refusal, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";

import type { MatchedMention } from "../match/match-units.rules";
import { loadUnitDirectory } from "../match/unit-directory.queries.server";
import type { Plan } from "../plan/load-plan.server";
import { unitRows } from "../plan/plan-tasks.rules";
import { type DeadlineProblem, deadlineProblems, remainingDoubts } from "./edit.rules";
import { lockTaskToConfirm, type TaskRef, type TaskRow } from "./load-task.server";
import { type MentionRefusal, settleMentions } from "./settle-mentions.rules";
import type { EditInput } from "./task.schema";

type EditRefusal = "notInThisState" | "textMissing" | DeadlineProblem | MentionRefusal;

interface Settled {
  readonly lead: readonly MatchedMention[];
  readonly responsible: readonly MatchedMention[];
}

/**
 * A person corrects what the import understood of a task, and confirms it in the same deed if they like. The row's own
 * words stay. Refuses with notInThisState once the plan is in force, textMissing, what is wrong with the dates, and names
 * that mean nobody of the region.
 * @throws DomainError notFound, forbidden; conflict when the task changed after its page was opened
 * @source domain.md §7
 */
export async function editTask(
  ctx: Ctx,
  ref: TaskRef,
  input: Omit<EditInput, "version">,
  { confirm }: { readonly confirm: boolean },
): Promise<Result<{ planId: string }, EditRefusal>> {
  return inTransaction<{ planId: string }, EditRefusal>(ctx, async (tx) => {
    const { task, plan } = await lockTaskToConfirm(tx, ctx, ref.id);
    if (task.version !== ref.version) throw conflict("task");
    if (plan.state !== "confirming") return refuse({ code: "notInThisState", facts: { state: plan.state } });
    const settled = await settle(tx, plan, input);
    if (!settled.ok) return settled;
    const after = await write(tx, task, input, settled.value, confirm);
    await tx
      .update(ledgerPlans)
      .set({ version: sql`${ledgerPlans.version} + 1` })
      .where(eq(ledgerPlans.id, plan.id));
    await record(tx, ctx, {
      action: "task:confirm",
      event: "taskCorrected",
      object: { type: "task", id: task.id, regionId: task.regionId },
      before: task,
      after: { ...after, units: settled.value },
      payload: { number: task.number, title: after.title ?? "", confirmed: confirm },
    });
    return accept({ planId: plan.id });
  });
}

async function settle(
  tx: Transaction,
  plan: Plan,
  input: Omit<EditInput, "version">,
): Promise<Result<Settled, EditRefusal>> {
  const directory = await loadUnitDirectory(tx, plan.regionId);
  const lead = settleMentions(input.lead, "lead", directory, plan.issuedOn);
  const responsible = settleMentions(input.responsible, "responsible", directory, plan.issuedOn);
  const wrong: Refusal<EditRefusal>[] = [
    ...(input.title === "" && input.content === "" ? [{ code: "textMissing", field: "title" } as const] : []),
    ...deadlineProblems({ kind: input.deadlineKind, dates: input.deadlines }),
    ...(lead.ok ? [] : lead.refusals),
    ...(responsible.ok ? [] : responsible.refusals),
  ];
  if (wrong.length > 0 || !lead.ok || !responsible.ok) return refuse(...wrong);
  return accept({ lead: lead.value, responsible: responsible.value });
}

async function write(
  tx: Transaction,
  task: TaskRow,
  { title, content, section, deadlineKind, deadlines }: Omit<EditInput, "version">,
  units: Settled,
  confirmed: boolean,
): Promise<TaskRow> {
  const named = { title: title || null, content, section };
  const [after] = await tx
    .update(ledgerTasks)
    .set({
      ...named,
      ...{ deadlineKind, deadlines, confirmed },
      doubts: remainingDoubts({ title: named.title, ...units }).map(({ code, facts }) => ({
        code,
        facts: { ...facts },
      })),
      version: task.version + 1,
    })
    .where(and(eq(ledgerTasks.id, task.id), eq(ledgerTasks.version, task.version)))
    .returning();
  if (!after) throw conflict("task");
  await tx.delete(ledgerTaskUnits).where(eq(ledgerTaskUnits.taskId, task.id));
  const rows = unitRows({ taskId: task.id, regionId: task.regionId }, units);
  if (rows.length > 0) await tx.insert(ledgerTaskUnits).values(rows);
  return after;
}
