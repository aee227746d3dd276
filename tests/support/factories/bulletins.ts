import { seedStarterScheme } from "@seeds/reference/starter-scheme";
import { localDate } from "~/kernel/local-date";
import { period, type Period } from "~/kernel/period";
import type { Database } from "@db/client";
import type { Actor } from "~/kernel/actor";
import { freezePeriod, publishPeriod } from "~/modules/assessment/index.server";
import type { DraftInput } from "~/modules/bulletins/bulletin.schema";
import { draftBulletin } from "~/modules/bulletins/draft-bulletin.server";

import { makeCity, type TestCity } from "../factories";
import {
  makeDemand,
  makeItem,
  makePayment,
  makeProject,
  makeReport,
  makeResource,
  makeTask,
  makeYearSplit,
  UNDER_WAY,
} from "./assessment";
import { makeSystem } from "./systems";
import { accepted } from "./projects";

export const JUNE = period("2026-06");

export interface AssessedCity extends TestCity {
  readonly assessor: Actor;
  readonly leader: Actor;
  /** freezes a month as of the test's today and tells the units their scores */
  readonly assess: (month?: Period) => Promise<string>;
  readonly draft: (periodId: string, more?: Partial<DraftInput>) => Promise<string>;
}

/** A small city with a scheme, whose months can be assessed and told in bulletins. */
export async function makeAssessedCity(db: Database): Promise<AssessedCity> {
  const city = await makeCity(db);
  await db.transaction((tx) => seedStarterScheme(tx, city.regionId));
  const [assessor, leader] = await Promise.all([city.as("bureauAssessor"), city.as("leader")]);
  return {
    ...city,
    assessor,
    leader,
    assess: async (month = JUNE) => {
      const { periodId } = accepted(await freezePeriod(city.ctx(assessor), { period: month }));
      accepted(await publishPeriod(city.ctx(assessor), { periodId, version: 2 }));
      return periodId;
    },
    draft: async (periodId, more = {}) =>
      accepted(await draftBulletin(city.ctx(assessor), { ...draftInput(periodId), ...more })).id,
  };
}

export const draftInput = (periodId: string): DraftInput => ({
  periodId,
  basis: ["“数字政府”综合改革试点方案"],
  rectifyBy: localDate("2026-08-10"),
  contactName: "林晓彤",
  contactPhone: "0750-8933000",
});

/** Something to tell of June in two units: lights, reports, money, data, systems, what is overdue. */
export async function makeEvents(city: TestCity): Promise<void> {
  const { db, regionId } = city;
  const own = { db, regionId, unitId: city.unitId };
  const other = { db, regionId, unitId: city.otherUnitId };

  const pipes = await makeProject(own, "智慧管网系统", UNDER_WAY);
  const water = await makeProject(other, "智慧水务系统", UNDER_WAY);
  await makeProject(other, "河长制平台", [["submitted", "2026-06-02"]]);
  const percents = { plannedPercent: "60", actualPercent: "35" };
  await makeReport(own, pipes, "2026-06", "2026-07-15", "2026-07-14", { light: "green" });
  await makeReport(other, water, "2026-06", "2026-07-15", "2026-07-17", { light: "red", ...percents });

  await makeYearSplit(own, pipes, 2026, 100_000_000);
  await makeYearSplit(other, water, 2026, 50_000_000);
  await makePayment(own, pipes, 12_345_600, "2026-05-10", "2026-05-12");

  await makeSystem(own, "管网普查系统", 7);
  await makeSystem(other, "水情系统", 3);
  const collected = { publishedOn: localDate("2026-05-06"), collectedOn: localDate("2026-05-20") };
  await makeResource(own, "供水管网基础信息", collected);
  await makeResource(other, "水库水位信息");
  await makeDemand(own, city.otherUnitId, "水位数据", { dueOn: localDate("2026-05-01") });

  await makeTask(own, 7, "2026-06-21");
  await makeItem(other, "督〔2026〕3号", "2026-06-30", null);
}
