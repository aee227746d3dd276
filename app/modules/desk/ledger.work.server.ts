import { and, asc, count, eq, inArray, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { ledgerPlans, ledgerTasks } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { formatPeriod } from "~/kernel/period";
import { dueUpdates } from "~/modules/ledger/index.server";
import { samePerson, type Scope } from "~/policy";

import type { WorkItem } from "./work-item";

const KIND = "台账";

/** Imported plans that a person has to confirm, and those that only wait to be put in force: one item each. */
export async function tasksToConfirm(db: Database, scope: Scope): Promise<WorkItem[]> {
  const open = sql<number>`count(*) filter (where not ${ledgerTasks.confirmed})::int`;
  const rows = await db
    .select({ id: ledgerPlans.id, title: ledgerPlans.title, tasks: count(), open })
    .from(ledgerPlans)
    .innerJoin(ledgerTasks, eq(ledgerTasks.planId, ledgerPlans.id))
    .where(and(inArray(ledgerPlans.regionId, [...scope.regionIds]), eq(ledgerPlans.state, "confirming")))
    .groupBy(ledgerPlans.id)
    .orderBy(asc(ledgerPlans.importedAt), asc(ledgerPlans.id));
  return rows.map((plan) => ({
    key: `ledger-plan ${plan.id}`,
    kind: KIND,
    what: plan.open > 0 ? "确认任务" : "下达任务",
    title:
      plan.open > 0
        ? `${plan.title}：导入的 ${plan.tasks} 项任务有 ${plan.open} 项待确认`
        : `${plan.title}：${plan.tasks} 项任务已确认，待下达执行`,
    unitName: null,
    href: plan.open > 0 ? `/tasks/plans/${plan.id}?show=unconfirmed` : `/tasks/plans/${plan.id}`,
    dueOn: null,
  }));
}

/** Tasks that units ask to close; not what one asked oneself. */
export async function tasksToClose(db: Database, scope: Scope, actor: Actor): Promise<WorkItem[]> {
  const rows = await db
    .select({
      id: ledgerTasks.id,
      number: ledgerTasks.number,
      title: ledgerTasks.title,
      content: ledgerTasks.content,
      plan: ledgerPlans.title,
      closingBy: ledgerTasks.closingBy,
    })
    .from(ledgerTasks)
    .innerJoin(ledgerPlans, eq(ledgerPlans.id, ledgerTasks.planId))
    .where(
      and(
        inArray(ledgerTasks.regionId, [...scope.regionIds]),
        eq(ledgerTasks.state, "closing"),
        eq(ledgerPlans.state, "active"),
      ),
    )
    .orderBy(asc(ledgerPlans.issuedOn), asc(ledgerTasks.number));
  return rows
    .filter(({ closingBy }) => !samePerson(actor, closingBy))
    .map(({ id, number, title, content, plan }) => ({
      key: `ledger-closing ${id}`,
      kind: KIND,
      what: "核实办结申请",
      title: `${title ?? content.slice(0, 40)}（${plan}第 ${number} 项）`,
      unitName: null,
      href: `/tasks/${id}`,
      dueOn: null,
    }));
}

/** What the unit has not told yet of its tasks this month, as one item; likewise last month until its day has come. */
export async function updatesToWrite(db: Database, scope: Scope, today: LocalDate): Promise<WorkItem[]> {
  if (scope.unitId === null) return [];
  const due = await dueUpdates(db, scope.unitId, today);
  return due.map(({ period, isCurrent, tasks, dueOn }) => ({
    key: `ledger-updates ${period} ${dueOn}`,
    kind: KIND,
    what: "填报任务进展",
    title: `${isCurrent ? "本月" : formatPeriod(period)}任务进展 ${tasks} 项待填`,
    unitName: null,
    href: "/tasks?show=noUpdate",
    dueOn,
  }));
}
