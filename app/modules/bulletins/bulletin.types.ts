import type { Fen } from "~/kernel/fen";
import type { LocalDate } from "~/kernel/local-date";
import type { Period } from "~/kernel/period";
import type { Grade, UnitGroup } from "~/kernel/vocabulary";

/** Every number of a bulletin has an id and an address where its rows are shown. */
export interface Sourced {
  readonly figureId: string;
  readonly evidenceUrl: string;
}

export interface CountFigure extends Sourced {
  readonly value: number;
}

/** @unit fen */
export interface MoneyFigure extends Sourced {
  readonly fen: Fen;
}

/** An exact share, written as decimal texts; a denominator of 0 means that there was nothing to measure. */
export interface Share {
  readonly numerator: string;
  readonly denominator: string;
}

export interface RateFigure extends Sourced, Share {}

/** Records whose number is a figure of the text. */
export interface ListFigure<Item> extends Sourced {
  readonly items: readonly Item[];
}

export interface UnpunctualReport {
  readonly unitName: string;
  readonly projectName: string;
}

/** A project with a red or yellow light. @unit percent; null when the month was not reported */
export interface LitProject extends Sourced {
  readonly unitName: string;
  readonly projectName: string;
  readonly plannedPercent: string | null;
  readonly actualPercent: string | null;
  /** why the light is on, as one phrase: 连续两期缺报月报 */
  readonly reason: string;
}

/** A unit that did not share data as planned: how many resources were due, how many are still outstanding. */
export interface SharingShortfall extends Sourced {
  readonly unitName: string;
  readonly due: number;
  readonly outstanding: number;
}

/** A ledger task or supervised item whose deadline has passed. */
export interface OverdueItem extends Sourced {
  readonly number: string;
  readonly title: string;
  readonly unitNames: readonly string[];
  readonly dueOn: LocalDate;
  readonly overdueDays: number;
}

export interface RankedRow extends Sourced {
  readonly group: UnitGroup;
  readonly place: number;
  readonly previousPlace: number | null;
  readonly unitName: string;
  readonly score: string;
  readonly scoreExact: string;
  readonly grade: Grade;
}

/** The same figures in the last issue, for the sentences that say what changed. */
export interface PreviousFacts {
  readonly projectTotal: number;
  readonly red: number;
  readonly yellow: number;
  readonly cloudRate: Share;
  readonly cataloguingRate: Share;
  readonly demandMetRate: Share;
}

/** Whom a bulletin praises and criticises, and how many it names in the text before it points to the annex. */
export interface BulletinThresholds {
  readonly praiseTop: number;
  readonly praiseRise: number;
  readonly criticisedGrades: readonly Grade[];
  readonly namedAtMost: number;
}

export interface FollowUp {
  readonly rectifyBy: LocalDate;
  readonly receivedBy: string;
  readonly contactName: string;
  readonly contactPhone: string;
  readonly nextReport?: { readonly period: Period; readonly dueOn: LocalDate } | undefined;
}

/** All that a bulletin is made of: a frozen snapshot, nothing else. @source domain.md §10 */
export interface BulletinFacts {
  readonly period: Period;
  /** UTC instant, ISO 8601 */
  readonly cutoffAt: string;
  readonly schemeName: string;
  readonly schemeVersion: number;
  /** 全市, 全县 … */
  readonly areaName: string;
  readonly issuerName: string;
  /** without the closing colon */
  readonly addressees: string;
  /** titles of the documents the bulletin rests on, without 《》 */
  readonly basis: readonly string[];
  readonly projectCounts: Readonly<Record<"total" | "underWay" | "green" | "yellow" | "red", CountFigure>>;
  readonly money: { readonly budget: MoneyFigure; readonly spent: MoneyFigure };
  readonly timeShare: RateFigure;
  /** target in percent, null before the first target */
  readonly cloudRate: RateFigure & { readonly target: string | null };
  readonly cataloguingRate: RateFigure;
  readonly demandMetRate: RateFigure;
  readonly reports: {
    readonly due: CountFigure;
    readonly onTime: CountFigure;
    readonly late: ListFigure<UnpunctualReport>;
    readonly missing: ListFigure<UnpunctualReport>;
  };
  readonly ranking: readonly RankedRow[];
  /** where the whole ranking is shown */
  readonly rankingUrl: string;
  readonly sharingShortfalls: ListFigure<SharingShortfall>;
  readonly redProjects: ListFigure<LitProject>;
  readonly yellowProjects: ListFigure<LitProject>;
  readonly overdueTasks: ListFigure<OverdueItem>;
  readonly overdueSupervision: ListFigure<OverdueItem>;
  readonly previous?: PreviousFacts | undefined;
  readonly thresholds: BulletinThresholds;
  readonly followUp: FollowUp;
}

/** Text, or the place where a figure stands. */
export type Inline = string | { readonly figure: string };
export type Paragraph = readonly Inline[];

/** Level 1 is 一、…, level 2 is （一）…; the heading carries its number. */
export interface BulletinSection {
  readonly level: 1 | 2;
  readonly heading: string;
  readonly paragraphs: readonly Paragraph[];
}

/** A number as printed, its exact value, what it means and where its rows are. */
export interface BulletinFigure {
  readonly id: string;
  readonly text: string;
  /** exact: an integer, a decimal or a fraction; amounts in fen */
  readonly value: string;
  readonly unit: "count" | "fen" | "percent" | "percentagePoint" | "score" | "place" | "days";
  readonly name: string;
  readonly definition: string;
  readonly evidenceUrl: string;
}

export interface AnnexColumn {
  readonly title: string;
  readonly align: "left" | "center" | "right";
  readonly widthShare: number;
}

export interface BulletinAnnex {
  readonly label: string;
  readonly title: string;
  readonly columns: readonly AnnexColumn[];
  readonly rows: readonly (readonly string[])[];
}

/** A bulletin before it is numbered and signed. Plain data: it is stored, hashed, shown and printed as it is. */
export interface BulletinContent {
  readonly title: string;
  readonly period: Period;
  readonly cutoffAt: string;
  readonly schemeName: string;
  readonly schemeVersion: number;
  readonly issuerName: string;
  readonly addressees: string;
  /** the paragraph before 一、 */
  readonly opening: Paragraph;
  readonly sections: readonly BulletinSection[];
  readonly figures: readonly BulletinFigure[];
  readonly annexes: readonly BulletinAnnex[];
}
