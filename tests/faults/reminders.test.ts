import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

import { asc, eq, inArray, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";

import { openDatabase } from "@db/client";
import { messages, monthlyReports, reportReminders, sendings } from "@db/schema";
import { makeCity, makeUnit } from "@tests/support/factories";
import { makeRobot } from "@tests/support/factories/messages";
import { makeProjectUnderWay } from "@tests/support/factories/progress";
import { testDatabase, testDatabaseUrl } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import { newId } from "~/platform/ids.server";

/** `npm run test:faults` runs the full size; the gate a smaller one. */
const UNITS = process.env.FAULTS === "full" ? 60 : 8;
const KILLS = process.env.FAULTS === "full" ? 20 : 3;
const REPORTS_OF_A_UNIT = 3;
const PATIENCE_MS = 120_000;
const DAY = "2026-07-10";

const db = testDatabase();

/** A process that reminds; it ends by itself when it is done. */
const startWorker = () =>
  spawn(process.execPath, ["--import", "tsx", "tests/faults/reminder-worker.ts", testDatabaseUrl(), DAY], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...process.env, LOG_LEVEL: "error" },
  });

const reminded = () => db.$count(reportReminders);

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) expect.fail(`${what} did not happen in time`);
    await delay(20);
  }
}

/** Is a process of another connection waiting for a row that is held here? */
const somebodyWaits = async () =>
  (
    await db.execute<{ n: number }>(
      sql`select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
    )
  )[0]?.n !== 0;

/** Starts a worker, lets it come as far as a report that is held, in the middle of that unit's transaction, and kills it. */
async function killAt(reportId: string): Promise<void> {
  const holder = openDatabase(testDatabaseUrl(), { max: 1, statementTimeoutMs: PATIENCE_MS });
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let held: () => void = () => undefined;
  const isHeld = new Promise<void>((resolve) => (held = resolve));
  const holding = holder.transaction(async (tx) => {
    await tx.select().from(monthlyReports).where(eq(monthlyReports.id, reportId)).for("update");
    held();
    await released;
  });
  await isHeld;
  const worker = startWorker();
  await until(somebodyWaits, "the worker's wait");
  const gone = once(worker, "exit");
  worker.kill("SIGKILL");
  await gone;
  release();
  await holding;
  await holder.close();
  // The server ends what the dead process had begun as soon as it notices.
  await until(async () => !(await somebodyWaits()), "the end of the dead process's transaction");
}

describe("reminders by processes that are killed between and within their transactions", () => {
  it("reach each person once for each stage, and nobody is left out", { timeout: PATIENCE_MS * 3 }, async () => {
    const city = await makeCity(db);
    const people: string[] = [];
    const unitIds: string[] = [];
    for (let at = 0; at < UNITS; at++) {
      const unitId = await makeUnit(db, city.regionId, `单位${at}`);
      unitIds.push(unitId);
      people.push((await city.as("filer", unitId)).userId, (await city.as("unitLead", unitId)).userId);
      await makeRobot(city, { unitId });
      for (let n = 0; n < REPORTS_OF_A_UNIT; n++) {
        const { id: projectId } = await makeProjectUnderWay(city, { startedOn: "2026-06-01", more: { unitId } });
        await db.insert(monthlyReports).values({
          ...{ id: newId(), projectId, unitId, regionId: city.regionId, state: "open", period: period("2026-06") },
          dueOn: localDate("2026-07-15"),
        });
      }
    }
    const reports = await db
      .select({ id: monthlyReports.id, unitId: monthlyReports.unitId })
      .from(monthlyReports)
      .orderBy(asc(monthlyReports.unitId), asc(monthlyReports.id));

    // Struck at units one after the other along the way: what lies before each was reminded of, the unit itself was not.
    const progress: number[] = [];
    for (let kill = 1; kill <= KILLS; kill++) {
      const unit = Math.floor((kill * UNITS) / (KILLS + 1));
      await killAt(reports[unit * REPORTS_OF_A_UNIT]?.id ?? expect.fail("no report"));
      progress.push(await reminded());
      expect(progress.at(-1)).toBe(unit * REPORTS_OF_A_UNIT);
      // A message without its reminder, or a reminder without its message, would be doubled or lost from now on.
      expect(await db.$count(messages, inArray(messages.userId, people))).toBe(unit * 2);
    }
    const last = [startWorker(), startWorker()];
    await Promise.all(last.map((worker) => once(worker, "exit")));

    const told = await db
      .select({ userId: messages.userId, title: messages.title })
      .from(messages)
      .where(inArray(messages.userId, people));
    console.log(
      JSON.stringify({
        test: "reminders",
        reports: reports.length,
        people: people.length,
        kills: KILLS,
        remindedAtEachKill: progress,
        reminders: await reminded(),
        messages: told.length,
        distinctPeople: new Set(told.map(({ userId }) => userId)).size,
      }),
    );
    expect(await reminded()).toBe(reports.length);
    expect(told).toHaveLength(people.length);
    expect(new Set(told.map(({ userId }) => userId)).size).toBe(people.length);
    for (const { title } of told) expect(title).toContain(`您单位有 ${REPORTS_OF_A_UNIT} 份2026年6月月报`);
    expect(await db.$count(sendings, eq(sendings.regionId, city.regionId))).toBe(UNITS);
  });
});
