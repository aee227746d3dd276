import { and, asc, eq, exists, gte, ilike, inArray, isNull, lte, or, sql, type SQL } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";

import type { Database } from "@db/client";
import { ledgerPlans, ledgerTasks, ledgerTaskUnits, unitCollectionMembers, unitCollections } from "@db/schema";
import { contains } from "~/platform/like.server";
import type { LocalDate } from "~/kernel/local-date";
import { localDate } from "~/kernel/local-date";
import { DEADLINE_KINDS, type DeadlineKind, keysOf } from "~/kernel/vocabulary";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import type { Scope } from "~/policy";

import { overdueDays } from "./ledger.rules";

/** What the ledger can be asked; everything is in the address. */
export interface LedgerQuery {
  readonly q: string;
  /** a unit's id, or words of its name */
  readonly unit: string | undefined;
  readonly kind: DeadlineKind | undefined;
  readonly show: "unconfirmed" | "overdue" | undefined;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readLedgerQuery(params: URLSearchParams): LedgerQuery {
  const show = params.get("show");
  return {
    q: (params.get("q") ?? "").trim().slice(0, 100),
    unit: readWantedUnit(params),
    kind: keysOf(DEADLINE_KINDS).find((kind) => kind === params.get("kind")),
    show: show === "unconfirmed" || show === "overdue" ? show : undefined,
  };
}

/** The tasks within a scope with their units, and how many days the dated ones are overdue today. */
export async function listTasks(db: Database, scope: Scope, query: LedgerQuery, today: LocalDate) {
  const like = contains(query.q);
  const found = await db
    .select({ task: ledgerTasks, plan: ledgerPlans.title })
    .from(ledgerTasks)
    .innerJoin(ledgerPlans, eq(ledgerPlans.id, ledgerTasks.planId))
    .where(
      and(
        withinScope(db, scope, today),
        query.unit ? concerns(db, (unitId) => isWantedUnit(unitId, query.unit), today) : undefined,
        query.kind ? eq(ledgerTasks.deadlineKind, query.kind) : undefined,
        query.show === "unconfirmed" ? eq(ledgerTasks.confirmed, false) : undefined,
        query.q ? or(ilike(ledgerTasks.title, like), ilike(ledgerTasks.content, like)) : undefined,
      ),
    )
    .orderBy(asc(ledgerPlans.issuedOn), asc(ledgerPlans.title), asc(ledgerTasks.number));
  const tasks = found.map(({ task, plan }) => ({ ...task, plan }));
  const mentions =
    tasks.length === 0
      ? []
      : await db
          .select()
          .from(ledgerTaskUnits)
          .where(
            inArray(
              ledgerTaskUnits.taskId,
              tasks.map(({ id }) => id),
            ),
          )
          .orderBy(asc(ledgerTaskUnits.position));
  const named = (taskId: string, role: "lead" | "responsible") =>
    mentions.filter((row) => row.taskId === taskId && row.role === role).map(({ mention }) => mention);
  const rows = tasks.map((task) => ({
    ...task,
    leads: named(task.id, "lead"),
    responsible: named(task.id, "responsible"),
    overdueDays: overdueDays(
      {
        kind: task.deadlineKind,
        text: task.deadlineText,
        dates: task.deadlines.map(({ on, ...date }) => ({ ...date, on: localDate(on) })),
      },
      today,
      task,
    ),
  }));
  return query.show === "overdue" ? rows.filter((row) => row.overdueDays > 0) : rows;
}

/** A region's ledger is whole for who sees the region; a unit sees the tasks that name it or a group it belongs to. */
function withinScope(db: Database, scope: Scope, today: LocalDate): SQL {
  const parts = [
    scope.regionIds.length > 0 ? inArray(ledgerTasks.regionId, [...scope.regionIds]) : undefined,
    scope.unitId ? concerns(db, (unitId) => eq(unitId, scope.unitId), today) : undefined,
  ].filter((part) => part !== undefined);
  return or(...parts) ?? sql`false`;
}

/** Does the task name such a unit, or a group to which it belongs today? */
function concerns(db: Database, isSuch: (unitId: AnyPgColumn) => SQL | undefined, today: LocalDate): SQL {
  const groups = db
    .select({ name: unitCollections.name })
    .from(unitCollectionMembers)
    .innerJoin(unitCollections, eq(unitCollections.id, unitCollectionMembers.collectionId))
    .where(
      and(
        isSuch(unitCollectionMembers.unitId),
        eq(unitCollections.regionId, ledgerTasks.regionId),
        lte(unitCollectionMembers.fromOn, today),
        or(isNull(unitCollectionMembers.toOn), gte(unitCollectionMembers.toOn, today)),
      ),
    );
  return exists(
    db
      .select({ one: sql`1` })
      .from(ledgerTaskUnits)
      .where(
        and(
          eq(ledgerTaskUnits.taskId, ledgerTasks.id),
          or(
            isSuch(ledgerTaskUnits.unitId),
            and(eq(ledgerTaskUnits.kind, "group"), inArray(ledgerTaskUnits.mention, groups)),
          ),
        ),
      ),
  );
}
