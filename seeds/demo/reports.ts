import type { monthlyReports, monthlyReportVersions, reportedMilestones } from "@db/schema";
import { fen, sumFen, type Fen } from "~/kernel/fen";
import type { LocalDate } from "~/kernel/local-date";
import { addPeriods, firstDay, lastDay, periodOf, periodsBetween, type Period } from "~/kernel/period";
import { parseRational, toFixed } from "~/kernel/rational";
import type { Light } from "~/kernel/vocabulary";
import { addWorkdays, isWorkday } from "~/kernel/work-calendar";
import { plannedPercentAt } from "~/modules/progress/index";
import { applyLimit } from "~/modules/acceptance/index";
import {
  lightOf,
  rememberedLight,
  reportDueOn,
  withRules,
  type LightFigures,
  type LightReason,
} from "~/modules/progress/index";
import type { RuleFigures } from "~/platform/figures.server";

import { chance } from "./chance";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow, type EventRow } from "./events";
import type { PaymentRow } from "./money";
import { actualPercent } from "./project-plan";
import type { CityProject } from "./projects";
import { reportWords } from "./report-words";
import { DEMO_TODAY, LAST_REPORTED } from "./today";

type ReportRow = typeof monthlyReports.$inferInsert;
type VersionRow = typeof monthlyReportVersions.$inferInsert;
type ClaimRow = typeof reportedMilestones.$inferInsert;

/** Monthly reports of one project, its light today, and how far it has come. */
export interface ProjectReports {
  readonly reports: readonly ReportRow[];
  readonly versions: readonly VersionRow[];
  readonly claimed: readonly ClaimRow[];
  readonly events: readonly EventRow[];
  readonly standing: {
    readonly light: Light;
    readonly lightReasons: { code: string; facts: Record<string, string | number> }[];
    readonly lightAsOf: LocalDate;
    readonly plannedPercent: string;
    readonly actualPercent: string;
  };
}

/** The limits of the lights, and the months within which acceptance must be applied for. */
export type DemoLightFigures = LightFigures & {
  readonly applyMonths: number;
  readonly rule: RuleFigures["row"];
};

export function lightFigures(figures: RuleFigures): DemoLightFigures {
  return {
    redLagPoints: figures.number("light.redLagPoints"),
    yellowLagPoints: figures.number("light.yellowLagPoints"),
    redOverdueDays: figures.number("light.redOverdueDays"),
    redMissingReports: figures.number("light.redMissingReports"),
    applyMonths: figures.number("acceptance.applyMonths"),
    rule: (code) => figures.row(code),
  };
}

const plain = (reasons: readonly LightReason[], { rule }: DemoLightFigures) =>
  withRules(reasons, rule).map(({ code, facts }) => ({ code, facts: { ...facts } }));

