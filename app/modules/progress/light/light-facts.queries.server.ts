import { and, eq, inArray, sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { milestones, monthlyReports, monthlyReportVersions, projects } from "@db/schema";
import { type LocalDate, localDateOf } from "~/kernel/local-date";
import { periodOf } from "~/kernel/period";
import { acceptanceClocks } from "~/modules/acceptance/index.server";
import { STAGES_UNDER_WAY } from "~/modules/projects";
import type { RuleFigures } from "~/platform/figures.server";

import { byProject } from "../by-project";
import type { LightFacts, RecordedLight } from "./light.rules";
import type { LightFigures } from "../progress.rules";

interface ProjectLightFacts extends LightFacts {
  readonly projectId: string;
  /** the light last recorded for the project */
  readonly last: RecordedLight | null;
}

/** Which projects are judged. */
interface WhichProjects {
  readonly projectId?: string | undefined;
  /** false: also projects that were under way when the report was due and are not any more */
  readonly underWay: boolean;
}

/** The facts of many projects, one query for each kind of fact; the limits for acceptance are those of a day. */
export async function loadLightFacts(
  db: DatabaseOrTransaction,
  today: LocalDate,
  { projectId, underWay }: WhichProjects,
): Promise<ProjectLightFacts[]> {
  const chosen = and(
    underWay ? inArray(projects.stage, [...STAGES_UNDER_WAY]) : undefined,
    projectId ? eq(projects.id, projectId) : undefined,
  );
  const [clocks, found, points, duties] = await Promise.all([
    acceptanceClocks(db, today, { projectId }),
    db
      .select({
        id: projects.id,
        plannedStartOn: projects.plannedStartOn,
        startedOn: projects.startedOn,
        light: projects.light,
        reasons: projects.lightReasons,
        asOf: projects.lightAsOf,
      })
      .from(projects)
      .where(chosen),
    db
      .select({
        projectId: milestones.projectId,
        plannedOn: milestones.plannedOn,
        cumulativePercent: milestones.cumulativePercent,
        completedOn: milestones.completedOn,
      })
      .from(milestones)
      .innerJoin(projects, eq(projects.id, milestones.projectId))
      .where(chosen),
    db
      .select({
        projectId: monthlyReports.projectId,
        period: monthlyReports.period,
        dueOn: monthlyReports.dueOn,
        firstSubmittedAt: monthlyReports.firstSubmittedAt,
        actualPercent: signedActualPercent,
      })
      .from(monthlyReports)
      .innerJoin(projects, eq(projects.id, monthlyReports.projectId))
      .where(chosen),
  ]);
  const pointsOf = byProject(points);
  const dutiesOf = byProject(duties);
  return found.flatMap(({ id, plannedStartOn, startedOn, light, reasons, asOf }) => {
    const start = plannedStartOn ?? startedOn;
    if (start === null) return [];
    return [
      {
        projectId: id,
        start,
        milestones: pointsOf.get(id) ?? [],
        acceptance: clocks.get(id) ?? null,
        duties: (dutiesOf.get(id) ?? []).map(({ firstSubmittedAt, ...duty }) => ({
          ...duty,
          submittedOn: firstSubmittedAt && localDateOf(firstSubmittedAt),
        })),
        last: asOf && { light, reasons, period: periodOf(asOf) },
      },
    ];
  });
}

/** What the last signed version says: a correction that is being written does not count yet. */
const signedActualPercent = sql<string | null>`case
  when ${monthlyReports.firstSubmittedAt} is null then null
  when ${monthlyReports.state} = 'signed' then ${monthlyReports.actualPercent}::text
  else (
    select ${monthlyReportVersions.content}->>'actualPercent' from ${monthlyReportVersions}
    where ${monthlyReportVersions.reportId} = ${monthlyReports.id}
    order by ${monthlyReportVersions.number} desc limit 1)
  end`;

/** The limits of the lights among the figures in force on a day. */
export function lightFiguresOf(figures: RuleFigures): LightFigures {
  return {
    redLagPoints: figures.number("light.redLagPoints"),
    yellowLagPoints: figures.number("light.yellowLagPoints"),
    redOverdueDays: figures.number("light.redOverdueDays"),
    redMissingReports: figures.number("light.redMissingReports"),
  };
}
