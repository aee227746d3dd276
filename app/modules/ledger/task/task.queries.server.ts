import { and, asc, desc, eq } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import {
  domainEvents,
  files,
  ledgerFiles,
  ledgerMomentsMet,
  ledgerTaskUnits,
  ledgerUpdates,
  regions,
  supervisionItems,
  units,
  users,
} from "@db/schema";
import type { Actor } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { addPeriods, type Period, periodOf } from "~/kernel/period";
import { reportDueOn } from "~/kernel/reporting-day";
import { notFound } from "~/kernel/result";
import { loadCalendar } from "~/platform/calendar.server";
import { openFile } from "~/platform/files.server";
import { authorize } from "~/policy";

import { loadUnitDirectory } from "../match/unit-directory.queries.server";
import { type LoadedTask, loadTask, visibleTask } from "./load-task.server";
import { deadlineOf, momentStandings, taskOverdueDays } from "./task.rules";
import { decideUpdate } from "./update.rules";

/**
 * One task with its words, units, dated parts, what units told of it month by month, files, supervised items and history; a
 * fixed number of statements.
 * @throws DomainError notFound outside the actor's sight
 */
export async function readTask(db: DatabaseOrTransaction, actor: Actor, id: string, today: LocalDate) {
  const loaded = visibleTask(actor, await loadTask(db, id));
  const { task, plan, named } = loaded;
  const [mentions, moments, updates, papers, items, events, months] = await Promise.all([
    mentionsOf(db, id),
    db
      .select({
        position: ledgerMomentsMet.position,
        metOn: ledgerMomentsMet.metOn,
        evidence: ledgerMomentsMet.evidence,
        reportedBy: users.name,
      })
      .from(ledgerMomentsMet)
      .leftJoin(users, eq(users.id, ledgerMomentsMet.reportedBy))
      .where(eq(ledgerMomentsMet.taskId, id)),
    updatesOf(db, id),
    filesOf(db, id),
    db
      .select({
        id: supervisionItems.id,
        number: supervisionItems.number,
        state: supervisionItems.state,
        dueOn: supervisionItems.dueOn,
        unitName: units.name,
      })
      .from(supervisionItems)
      .innerJoin(units, eq(units.id, supervisionItems.unitId))
      .where(and(eq(supervisionItems.origin, "ledger"), eq(supervisionItems.originId, id)))
      .orderBy(desc(supervisionItems.registeredOn), desc(supervisionItems.number)),
    db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectType, "task"), eq(domainEvents.subjectId, id)))
      .orderBy(desc(domainEvents.at), desc(domainEvents.id)),
    monthsOf(db, loaded, today),
  ]);
  const standings = momentStandings(deadlineOf(task), loaded.met, today, task.closedOn);
  const ownUpdates = updates.filter(({ unitId }) => unitId === actor.unitId);
  return {
    ...{ task, plan, named, mentions, updates, papers, items, events },
    moments: task.deadlines.map((date, position) => ({
      ...date,
      position,
      standing: standings[position] ?? { state: "undated" as const },
      met: moments.find((each) => each.position === position) ?? null,
    })),
    overdueDays: plan.state === "confirming" ? 0 : taskOverdueDays(task, loaded.met, today),
    /** months of which the actor's unit may write, each with what it wrote */
    writable: months.flatMap(({ period, dueOn }) => {
      const written = ownUpdates.find((update) => update.period === period) ?? null;
      const facts = { today, dueOn, isWritten: written !== null };
      return decideUpdate(period, facts).ok ? [{ period, dueOn, written }] : [];
    }),
    loaded,
  };
}

