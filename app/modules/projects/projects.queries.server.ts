import { and, asc, desc, eq, sql, type SQL } from "drizzle-orm";

import type { Database } from "@db/client";
import { projects } from "@db/schema";
import { keysOf, PROJECT_STAGES, type ProjectStage } from "~/kernel/vocabulary";
import { isWantedUnit, readWantedUnit } from "~/modules/identity/index.server";
import { countAll, pageOf } from "~/platform/paging.server";
import { inScope } from "~/platform/scope.server";
import { isFound } from "~/platform/search.server";
import type { Scope } from "~/policy";

const PAGE_SIZE = 50;

/** What the project list can be asked; everything is in the address. */
export interface ProjectQuery {
  readonly q: string;
  readonly stage: ProjectStage | undefined;
  readonly year: number | undefined;
  /** a unit's id, or words of its name */
  readonly unit: string | undefined;
  readonly sort: "code" | "name" | "declaredFen" | "updatedAt";
  readonly descending: boolean;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readProjectQuery(params: URLSearchParams): ProjectQuery {
  const stage = params.get("stage");
  const year = Number(params.get("year"));
  const sort = params.get("sort");
  const page = Number(params.get("page"));
  return {
    q: (params.get("q") ?? "").trim().slice(0, 100),
    stage: keysOf(PROJECT_STAGES).find((s) => s === stage),
    year: Number.isInteger(year) && year > 2000 && year < 2100 ? year : undefined,
    unit: readWantedUnit(params),
    sort: sort === "name" || sort === "declaredFen" || sort === "updatedAt" ? sort : "code",
    descending: params.get("order") !== "asc",
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

/** One page of projects within a scope, and how many there are in all. */
export async function listProjects(db: Database, scope: Scope, query: ProjectQuery) {
  const conditions: (SQL | undefined)[] = [
    inScope(scope, { unitId: projects.unitId, regionId: projects.regionId }),
    query.stage && eq(projects.stage, query.stage),
    query.year ? eq(projects.year, query.year) : undefined,
    isWantedUnit(projects.unitId, query.unit),
    query.q ? matches(query.q) : undefined,
  ];
  const where = and(...conditions);
  const column = query.sort === "name" ? sql`${projects.name} collate "zh-Hans-CN-x-icu"` : projects[query.sort];
  const rows = await db
    .select({
      id: projects.id,
      code: projects.code,
      name: projects.name,
      // Looked up for the rows of the page alone; joined, every unit would be read first.
      unitName: sql<string>`(select u.name from units u where u.id = ${projects.unitId})`,
      nature: projects.nature,
      stage: projects.stage,
      light: projects.light,
      lightAsOf: projects.lightAsOf,
      declaredFen: projects.declaredFen,
      reviewedFen: projects.reviewedFen,
      plannedPercent: projects.plannedPercent,
      actualPercent: projects.actualPercent,
      total: countAll(projects, where),
    })
    .from(projects)
    .where(where)
    .orderBy(query.descending ? desc(column) : asc(column), asc(projects.id))
    .limit(PAGE_SIZE)
    .offset((query.page - 1) * PAGE_SIZE);
  return { ...(await pageOf(db, rows, { table: projects, where, page: query.page })), pageSize: PAGE_SIZE };
}

/** Chinese text, project number or pinyin initials. */
const matches = (q: string): SQL | undefined =>
  isFound(q, {
    searchGrams: projects.searchGrams,
    normalizedName: projects.normalizedName,
    whole: sql`(${projects.normalizedName} || ' ' || lower(regexp_replace(${projects.code}, '[^[:alnum:]]', '', 'g')) || ' ' || ${projects.initials})`,
  });
