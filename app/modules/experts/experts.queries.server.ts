import { and, asc, count, eq, isNull, sql, type SQL } from "drizzle-orm";

import type { Database } from "@db/client";
import { expertOpinions, expertPanels, expertProfiles, users } from "@db/schema";
import { contains } from "~/platform/like.server";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

const PAGE_SIZE = 50;

/** What the register of experts can be asked; everything is in the address. */
export interface ExpertQuery {
  readonly q: string;
  readonly specialty: string;
  readonly page: number;
}

/** Reads the question from an address; what is unknown is ignored, never an error. */
export function readExpertQuery(params: URLSearchParams): ExpertQuery {
  const page = Number(params.get("page"));
  return {
    q: (params.get("q") ?? "").trim().slice(0, 50),
    specialty: (params.get("specialty") ?? "").trim().slice(0, 50),
    page: Number.isInteger(page) && page > 0 && page < 10_000 ? page : 1,
  };
}

const registered = (scope: Scope): SQL | undefined =>
  and(isNull(users.disabledAt), inScope(scope, { unitId: users.unitId, regionId: expertProfiles.regionId }));

/** One page of the register with each expert's load and how often he had to avoid, and how many experts there are. */
export async function listExperts(db: Database, scope: Scope, query: ExpertQuery) {
  const record = db
    .select({
      expertId: expertOpinions.expertId,
      invited: count().as("invited"),
      open: sql<number>`count(*) filter (where ${expertPanels.state} = 'open' and ${expertOpinions.givenAt} is null
        and ${expertOpinions.releasedAt} is null and ${expertOpinions.avoids} is not true)::int`.as("open"),
      given: sql<number>`count(${expertOpinions.givenAt})::int`.as("given"),
      declared: sql<number>`count(${expertOpinions.declaredAt})::int`.as("declared"),
      avoided: sql<number>`count(*) filter (where ${expertOpinions.avoids})::int`.as("avoided"),
    })
    .from(expertOpinions)
    .innerJoin(expertPanels, eq(expertPanels.id, expertOpinions.panelId))
    .groupBy(expertOpinions.expertId)
    .as("record");
  const like = contains(query.q);
  const where = and(
    registered(scope),
    query.specialty ? eq(expertProfiles.specialty, query.specialty) : undefined,
    query.q
      ? sql`(${users.name} like ${like} or ${expertProfiles.specialty} like ${like} or ${expertProfiles.employer} like ${like})`
      : undefined,
  );
  const [rows, [total]] = await Promise.all([
    db
      .select({
        id: users.id,
        name: users.name,
        specialty: expertProfiles.specialty,
        employer: expertProfiles.employer,
        title: expertProfiles.title,
        invited: sql<number>`coalesce(${record.invited}, 0)::int`,
        open: sql<number>`coalesce(${record.open}, 0)`,
        given: sql<number>`coalesce(${record.given}, 0)`,
        declared: sql<number>`coalesce(${record.declared}, 0)`,
        avoided: sql<number>`coalesce(${record.avoided}, 0)`,
      })
      .from(expertProfiles)
      .innerJoin(users, eq(users.id, expertProfiles.userId))
      .leftJoin(record, eq(record.expertId, users.id))
      .where(where)
      .orderBy(asc(expertProfiles.specialty), asc(users.name), asc(users.id))
      .limit(PAGE_SIZE)
      .offset((query.page - 1) * PAGE_SIZE),
    db.select({ n: count() }).from(expertProfiles).innerJoin(users, eq(users.id, expertProfiles.userId)).where(where),
  ]);
  return { rows, total: total?.n ?? 0, pageSize: PAGE_SIZE };
}

/** The specialties on the register, for its filter. */
export async function specialties(db: Database, scope: Scope): Promise<string[]> {
  const rows = await db
    .selectDistinct({ specialty: expertProfiles.specialty })
    .from(expertProfiles)
    .innerJoin(users, eq(users.id, expertProfiles.userId))
    .where(registered(scope))
    .orderBy(asc(expertProfiles.specialty));
  return rows.map(({ specialty }) => specialty);
}