/** This month and the last with the day until when each is to be told. */
async function monthsOf(
  db: DatabaseOrTransaction,
  { task }: LoadedTask,
  today: LocalDate,
): Promise<{ period: Period; dueOn: LocalDate }[]> {
  const [[region], calendar] = await Promise.all([
    db.select({ reportingDay: regions.reportingDay }).from(regions).where(eq(regions.id, task.regionId)),
    loadCalendar(db, task.regionId),
  ]);
  if (!region) throw new Error(`no region ${task.regionId}`);
  const current = periodOf(today);
  return [current, addPeriods(current, -1)].map((period) => ({
    period,
    dueOn: reportDueOn(calendar, period, region.reportingDay),
  }));
}

const mentionsOf = (db: DatabaseOrTransaction, taskId: string) =>
  db
    .select({
      role: ledgerTaskUnits.role,
      mention: ledgerTaskUnits.mention,
      kind: ledgerTaskUnits.kind,
      unitId: ledgerTaskUnits.unitId,
      unitName: units.name,
    })
    .from(ledgerTaskUnits)
    .leftJoin(units, eq(units.id, ledgerTaskUnits.unitId))
    .where(eq(ledgerTaskUnits.taskId, taskId))
    .orderBy(asc(ledgerTaskUnits.role), asc(ledgerTaskUnits.position));

const updatesOf = (db: DatabaseOrTransaction, taskId: string) =>
  db
    .select({
      id: ledgerUpdates.id,
      period: ledgerUpdates.period,
      progress: ledgerUpdates.progress,
      difficulty: ledgerUpdates.difficulty,
      writtenAt: ledgerUpdates.writtenAt,
      version: ledgerUpdates.version,
      unitId: ledgerUpdates.unitId,
      unitName: units.name,
      writtenBy: users.name,
    })
    .from(ledgerUpdates)
    .innerJoin(units, eq(units.id, ledgerUpdates.unitId))
    .leftJoin(users, eq(users.id, ledgerUpdates.writtenBy))
    .where(eq(ledgerUpdates.taskId, taskId))
    .orderBy(desc(ledgerUpdates.period), desc(ledgerUpdates.writtenAt));

const filesOf = (db: DatabaseOrTransaction, taskId: string) =>
  db
    .select({
      id: ledgerFiles.id,
      updateId: ledgerFiles.updateId,
      name: files.name,
      sizeBytes: files.sizeBytes,
      addedAt: ledgerFiles.addedAt,
      addedBy: users.name,
    })
    .from(ledgerFiles)
    .innerJoin(files, eq(files.id, ledgerFiles.fileId))
    .leftJoin(users, eq(users.id, ledgerFiles.addedBy))
    .where(eq(ledgerFiles.taskId, taskId))
    .orderBy(desc(ledgerFiles.addedAt), desc(ledgerFiles.id));

/**
 * A file of a task, for sending it on.
 * @throws DomainError notFound outside the actor's sight, or when the task has no such file
 */
export async function openTaskFile(db: DatabaseOrTransaction, actor: Actor, taskId: string, paperId: string) {
  visibleTask(actor, await loadTask(db, taskId));
  const [paper] = await db
    .select({ fileId: ledgerFiles.fileId })
    .from(ledgerFiles)
    .where(and(eq(ledgerFiles.id, paperId), eq(ledgerFiles.taskId, taskId)));
  const found = paper && (await openFile(db, paper.fileId));
  if (!found) throw notFound("taskFile");
  return found;
}

/**
 * What the form that corrects a task must know: the task, its names, and everybody who can be named.
 * @throws DomainError notFound, forbidden
 */
export async function readTaskToEdit(db: DatabaseOrTransaction, actor: Actor, id: string) {
  const { task, plan } = visibleTask(actor, await loadTask(db, id));
  authorize(actor, "task:confirm", { regionId: task.regionId, unitId: "" });
  const [mentions, directory] = await Promise.all([mentionsOf(db, id), loadUnitDirectory(db, plan.regionId)]);
  const open = directory.units.filter(({ closedOn }) => closedOn === null);
  return { task, plan, mentions, names: [...directory.groups, ...open].map(({ name }) => name) };
}
