import { asc, eq, isNotNull, lt, or, sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import {
  domainEvents,
  files,
  milestones,
  monthlyReports,
  monthlyReportVersions,
  projects,
  reportedMilestones,
  reportExplanations,
  reportFiles,
} from "@db/schema";
import { localDateOf } from "~/kernel/local-date";
import { addWorkdays } from "~/kernel/work-calendar";
import type { Explained } from "~/kernel/vocabulary";

import { storeSampleOf } from "./attachments";
import { chance } from "./chance";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow } from "./events";
import { insertAll } from "./insert";
import { DEMO_TODAY } from "./today";

const LATE_CAUSES = [
  "分管领导外出参加培训，签批延后；已商定由其他分管领导代为签批，下月起不再发生。",
  "月末与监理单位核对形象进度用时较长，已提前至每月28日核对。",
] as const;
const MISSING_CAUSE = "项目经办人员岗位调整，交接期间漏报；已指定专人负责，正在补报。";
const LIGHT_CAUSES = [
  "上游接口未按期提供，联调顺延；已与对方约定每周确认一次进展。",
  "前端点位报批用时超出预期，施工单位已增加班组，预计下月追回部分进度。",
] as const;

/** The proof of every milestone that a signed report claims, kept with the report and with each signed version. */
export async function writeReportEvidence(tx: Transaction, city: City): Promise<void> {
  const sample = await storeSampleOf(tx, city, "里程碑完成依据");
  const claims = await tx
    .select({ report: monthlyReports, milestone: milestones.name, milestoneId: milestones.id, project: projects.name })
    .from(reportedMilestones)
    .innerJoin(monthlyReports, eq(monthlyReports.id, reportedMilestones.reportId))
    .innerJoin(milestones, eq(milestones.id, reportedMilestones.milestoneId))
    .innerJoin(projects, eq(projects.id, monthlyReports.projectId))
    .where(isNotNull(monthlyReports.firstSubmittedAt))
    .orderBy(asc(monthlyReports.id), asc(milestones.position));
  const papers = claims.flatMap(({ report, milestone, milestoneId, project }) => {
    const at = report.firstSubmittedAt;
    if (!at || !report.filledBy) return [];
    const words = `${project} ${report.period} ${milestone}`;
    const file = {
      ...sample,
      id: demoId("file", `report ${words}`, at),
      unitId: report.unitId,
      name: `${milestone}完成依据.pdf`,
      uploadedBy: report.filledBy,
      uploadedAt: at,
    };
    const attached = {
      id: demoId("reportFile", words, at),
      reportId: report.id,
      milestoneId,
      regionId: city.regionId,
      fileId: file.id,
      addedBy: report.filledBy,
      addedAt: at,
    };
    return [{ file, attached, signed: { id: attached.id, milestoneId, name: file.name } }];
  });
  await insertAll(
    tx,
    files,
    papers.map(({ file }) => file),
  );
  await insertAll(
    tx,
    reportFiles,
    papers.map(({ attached }) => attached),
  );
  const kept = papers.map(({ attached, signed }) => ({ report: attached.reportId, signed }));
  await tx.execute(sql`
    update ${monthlyReportVersions} set content = jsonb_set(content, '{files}', papers.list)
    from (
      select (row->>'report')::uuid as report_id, jsonb_agg(row->'signed') as list
      from jsonb_array_elements(${JSON.stringify(kept)}::jsonb) as row group by 1
    ) as papers
    where ${monthlyReportVersions.reportId} = papers.report_id`);
}

/** What units said about most reports that came late or not at all, and about some lights. */
export async function writeReportExplanations(tx: Transaction, city: City): Promise<void> {
  const rows = await tx
    .select({ report: monthlyReports, project: projects.name })
    .from(monthlyReports)
    .innerJoin(projects, eq(projects.id, monthlyReports.projectId))
    .where(or(isNotNull(monthlyReports.firstSubmittedAt), lt(monthlyReports.dueOn, DEMO_TODAY)))
    .orderBy(asc(monthlyReports.id));
  const said = rows.flatMap(({ report, project }) => {
    const { period, dueOn, firstSubmittedAt, light, unitId } = report;
    const { pick, between } = chance("explanation", project, period);
    const unit = city.units.find(({ id }) => id === unitId);
    if (!unit) return [];
    const submittedOn = firstSubmittedAt && localDateOf(firstSubmittedAt);
    const facts: [Explained, string][] = [];
    if (submittedOn !== null && submittedOn > dueOn) facts.push(["late", pick(LATE_CAUSES)]);
    if (submittedOn === null) facts.push(["missing", MISSING_CAUSE]);
    if (light === "red" && between(1, 3) > 1) facts.push(["light", pick(LIGHT_CAUSES)]);
    const on = addWorkdays(city.calendar, submittedOn ?? dueOn, 1);
    const filer = city.filerOf(unit);
    return facts
      .filter(() => on <= DEMO_TODAY)
      .map(([about, text]) => {
        const at = officeHours(on, project, period, about);
        const id = demoId("reportExplanation", `${project} ${period} ${about}`, at);
        return {
          row: { id, reportId: report.id, regionId: city.regionId, about, text, writtenBy: filer.id, writtenAt: at },
          event: eventRow(filer, {
            type: "reportExplained",
            subject: { type: "report", id: report.id },
            at,
            payload: { projectId: report.projectId, projectName: project, period, about },
          }),
        };
      });
  });
  await insertAll(
    tx,
    reportExplanations,
    said.map(({ row }) => row),
  );
  await insertAll(
    tx,
    domainEvents,
    said.map(({ event }) => event),
  );
}
