import { fen } from "~/kernel/fen";
import { addDays, type LocalDate } from "~/kernel/local-date";
import { monthOf, type Period } from "~/kernel/period";
import { parseRational, sum, toExact } from "~/kernel/rational";
import type { Grade, UnitGroup } from "~/kernel/vocabulary";

import type {
  BulletinFacts,
  CountFigure,
  FollowUp,
  ListFigure,
  LitProject,
  OverdueItem,
  PreviousFacts,
  RankedRow,
  Share,
  Sourced,
} from "./bulletin.types";
import { evidenceUrl, scoreSheetUrl } from "./evidence";
import { addresseesOf, areaNameOf, issuerNameOf } from "./issuer";

/** The frozen measures that a bulletin tells of. */
export const TOLD_MEASURES = [
  "city.projects",
  "city.projectsUnderWay",
  "city.projectsGreen",
  "city.projectsYellow",
  "city.projectsRed",
  "city.progress",
  "city.reportsDue",
  "city.reportsOnTime",
  "city.reportsLate",
  "city.reportsMissing",
  "city.sharingOutstanding",
  "city.overdueTasks",
  "city.overdueSupervision",
  "executionAgainstTime",
  "cloudRate",
  "cataloguingRate",
  "demandMetRate",
] as const;
type ToldMeasure = (typeof TOLD_MEASURES)[number];

/** A frozen record behind a figure. */
export interface FrozenRow {
  readonly measure: string;
  readonly unitId: string;
  readonly subjectId: string;
  readonly label: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly note: string;
}

export interface FrozenSheet {
  readonly unitId: string;
  readonly unitName: string;
  readonly group: UnitGroup;
  readonly total: string;
  readonly totalExact: string;
  readonly grade: Grade;
  readonly place: number;
  readonly previousPlace: number | null;
}

/** A frozen period as it lies in the database, and what the drafter adds. */
export interface Snapshot {
  readonly period: Period;
  readonly cutoffAt: Date;
  readonly cutoffDay: LocalDate;
  readonly scheme: { readonly name: string; readonly number: number };
  readonly regionName: string;
  readonly issuingUnitName: string;
  readonly basis: readonly string[];
  readonly rows: readonly FrozenRow[];
  readonly sheets: readonly FrozenSheet[];
  /** what units were called on the day of the cut-off */
  readonly unitNames: ReadonlyMap<string, string>;
  /** of the final period before; undefined for the first bulletin */
  readonly previousRows: readonly FrozenRow[] | undefined;
  /** the target by which the cloud rate was scored @unit percent; null before the first target */
  readonly cloudTarget: string | null;
  readonly praiseTop: number;
  /** places gained from which a unit is praised for rising */
  readonly praiseRise: number;
  /** what the text names before it points to the annex */
  readonly namedAtMost: number;
  readonly followUp: FollowUp;
}

/**
 * The facts of a bulletin out of a frozen period: every number is the sum or the count of its frozen rows, and its
 * address is the page that shows them.
 * @source domain.md §10
 */
export function bulletinFactsOf(snapshot: Snapshot): BulletinFacts {
  const { period, rows, sheets } = snapshot;
  const of = (measure: ToldMeasure) => rows.filter((row) => row.measure === measure);
  const evidence = (measure: ToldMeasure) => evidenceUrl(period, measure);
  const counted = (figureId: string, measure: ToldMeasure): CountFigure => ({
    figureId,
    evidenceUrl: evidence(measure),
    value: of(measure).length,
  });
  const listed = <Item>(figureId: string, measure: ToldMeasure, item: (row: FrozenRow) => Item): ListFigure<Item> => ({
    figureId,
    evidenceUrl: evidence(measure),
    items: of(measure).map(item),
  });
  const rate = (measure: ToldMeasure) => ({
    figureId: measure,
    evidenceUrl: evidence(measure),
    ...shareOf(of(measure)),
  });
  const nameOf = (unitId: string) => snapshot.unitNames.get(unitId) ?? "";
  const money = shareOf(of("executionAgainstTime"));
  const rankingUrl = `/ranking?period=${period}`;
  const report = ({ unitId, label }: FrozenRow) => ({ unitName: nameOf(unitId), projectName: label });
  const lit = litProject(period, of("city.progress"), nameOf);

  return {
    period,
    cutoffAt: snapshot.cutoffAt.toISOString(),
    schemeName: snapshot.scheme.name,
    schemeVersion: snapshot.scheme.number,
    areaName: areaNameOf(snapshot.regionName),
    issuerName: issuerNameOf(snapshot.regionName, snapshot.issuingUnitName),
    addressees: addresseesOf(new Set(sheets.map(({ group }) => group))),
    basis: snapshot.basis,
    projectCounts: {
      total: counted("projects.total", "city.projects"),
      underWay: counted("projects.underWay", "city.projectsUnderWay"),
      green: counted("projects.green", "city.projectsGreen"),
      yellow: counted("projects.yellow", "city.projectsYellow"),
      red: counted("projects.red", "city.projectsRed"),
    },
    money: {
      budget: {
        figureId: "money.budget",
        evidenceUrl: evidence("executionAgainstTime"),
        fen: fen(Number(money.denominator)),
      },
      spent: {
        figureId: "money.spent",
        evidenceUrl: evidence("executionAgainstTime"),
        fen: fen(Number(money.numerator)),
      },
    },
    timeShare: { figureId: "time", evidenceUrl: rankingUrl, numerator: String(monthOf(period)), denominator: "12" },
    cloudRate: { ...rate("cloudRate"), target: snapshot.cloudTarget },
    cataloguingRate: rate("cataloguingRate"),
    demandMetRate: rate("demandMetRate"),
    reports: {
      due: counted("reports.due", "city.reportsDue"),
      onTime: counted("reports.onTime", "city.reportsOnTime"),
      late: listed("reports.late", "city.reportsLate", report),
      missing: listed("reports.missing", "city.reportsMissing", report),
    },
    ranking: sheets.map((sheet) => ranked(period, sheet)),
    rankingUrl,
    sharingShortfalls: sharingShortfalls(period, of("city.sharingOutstanding"), nameOf),
    redProjects: listed("projects.red", "city.projectsRed", lit),
    yellowProjects: listed("projects.yellow", "city.projectsYellow", lit),
    overdueTasks: listed("tasks", "city.overdueTasks", (row) =>
      overdueItem(
        evidenceUrl(period, "city.overdueTasks", row.unitId),
        row,
        snapshot.cutoffDay,
        mentionsOf(row) ?? unitOf(row, nameOf),
      ),
    ),
    overdueSupervision: listed("supervision", "city.overdueSupervision", (row) =>
      overdueItem(
        evidenceUrl(period, "city.overdueSupervision", row.unitId),
        row,
        snapshot.cutoffDay,
        unitOf(row, nameOf),
      ),
    ),
    previous: snapshot.previousRows && previousFacts(snapshot.previousRows),
    thresholds: {
      praiseTop: snapshot.praiseTop,
      praiseRise: snapshot.praiseRise,
      criticisedGrades: ["差"],
      namedAtMost: snapshot.namedAtMost,
    },
    followUp: snapshot.followUp,
  };
}

