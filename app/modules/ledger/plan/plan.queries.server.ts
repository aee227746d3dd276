import { and, asc, count, desc, eq, inArray, sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { domainEvents, files, ledgerPlans, ledgerTasks, ledgerTaskUnits, units, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { notFound } from "~/kernel/result";
import { openFile } from "~/platform/files.server";
import { scopeFor } from "~/policy";

import { byKey } from "../by-key";
import { membersOn } from "../match/match-units.rules";
import { loadUnitDirectory } from "../match/unit-directory.queries.server";
import { visiblePlan } from "./load-plan.server";

const isConfirmed = sql<number>`count(*) filter (where ${ledgerTasks.confirmed})::int`;
const isClosed = sql<number>`count(*) filter (where ${ledgerTasks.state} = 'closed')::int`;

/** The plans of the regions whose imports the actor confirms, the latest first, with how far each has come. */
export const listPlans = (db: DatabaseOrTransaction, actor: Actor) =>
  db
    .select({
      id: ledgerPlans.id,
      title: ledgerPlans.title,
      documentNumber: ledgerPlans.documentNumber,
      issuedOn: ledgerPlans.issuedOn,
      importedAt: ledgerPlans.importedAt,
      state: ledgerPlans.state,
      tasks: count(ledgerTasks.id),
      confirmed: isConfirmed,
      closed: isClosed,
    })
    .from(ledgerPlans)
    .leftJoin(ledgerTasks, eq(ledgerTasks.planId, ledgerPlans.id))
    .where(inArray(ledgerPlans.regionId, [...scopeFor(actor, "task:confirm").regionIds]))
    .groupBy(ledgerPlans.id)
    .orderBy(desc(ledgerPlans.issuedOn), asc(ledgerPlans.title));

/**
 * A plan with its tasks as they were understood beside their own words, the units that are matched, the groups resolved to
 * who belonged to them on the plan's day, and its history; a fixed number of statements.
 * @throws DomainError notFound outside the regions whose imports the actor confirms
 */
export async function readPlan(db: DatabaseOrTransaction, actor: Actor, id: string) {
  const [row] = await db
    .select({ plan: ledgerPlans, fileName: files.name, importedBy: users.name })
    .from(ledgerPlans)
    .leftJoin(files, eq(files.id, ledgerPlans.fileId))
    .leftJoin(users, eq(users.id, ledgerPlans.importedBy))
    .where(eq(ledgerPlans.id, id));
  const plan = visiblePlan(actor, row?.plan);
  const [tasks, mentions, directory, events] = await Promise.all([
    db.select().from(ledgerTasks).where(eq(ledgerTasks.planId, id)).orderBy(asc(ledgerTasks.number)),
    db
      .select({
        taskId: ledgerTaskUnits.taskId,
        role: ledgerTaskUnits.role,
        mention: ledgerTaskUnits.mention,
        kind: ledgerTaskUnits.kind,
        unitId: ledgerTaskUnits.unitId,
        unitName: units.name,
      })
      .from(ledgerTaskUnits)
      .innerJoin(ledgerTasks, eq(ledgerTasks.id, ledgerTaskUnits.taskId))
      .leftJoin(units, eq(units.id, ledgerTaskUnits.unitId))
      .where(eq(ledgerTasks.planId, id))
      .orderBy(asc(ledgerTaskUnits.role), asc(ledgerTaskUnits.position)),
    loadUnitDirectory(db, plan.regionId),
    db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectType, "taskPlan"), eq(domainEvents.subjectId, id)))
      .orderBy(desc(domainEvents.at), desc(domainEvents.id)),
  ]);
  const nameOf = new Map(directory.units.map((unit) => [unit.id, unit.name]));
  const named = new Set(mentions.filter(({ kind }) => kind === "group").map(({ mention }) => mention));
  const groups = directory.groups
    .filter(({ name }) => named.has(name))
    .map((group) => ({
      name: group.name,
      members: membersOn(group, plan.issuedOn).map((unitId) => nameOf.get(unitId) ?? ""),
    }));
  const mentionsOf = byKey(mentions, ({ taskId }) => taskId);
  return {
    plan,
    fileName: row?.fileName ?? null,
    importedBy: row?.importedBy ?? "",
    groups,
    tasks: tasks.map((task) => ({ ...task, units: mentionsOf.get(task.id) ?? [] })),
    events,
  };
}

/**
 * The sheet that a plan was read from, for sending it on.
 * @throws DomainError notFound outside the actor's sight, or when there is none
 */
export async function openPlanSheet(db: DatabaseOrTransaction, actor: Actor, id: string) {
  const [row] = await db.select().from(ledgerPlans).where(eq(ledgerPlans.id, id));
  const { fileId } = visiblePlan(actor, row);
  const found = fileId === null ? undefined : await openFile(db, fileId);
  if (!found) throw notFound("taskPlanSheet");
  return found;
}