/** Reports of the months in which the project was being built, judged by the same rules as real ones. */
export function projectReports(
  city: City,
  figures: DemoLightFigures,
  reportingDay: number,
  project: CityProject,
  payments: readonly PaymentRow[],
): ProjectReports | undefined {
  const { facts, row, milestones, unit } = project;
  const { startedOn, acceptedOn, completedOn } = row;
  if (!startedOn) return undefined;
  const from = periodOf(startedOn);
  const to = acceptedOn ? addPeriods(periodOf(acceptedOn), -1) : LAST_REPORTED;
  const missing = new Set(facts.missing ?? []);
  const reports: ReportRow[] = [];
  const versions: VersionRow[] = [];
  const claimed: ClaimRow[] = [];
  const events: EventRow[] = [];
  const recorded: { light: Light; reasons: readonly LightReason[]; period: Period }[] = [];
  let missed = 0;

  const judge = (percents: { planned: string; actual: string }, today: LocalDate, previousLight: Light | null) =>
    lightOf({
      plannedPercent: parseRational(percents.planned),
      actualPercent: parseRational(percents.actual),
      milestones: milestones.map(({ plannedOn, completedOn }) => ({ plannedOn, completedOn: completedOn ?? null })),
      missingReports: missed,
      // whoever was accepted had applied in time
      acceptance:
        completedOn && !acceptedOn
          ? { limit: applyLimit(completedOn, figures.applyMonths, null), appliedOn: null }
          : null,
      today,
      previousLight,
      figures,
    });
  const percentsOf = (month: Period) => ({
    planned: toFixed(plannedPercentAt(milestones, startedOn, lastDay(month)), 4),
    actual: actualPercent(milestones, facts.delays, startedOn, lastDay(month)),
  });

  const dutyOf = (month: Period) => ({
    id: demoId("report", `${facts.name} ${month}`, officeHours(firstDay(month), facts.name, "duty")),
    projectId: row.id,
    unitId: unit.id,
    regionId: city.regionId,
    period: month,
    dueOn: reportDueOn(city.calendar, month, reportingDay),
  });
  /** What the last month said may have changed since: a milestone ran over, a report never came. */
  const standingToday = (lastReported: Period) => {
    const percents = { planned: percentsOf(to).planned, actual: percentsOf(lastReported).actual };
    const { light, reasons } = judge(
      percents,
      DEMO_TODAY,
      rememberedLight(recorded.at(-1) ?? null, periodOf(DEMO_TODAY)),
    );
    return {
      light,
      lightReasons: plain(reasons, figures),
      plannedPercent: percents.planned,
      actualPercent: percents.actual,
    };
  };

  for (const month of periodsBetween(from, to)) {
    const duty = dutyOf(month);
    if (missing.has(month)) {
      missed += 1;
      reports.push({ ...duty, state: "open" });
      continue;
    }
    const submittedOn = submissionDay(city, facts.name, month, duty.dueOn, facts.late?.[month] ?? 0);
    const percents = percentsOf(month);
    const { light, reasons } = judge(percents, lastDay(month), rememberedLight(recorded.at(-1) ?? null, month));
    recorded.push({ light, reasons, period: month });
    const content = {
      plannedPercent: percents.planned,
      actualPercent: percents.actual,
      ...reportWords(project, month, reasons),
      ...spending(payments, month),
    };
    const claims = milestones.flatMap(({ id: milestoneId, completedOn, evidence }) =>
      completedOn && evidence && periodOf(completedOn) === month ? [{ milestoneId, completedOn, evidence }] : [],
    );
    claimed.push(...claims.map((claim) => ({ ...claim, reportId: duty.id, regionId: city.regionId })));
    const filledBy = city.filerOf(unit).id;
    const first = officeHours(submittedOn, facts.name, "report");
    const signed = [first];
    if (facts.corrected?.includes(month)) {
      signed.push(officeHours(addWorkdays(city.calendar, submittedOn, 2), facts.name, "correction"));
    }
    const lead = city.leadOf(unit);
    signed.forEach((submittedAt, index) => {
      const isCorrected = index < signed.length - 1;
      versions.push({
        reportId: duty.id,
        number: index + 1,
        regionId: city.regionId,
        content: {
          ...content,
          ...(isCorrected && { doneThisMonth: withoutLastWords(content.doneThisMonth) }),
          claims,
          files: [],
          light,
          lightReasons: plain(reasons, figures),
          filledBy,
        },
        submittedBy: lead.id,
        submittedAt,
      });
    });
    signed.forEach((at, index) =>
      events.push(
        eventRow(lead, {
          type: "reportSigned",
          subject: { type: "report", id: duty.id },
          at,
          payload: { projectId: row.id, projectName: row.name, period: month, number: index + 1, light },
        }),
      ),
    );
    reports.push({
      ...duty,
      ...content,
      state: "signed",
      light,
      lightReasons: plain(reasons, figures),
      filledBy,
      signedBy: lead.id,
      firstSubmittedAt: first,
      submittedAt: signed.at(-1) ?? first,
      version: 2 + signed.length,
    });
  }

  const last = recorded.at(-1);
  const standing = acceptedOn
    ? { light: "green" as const, lightReasons: [], plannedPercent: "100", actualPercent: "100" }
    : standingToday(last?.period ?? from);
  // The running month is owed as well, but not due yet.
  const running = acceptedOn ? [] : [dutyOf(addPeriods(to, 1))].map((duty) => ({ ...duty, state: "open" as const }));
  return {
    reports: [...reports, ...running],
    versions,
    claimed,
    events,
    standing: { ...standing, lightAsOf: DEMO_TODAY },
  };
}

/** What stood there before a correction added the rest. */
const withoutLastWords = (text: string): string => text.replace(/，[^，]*$/, "。");

/** A few working days before the limit, or as many after it as the facts say. */
function submissionDay(city: City, name: string, month: Period, dueOn: LocalDate, workdaysLate: number): LocalDate {
  if (workdaysLate > 0) return addWorkdays(city.calendar, dueOn, workdaysLate);
  const days: LocalDate[] = [];
  for (let day = firstDay(addPeriods(month, 1)); day <= dueOn; day = addWorkdays(city.calendar, day, 1)) {
    if (isWorkday(city.calendar, day)) days.push(day);
  }
  const recent = days.slice(-6);
  return recent[chance("submission", name, month).between(0, recent.length - 1)] ?? dueOn;
}

/** Confirmed payments of the month and up to its end. @unit fen */
function spending(payments: readonly PaymentRow[], month: Period): { spentFen: Fen; spentTotalFen: Fen } {
  const confirmed = payments.filter(({ confirmedBy, paidOn }) => confirmedBy && paidOn <= lastDay(month));
  const sum = (rows: readonly PaymentRow[]) => sumFen(rows.map(({ amountFen }) => fen(amountFen)));
  return { spentFen: sum(confirmed.filter(({ paidOn }) => paidOn >= firstDay(month))), spentTotalFen: sum(confirmed) };
}
