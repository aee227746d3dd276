import path from "node:path";

import { projectRoot } from "@db/project-root";
import type { regions } from "@db/schema";
import { localDate, startOfDay } from "~/kernel/local-date";
import { keysOf, REGION_LEVELS } from "~/kernel/vocabulary";

import { readCsv } from "../data/read-csv";
import { demoId } from "./demo-id";

type RegionRow = typeof regions.$inferInsert;

/** The city of the demonstration. */
export const CITY_CODE = "440784";

/** Monthly reports are due on the 15th of the month after. @source domain.md §7 */
const REPORTING_DAY = 15;

/** Before anything else in the demonstration happened. */
export const FOUNDED_AT = startOfDay(localDate("2024-01-01"));

/** A file of `seeds/data` as records. */
export const readSeedCsv = (file: string) => readCsv(path.join(projectRoot(), "seeds/data", file));

/** The regions around the city, parents first. */
export function cityRegions(): RegionRow[] {
  const byCode = new Map<string, RegionRow>();
  for (const { 代码: code = "", 名称: name = "", 层级: level, 上级代码: parentCode } of readSeedCsv("regions.csv")) {
    const parent = parentCode ? byCode.get(parentCode) : undefined;
    const known = keysOf(REGION_LEVELS).find((each) => each === level);
    if (!known || (parentCode && !parent)) throw new Error(`regions.csv: level or parent of ${code} is unknown`);
    byCode.set(code, {
      id: demoId("region", code, FOUNDED_AT),
      parentId: parent?.id ?? null,
      code,
      name,
      level: known,
      path: `${parent?.path ?? "/"}${code}/`,
      reportingDay: REPORTING_DAY,
    });
  }
  return [...byCode.values()];
}
