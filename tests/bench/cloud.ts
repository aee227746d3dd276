import { sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { regions, units } from "@db/schema";
import { DEMO_TODAY } from "@seeds/demo/today";
import {
  cloudRateHistory,
  cloudRateOfAll,
  cloudRates,
  cloudRatesOfBatches,
  cloudRatesOfRegions,
} from "~/modules/systems/cloud/rates/rates.queries.server";
import { historyDays } from "~/modules/systems/cloud/rates/unit.queries.server";
import type { Scope } from "~/policy";

import { medianMs, round, type BenchFigure } from "./figure";
import type { RunningServer } from "./pages";

const RUNS = 40;

/** What every rate must read at least: the systems that count, and which of them passed the two steps. */
const BARE = (group: string) => `
  select ${group}, count(*), count(*) filter (where exists (select 1 from cloud_steps c where c.system_id = s.id
      and c.step = '安全检测' and c.completed_on <= '${DEMO_TODAY}' and (c.rolled_back_on is null or c.rolled_back_on > '${DEMO_TODAY}'))
    and exists (select 1 from cloud_steps c where c.system_id = s.id
      and c.step = '服务开通' and c.completed_on <= '${DEMO_TODAY}' and (c.rolled_back_on is null or c.rolled_back_on > '${DEMO_TODAY}')))
  from systems s join cloud_standings t on t.system_id = s.id and t.from_on <= '${DEMO_TODAY}'
    and (t.to_on is null or t.to_on > '${DEMO_TODAY}')
  where s.registered_on <= '${DEMO_TODAY}' and (s.retired_on is null or s.retired_on > '${DEMO_TODAY}')
    and (t.scope = 'in' or (t.scope = 'special' and not t.managed))
  group by 1`;

/** The rates of a whole city as of a day, each beside its bare SQL, and the pages that show them. */
export async function benchCloud({ address, cookie }: RunningServer, db: Database): Promise<BenchFigure[]> {
  const scope: Scope = {
    regionIds: (await db.select({ id: regions.id }).from(regions)).map(({ id }) => id),
    unitId: null,
    operatorUnitId: null,
  };
  const [unit] = await db
    .select({ id: units.id })
    .from(units)
    .where(sql`${units.code} like 'GM%'`)
    .limit(1);
  const asked = [
    ["cloudRateOfAll", () => cloudRateOfAll(db, scope, DEMO_TODAY), BARE("1")],
    ["cloudRatesOfUnits", () => cloudRates(db, scope, DEMO_TODAY), BARE("t.unit_id")],
    ["cloudRatesOfBatches", () => cloudRatesOfBatches(db, scope, DEMO_TODAY), BARE("t.batch_id")],
    ["cloudRatesOfRegions", () => cloudRatesOfRegions(db, scope, DEMO_TODAY), BARE("t.region_id")],
    ["cloudHistoryOfUnit", () => cloudRateHistory(db, unit?.id ?? "", historyDays(DEMO_TODAY)), undefined],
  ] as const;
  const figures: BenchFigure[] = [];
  for (const [figure, read, bareSql] of asked) {
    await medianMs(5, read);
    const value = await medianMs(RUNS, read);
    const bare = bareSql ? await medianMs(RUNS, () => db.execute(bareSql)) : undefined;
    figures.push({
      figure,
      value: round(value),
      unit: "ms, median",
      ...(bare !== undefined && { bareSqlMs: round(bare), ratio: round(value / bare) }),
    });
  }
  for (const [figure, url] of [
    ["cloudBoard", "/cloud"],
    ["cloudList", "/cloud/list"],
    ["cloudUnits", "/cloud/units"],
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