/** The exact sums of some rows. */
function shareOf(rows: readonly Pick<FrozenRow, "numerator" | "denominator">[]): Share {
  return {
    numerator: toExact(sum(rows.map((row) => parseRational(row.numerator)))),
    denominator: toExact(sum(rows.map((row) => parseRational(row.denominator)))),
  };
}

function ranked(period: Period, { unitId, total, totalExact, ...sheet }: FrozenSheet): RankedRow {
  return {
    figureId: `score.${unitId}`,
    evidenceUrl: scoreSheetUrl(period, unitId),
    group: sheet.group,
    place: sheet.place,
    previousPlace: sheet.previousPlace,
    unitName: sheet.unitName,
    score: total,
    scoreExact: totalExact,
    grade: sheet.grade,
  };
}

function sharingShortfalls(
  period: Period,
  rows: readonly FrozenRow[],
  nameOf: (unitId: string) => string,
): BulletinFacts["sharingShortfalls"] {
  const units = [...new Set(rows.map(({ unitId }) => unitId))];
  const items = units.flatMap((unitId) => {
    const { numerator, denominator } = shareOf(rows.filter((row) => row.unitId === unitId));
    if (numerator === "0") return [];
    const source: Sourced = {
      figureId: `sharing.${unitId}`,
      evidenceUrl: evidenceUrl(period, "city.sharingOutstanding", unitId),
    };
    return [{ ...source, unitName: nameOf(unitId), due: Number(denominator), outstanding: Number(numerator) }];
  });
  return { figureId: "sharing", evidenceUrl: evidenceUrl(period, "city.sharingOutstanding"), items };
}

/** A red or yellow project with the progress that its report of the month states; null without such a report. */
function litProject(period: Period, progress: readonly FrozenRow[], nameOf: (unitId: string) => string) {
  const stated = new Map(progress.map((row) => [row.subjectId, row]));
  return ({ subjectId, unitId, label, note }: FrozenRow): LitProject => ({
    figureId: `project.${subjectId}`,
    evidenceUrl: evidenceUrl(period, "city.progress", unitId),
    unitName: nameOf(unitId),
    projectName: label,
    plannedPercent: stated.get(subjectId)?.denominator ?? null,
    actualPercent: stated.get(subjectId)?.numerator ?? null,
    reason: note,
  });
}

/** Labels of numbered things begin with their number: "督〔2026〕3号 数据接口整改". */
function overdueItem(
  evidence: string,
  row: FrozenRow,
  cutoffDay: LocalDate,
  unitNames: readonly string[],
): OverdueItem {
  const [number = "", ...title] = row.label.split(" ");
  const overdueDays = Number(row.denominator);
  return {
    figureId: `overdue.${row.subjectId}`,
    evidenceUrl: evidence,
    number,
    title: title.join(" "),
    unitNames,
    dueOn: addDays(cutoffDay, -overdueDays),
    overdueDays,
  };
}

/** The units that a ledger task itself names, when it names any. */
const mentionsOf = ({ note }: FrozenRow): string[] | undefined => (note === "" ? undefined : note.split("、"));

function unitOf({ unitId }: FrozenRow, nameOf: (unitId: string) => string): string[] {
  const name = nameOf(unitId);
  return name === "" ? [] : [name];
}

function previousFacts(rows: readonly FrozenRow[]): PreviousFacts {
  const of = (measure: ToldMeasure) => rows.filter((row) => row.measure === measure);
  return {
    projectTotal: of("city.projects").length,
    red: of("city.projectsRed").length,
    yellow: of("city.projectsYellow").length,
    cloudRate: shareOf(of("cloudRate")),
    cataloguingRate: shareOf(of("cataloguingRate")),
    demandMetRate: shareOf(of("demandMetRate")),
  };
}
