import { and, asc, eq, isNull, sql } from "drizzle-orm";

import type { Database } from "@db/client";
import { expertOpinions, expertPanels, projects, units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { panelStanding, seatState } from "~/modules/experts";
import { loadFigures } from "~/platform/figures.server";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

import type { WorkItem } from "./work-item";

const KIND = "评审";

/** Opinions that are asked of an expert in person. */
export async function opinionsToGive(db: Database, userId: string): Promise<WorkItem[]> {
  const rows = await db
    .select({
      id: expertOpinions.id,
      regionId: projects.regionId,
      avoids: expertOpinions.avoids,
      name: projects.name,
      unitName: units.name,
      dueOn: expertPanels.dueOn,
    })
    .from(expertOpinions)
    .innerJoin(expertPanels, and(eq(expertPanels.id, expertOpinions.panelId), eq(expertPanels.state, "open")))
    .innerJoin(projects, eq(projects.id, expertOpinions.projectId))
    .innerJoin(units, eq(units.id, projects.unitId))
    .where(
      and(
        eq(expertOpinions.expertId, userId),
        isNull(expertOpinions.givenAt),
        isNull(expertOpinions.releasedAt),
        sql`${expertOpinions.avoids} is not true`,
      ),
    )
    .orderBy(asc(expertPanels.dueOn), asc(expertOpinions.id));
  return rows.map(({ id, regionId, avoids, name, unitName, dueOn }) => ({
    key: `opine ${id}`,
    kind: KIND,
    what: avoids === null ? "声明是否回避" : "出具专家意见",
    title: name,
    unitName,
    href: `/opinions/${id}`,
    dueOn,
    regionId,
  }));
}

/** Open panels that wait for the bureau: a freed seat to fill, or all opinions to sum up. */
export async function panelsToTend(db: Database, scope: Scope, today: LocalDate): Promise<WorkItem[]> {
  const [rows, figures] = await Promise.all([
    db
      .select({
        id: expertPanels.id,
        projectId: projects.id,
        regionId: projects.regionId,
        name: projects.name,
        unitName: units.name,
        dueOn: expertPanels.dueOn,
        avoids: expertOpinions.avoids,
        givenAt: expertOpinions.givenAt,
        releasedAt: expertOpinions.releasedAt,
      })
      .from(expertPanels)
      .innerJoin(projects, eq(projects.id, expertPanels.projectId))
      .innerJoin(units, eq(units.id, projects.unitId))
      .innerJoin(expertOpinions, eq(expertOpinions.panelId, expertPanels.id))
      .where(
        and(eq(expertPanels.state, "open"), inScope(scope, { unitId: projects.unitId, regionId: projects.regionId })),
      )
      .orderBy(asc(expertPanels.dueOn), asc(expertPanels.id)),
    loadFigures(db, today),
  ]);
  const minimum = figures.number("expert.panelMinimum");
  const panels = new Map(rows.map((row) => [row.id, row]));
  return [...panels.values()].flatMap(({ id, projectId, regionId, name, unitName, dueOn }): WorkItem[] => {
    const seats = rows.filter((row) => row.id === id).map(seatState);
    const { waiting, toInvite } = panelStanding(seats, minimum);
    const what = toInvite > 0 ? "补邀专家" : waiting === 0 ? "汇总专家意见" : undefined;
    if (!what) return [];
    const href = `/projects/${projectId}/panel`;
    return [{ key: `${what} ${id}`, kind: KIND, what, title: name, unitName, href, dueOn, regionId }];
  });
}
