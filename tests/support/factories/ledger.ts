import type { Database } from "@db/client";
import { ledgerPlans, ledgerTasks, ledgerTaskUnits, unitCollectionMembers, unitCollections } from "@db/schema";
import { localDate } from "~/kernel/local-date";
import { newId } from "~/platform/ids.server";

type PlanRow = typeof ledgerPlans.$inferInsert;
type TaskRow = typeof ledgerTasks.$inferInsert;

/** A plan whose tasks are followed; under way unless said otherwise. */
export async function makePlan(db: Database, regionId: string, more: Partial<PlanRow> = {}): Promise<string> {
  const id = newId();
  await db.insert(ledgerPlans).values({
    id,
    regionId,
    title: `工作方案${id.slice(-6)}`,
    issuedOn: localDate("2026-01-05"),
    state: "active",
    importedBy: "tester",
    importedAt: new Date("2026-01-05T02:00:00Z"),
    ...more,
  });
  return id;
}

/** Whom a task names: a unit, or a group by its name. */
export interface Named {
  readonly role?: "lead" | "responsible";
  readonly unitId?: string;
  readonly group?: string;
}

let running = 0;

/** A task of a plan that names units and groups; due on 2026-07-10 unless said otherwise. */
export async function makeLedgerTask(
  db: Database,
  { planId, regionId }: { readonly planId: string; readonly regionId: string },
  named: readonly Named[],
  more: Partial<TaskRow> = {},
): Promise<string> {
  const id = newId();
  await db.insert(ledgerTasks).values({
    id,
    regionId,
    planId,
    number: ++running,
    section: "（一）",
    title: `任务${id.slice(-6)}`,
    content: "做好对接。",
    deadlineKind: "byDate",
    deadlineText: "2026年7月10日前",
    deadlines: [{ on: "2026-07-10", what: "", mode: "by" }],
    doubts: [],
    confirmed: true,
    ...more,
  });
  const rows = named.map(({ role = "lead", unitId, group }, index) => ({
    taskId: id,
    role,
    position: index + 1,
    regionId,
    mention: group ?? `单位${index}`,
    kind: group === undefined ? ("unit" as const) : ("group" as const),
    unitId: unitId ?? null,
  }));
  if (rows.length > 0) await db.insert(ledgerTaskUnits).values(rows);
  return id;
}

/** A named group of units, each a member from a day to another. */
export async function makeGroup(
  db: Database,
  regionId: string,
  name: string,
  members: readonly { readonly unitId: string; readonly from?: string; readonly to?: string }[],
): Promise<void> {
  const id = newId();
  await db.insert(unitCollections).values({ id, regionId, name });
  if (members.length === 0) return;
  await db.insert(unitCollectionMembers).values(
    members.map(({ unitId, from = "2010-01-01", to }) => ({
      collectionId: id,
      unitId,
      fromOn: localDate(from),
      toOn: to === undefined ? null : localDate(to),
    })),
  );
}
