import { sql } from "drizzle-orm";

import type { Database, Transaction } from "@db/client";
import { monthlyReports, projects } from "@db/schema";
import { addMonths, localDate, type LocalDate } from "~/kernel/local-date";
import { openReports } from "~/modules/progress/duty/open-reports.server";

import { round, type BenchFigure } from "./figure";

const PROJECTS = 10_000;
const RUNS = 5;
/** The months before the one that is opened; each project has its reports of them. */
const BEGAN = localDate("2025-08-01");
const LAST_OPENED = localDate("2026-07-31");

class Undone extends Error {}

/** Opening a new month for ten thousand projects under way, a year after their beginning. Leaves nothing behind. */
export async function benchMonths(db: Database): Promise<BenchFigure[]> {
  const times: number[] = [];
  let rows = 0;
  await db
    .transaction(async (tx) => {
      await generateProjects(tx);
      await openReports(tx, LAST_OPENED);
      await tx.execute(sql`analyze ${projects}, ${monthlyReports}`);
      for (let run = 1; run <= RUNS; run++) {
        const month: LocalDate = addMonths(LAST_OPENED, run);
        const begun = performance.now();
        rows = await openReports(tx, month);
        times.push(performance.now() - begun);
      }
      throw new Undone();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  const value = round(times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? NaN);
  return [{ figure: "openMonth10000", value, unit: "ms, median", rows, runs: RUNS }];
}

/** Copies of a project that is there, under way since a year. */
const generateProjects = (tx: Transaction) =>
  tx.execute(sql`
    insert into projects
    select (jsonb_populate_record(model, jsonb_build_object(
      'id', gen_random_uuid(), 'code', 'BENCH-' || n, 'stage', 'implementation', 'started_on', ${BEGAN}::text))).*
    from (select projects as model from projects order by id limit 1) as one, generate_series(1, ${PROJECTS}) as n`);
