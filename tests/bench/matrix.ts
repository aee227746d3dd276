import type { Database } from "@db/client";
import { regions } from "@db/schema";
import { DEMO_TODAY } from "@seeds/demo/today";
import { readMatrix, readMatrixQuery, readUnitMatrix } from "~/modules/progress/matrix/report-matrix.queries.server";
import type { Scope } from "~/policy";

import { medianMs, round, type BenchFigure } from "./figure";
import type { RunningServer } from "./pages";

const RUNS = 40;

/** What the page must read at least: how every report of the twelve months stands, and those of fifty rows by themselves. */
const SENT = `first_submitted_at < '${DEMO_TODAY} 16:00Z'`;
const IN_TIME = `${SENT} and (first_submitted_at at time zone 'Asia/Shanghai')::date <= due_on`;
const STATUS = `case when ${IN_TIME} then 'onTime' when ${SENT} then 'late'
  when due_on < '${DEMO_TODAY}' then 'missing' else 'notDue' end`;
const COUNTS = `select period, light, count(*), count(*) filter (where ${SENT}), count(*) filter (where ${IN_TIME}),
    count(*) filter (where due_on < '${DEMO_TODAY}' and (${SENT}) is not true)
  from monthly_reports where period between '2025-08' and '2026-07' group by 1, 2`;
const BARE = {
  unit: `select r.unit_id, r.period, ${STATUS}, r.light, count(*) from monthly_reports r
    where r.period between '2025-08' and '2026-07' and r.unit_id in (
      select u.id from units u where exists (
        select 1 from monthly_reports m where m.unit_id = u.id and m.period between '2025-08' and '2026-07')
      order by u."group", u.position limit 50)
    group by 1, 2, 3, 4`,
  project: `select r.project_id, r.period, ${STATUS}, r.light from monthly_reports r
    where r.period between '2025-08' and '2026-07' and r.project_id in (
      select p.id from projects p join units u on u.id = p.unit_id where exists (
        select 1 from monthly_reports m where m.project_id = p.id and m.period between '2025-08' and '2026-07')
      order by u."group", u.position, p.code limit 50)`,
} as const;

/** The matrix of a whole city by unit and by project, each beside its bare SQL, and the pages that show it. */
export async function benchMatrix({ address, cookie }: RunningServer, db: Database): Promise<BenchFigure[]> {
  const scope: Scope = {
    regionIds: (await db.select({ id: regions.id }).from(regions)).map(({ id }) => id),
    unitId: null,
    operatorUnitId: null,
  };
  const query = readMatrixQuery(new URLSearchParams(), DEMO_TODAY);
  const asked = [
    ["matrixByUnit", () => readUnitMatrix(db, scope, query, DEMO_TODAY), BARE.unit],
    ["matrixByProject", () => readMatrix(db, scope, query, DEMO_TODAY), BARE.project],
  ] as const;
  const figures: BenchFigure[] = [];
  for (const [figure, read, rows] of asked) {
    await medianMs(5, read);
    const value = await medianMs(RUNS, read);
    const bare = await medianMs(RUNS, () => Promise.all([db.execute(COUNTS), db.execute(rows)]));
    figures.push({
      figure,
      value: round(value),
      unit: "ms, median",
      bareSqlMs: round(bare),
      ratio: round(value / bare),
    });
  }
  for (const [figure, url] of [
    ["matrixPageByUnit", "/reports?by=unit"],
    ["matrixPageByProject", "/reports?by=project"],
    ["matrixPageOfReports", "/reports?by=report&status=missing"],
  ] as const) {
    const get = async () => {
      const response = await fetch(address + url, { headers: { cookie } });
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
    };
    await medianMs(10, get);
    figures.push({ figure, value: round(await medianMs(RUNS, get)), unit: "ms, median of one request at a time" });
  }
  return figures;
}
