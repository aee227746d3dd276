import { and, asc, eq, exists, inArray, isNull, not, notExists, sql, type SQL } from "drizzle-orm";

import type { Database } from "@db/client";
import { projects, projectSubmissions, reviews, units } from "@db/schema";
import { EDITABLE_STAGES } from "~/modules/projects";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import type { WorkItem } from "./work-item";

type Words = Pick<WorkItem, "kind" | "what"> & { readonly href: (id: string) => string };

async function projectWork(db: Database, scope: Scope, where: SQL | undefined, words: Words): Promise<WorkItem[]> {
  const rows = await db
    .select({
      id: projects.id,
      regionId: projects.regionId,
      name: projects.name,
      unitName: units.name,
      dueOn: projects.dueOn,
    })
    .from(projects)
    .innerJoin(units, eq(units.id, projects.unitId))
    .where(and(inScope(scope, { unitId: projects.unitId, regionId: projects.regionId }), where))
    .orderBy(asc(projects.code));
  return rows.map(({ id, regionId, name, unitName, dueOn }) => ({
    key: `${words.what} ${id}`,
    kind: words.kind,
    what: words.what,
    title: name,
    unitName,
    href: words.href(id),
    dueOn,
    regionId,
  }));
}

const home = (id: string): string => `/projects/${id}`;

/** Filings that the unit still writes, or has to supplement. */
export async function filingsToFinish(db: Database, scope: Scope): Promise<WorkItem[]> {
  const [draft, returned] = EDITABLE_STAGES;
  const [drafts, supplements] = await Promise.all([
    projectWork(db, scope, eq(projects.stage, draft), { kind: "立项", what: "继续填报", href: home }),
    projectWork(db, scope, eq(projects.stage, returned), { kind: "立项", what: "补正后重新提交", href: home }),
  ]);
  return [...supplements, ...drafts];
}

/** Submitted filings for the unit's leader; not one's own. */
export function filingsToSign(db: Database, scope: Scope, userId: string): Promise<WorkItem[]> {
  const own = db
    .select({ one: sql`1` })
    .from(projectSubmissions)
    .where(
      and(
        eq(projectSubmissions.projectId, projects.id),
        eq(projectSubmissions.submittedBy, userId),
        eq(
          projectSubmissions.round,
          sql`(select max(s.round) from ${projectSubmissions} s where s.project_id = ${projects.id})`,
        ),
      ),
    );
  const where = and(eq(projects.stage, "submitted"), notExists(own));
  return projectWork(db, scope, where, { kind: "立项", what: "签批立项申报", href: home });
}

const openTurn = (db: Database, kind: "formCheck" | "funding") =>
  db
    .select({ one: sql`1` })
    .from(reviews)
    .where(and(eq(reviews.projectId, projects.id), eq(reviews.kind, kind), isNull(reviews.closedAt)));

/** Filings that lie before the bureau: for their form check, or for its opinion. */
export async function filingsToReview(db: Database, scope: Scope): Promise<WorkItem[]> {
  const href = (id: string) => `/projects/${id}/review`;
  const atFormCheck = exists(openTurn(db, "formCheck"));
  const underReview = eq(projects.stage, "underReview");
  const [checks, opinions] = await Promise.all([
    projectWork(db, scope, and(underReview, atFormCheck), { kind: "立项", what: "形式审查", href }),
    projectWork(db, scope, and(underReview, not(atFormCheck)), { kind: "立项", what: "立项审核", href }),
  ]);
  return [...checks, ...opinions];
}

/** Projects whose money finance still reviews. */
export function moneyToReview(db: Database, scope: Scope): Promise<WorkItem[]> {
  const where = and(eq(projects.stage, "underFundingReview"), exists(openTurn(db, "funding")));
  return projectWork(db, scope, where, { kind: "资金", what: "资金评估审查", href: (id) => `/funding/${id}` });
}

/** Projects whose money is reviewed and that wait for the approval. */
export function projectsToApprove(db: Database, scope: Scope): Promise<WorkItem[]> {
  const where = and(eq(projects.stage, "underFundingReview"), not(exists(openTurn(db, "funding"))));
  return projectWork(db, scope, where, { kind: "立项", what: "批复立项", href: (id) => `/projects/${id}/review` });
}

/** Approved projects that the unit has to set going. */
export async function projectsToStart(db: Database, scope: Scope): Promise<WorkItem[]> {
  return projectWork(db, scope, inArray(projects.stage, ["approved", "procurement"]), {
    kind: "项目",
    what: "启动采购或开工",
    href: home,
  });
}
