import type { Database } from "@db/client";
import { groupBy } from "~/kernel/group-by";
import type { LocalDate } from "~/kernel/local-date";
import { keysOf, TEST_KINDS, type TestKind } from "~/kernel/vocabulary";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import { businessTime } from "~/platform/installation.server";
import type { ScheduledJob } from "~/platform/jobs.server";

import { securityRegister, type RegisteredTest, type RegisterRow } from "./register.queries.server";
import { sayReminder } from "./security-test.words";
import type { ReminderStage, TestStanding } from "./standing.rules";

interface Clock {
  readonly now: Date;
  readonly today: LocalDate;
}

/** A test that runs out or has run out, and that nobody has replaced by one that waits to be confirmed. */
export interface DueTest {
  readonly row: RegisterRow;
  readonly kind: TestKind;
  readonly standing: TestStanding<RegisteredTest> & { readonly dueOn: LocalDate; readonly stage: ReminderStage };
}

/** The tests among the rows of the register whose unit has something to do about their last valid day. */
export const dueTests = (rows: readonly RegisterRow[]): DueTest[] =>
  rows.flatMap((row) =>
    keysOf(TEST_KINDS).flatMap((kind) => {
      const standing = row[kind];
      if (!standing || row.waiting[kind] > 0) return [];
      const { dueOn, stage } = standing;
      return dueOn !== null && stage !== null ? [{ row, kind, standing: { ...standing, dueOn, stage } }] : [];
    }),
  );

/**
 * Tells filers and leaders of units which tests run out, twice before and once after the last valid day. Each day and
 * stage is told of once, however often this runs; what a day without a run missed is told by the next.
 * @returns how many reminders there were
 * @source rule figures security.remindDays, security.remindAgainDays
 */
export async function remindOfTests(
  db: Database,
  { now, today }: Clock,
  only: { readonly regionId?: string } = {},
): Promise<number> {
  const scope = only.regionId ? { regionIds: [only.regionId], unitId: null, operatorUnitId: null } : undefined;
  const due = dueTests(await securityRegister(db, scope, today));
  for (const [unitId, ofUnit] of groupBy(due, ({ row }) => row.unitId)) {
    const regionId = ofUnit[0]?.row.regionId;
    if (!regionId) continue;
    await db.transaction(async (tx) => {
      const [filers, leads] = await Promise.all([
        usersWithRole(tx, { role: "filer", unitId, regionId }),
        usersWithRole(tx, { role: "unitLead", unitId, regionId }),
      ]);
      const userIds = [...filers, ...leads].map(({ id }) => id);
      for (const { row, kind, standing } of ofUnit) {
        await notify(
          tx,
          { actor: { regionId }, now },
          {
            userIds,
            title: `${sayReminder(kind, standing)}：${row.name}`,
            href: `/systems/${row.id}#security`,
            occasion: `security-test ${row.id} ${kind} ${standing.dueOn} ${standing.stage}`,
          },
        );
      }
    });
  }
  return due.length;
}

/** Before the offices open. */
export const securityJobs: readonly ScheduledJob[] = [
  {
    name: "security-test-reminders",
    cron: "30 7 * * *",
    run: async (db) => {
      await remindOfTests(db, await businessTime(db));
    },
  },
];
