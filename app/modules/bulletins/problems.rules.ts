import { compare, parseRational, RATIONAL_ZERO, subtract } from "~/kernel/rational";

import { groupsOf, scored, type Topic } from "./achievements.rules";
import type { AnnexLabels } from "./annexes.rules";
import type { BulletinFacts, LitProject, ListFigure, OverdueItem, Paragraph, UnpunctualReport } from "./bulletin.types";
import type { FigureKind } from "./figure-definitions";
import { derived, type FigureLedger } from "./figure-ledger";
import { join, official, quoted, text } from "./paragraph";

/**
 * 三、存在问题, by cause. The two causes for which a unit is criticised by name (data not shared as planned, progress
 * clearly behind) always stand, with "无" when nobody is named; the others stand when there is something to say.
 * @source domain.md §10
 */
export function problems(facts: BulletinFacts, figures: FigureLedger, labels: AnnexLabels): Topic[] {
  const named = facts.thresholds.namedAtMost;
  return [
    sharingBehind(facts, figures, labels, named),
    progressBehind(facts, figures, labels, named),
    unpunctual(facts, figures, labels, named),
    overdue(facts, figures, labels, named),
    lowGrades(facts, figures),
  ].filter((topic) => topic !== undefined);
}

/** Does the bulletin name a unit that has something to put right? */
export function hasProblems(facts: BulletinFacts): boolean {
  const lists = [
    facts.sharingShortfalls,
    facts.redProjects,
    facts.overdueTasks,
    facts.overdueSupervision,
    facts.reports.late,
    facts.reports.missing,
  ];
  return lists.some((list) => list.items.length > 0) || criticised(facts).length > 0;
}

function sharingBehind(facts: BulletinFacts, figures: FigureLedger, labels: AnnexLabels, most: number): Topic {
  const heading = "数据共享未按计划落实";
  const { sharingShortfalls: list } = facts;
  if (list.items.length === 0) return { heading, paragraph: text`本期无数据共享未按计划落实的单位。` };
  const worstFirst = [...list.items].sort((a, b) => b.outstanding - a.outstanding);
  const parts = worstFirst.slice(0, most).map((item) => {
    const due = figures.count({ ...derived(item, "due"), value: item.due }, "sharingDue");
    const outstanding = figures.count({ ...item, value: item.outstanding }, "sharingOutstanding");
    return text`${official(item.unitName)}应落实${due}项，未落实${outstanding}项`;
  });
  return {
    heading,
    paragraph: text`有${figures.listCount(list, "shortfallUnits")}个单位未按计划完成数据共享任务，${namely(parts, list.items.length > most, labels.sharing)}。`,
  };
}

function progressBehind(facts: BulletinFacts, figures: FigureLedger, labels: AnnexLabels, most: number): Topic {
  const heading = "建设进度明显滞后";
  const { redProjects: red, yellowProjects: yellow } = facts;
  const warned =
    yellow.items.length === 0
      ? []
      : text`黄灯项目${figures.listCount(yellow, "light")}个（详见${labels.lights}），有关单位要及早采取措施。`;
  if (red.items.length === 0) return { heading, paragraph: text`本期无建设进度明显滞后的项目。${warned}` };
  const parts = red.items.slice(0, most).map((project) => lagging(project, figures));
  return {
    heading,
    paragraph: text`红灯项目${figures.listCount(red, "light")}个，${namely(parts, red.items.length > most, labels.lights)}。${warned}`,
  };
}

function lagging(project: LitProject, figures: FigureLedger): Paragraph {
  const name = `${official(project.unitName)}${quoted(project.projectName)}`;
  if (project.plannedPercent === null || project.actualPercent === null)
    return text`${name}${official(project.reason) || "本期未报送进度"}`;
  const [planned, actual] = [parseRational(project.plannedPercent), parseRational(project.actualPercent)];
  const gap = subtract(planned, actual);
  const progress = text`${name}计划进度${figures.percent(derived(project, "planned"), planned, "plannedPercent")}、实际进度${figures.percent(derived(project, "actual"), actual, "actualPercent")}`;
  if (compare(gap, RATIONAL_ZERO) <= 0)
    return text`${progress}${official(project.reason) === "" ? "" : `，${official(project.reason)}`}`;
  return text`${progress}，落后${figures.points(derived(project, "gap"), gap, "progressGap")}个百分点`;
}

function unpunctual(facts: BulletinFacts, figures: FigureLedger, labels: AnnexLabels, most: number): Topic | undefined {
  const { late, missing } = facts.reports;
  const parts = [
    reportsByUnit("迟报", late, "reportsLate", figures, labels, most),
    reportsByUnit("缺报", missing, "reportsMissing", figures, labels, most),
  ].filter((part) => part.length > 0);
  return parts.length === 0 ? undefined : { heading: "月报报送不及时", paragraph: text`${join(parts, "；")}。` };
}

function reportsByUnit(
  word: string,
  list: ListFigure<UnpunctualReport>,
  kind: FigureKind,
  figures: FigureLedger,
  labels: AnnexLabels,
  most: number,
): Paragraph {
  if (list.items.length === 0) return [];
  const byUnit = new Map<string, number>();
  for (const { unitName } of list.items) byUnit.set(unitName, (byUnit.get(unitName) ?? 0) + 1);
  const units = [...byUnit].sort(([, a], [, b]) => b - a);
  const parts = units
    .slice(0, most)
    .map(
      ([unitName, value], i) =>
        text`${official(unitName)}${figures.count({ ...derived(list, `unit${i + 1}`), value }, kind)}份`,
    );
  return text`${word}月报${figures.listCount(list, kind)}份，${namely(parts, units.length > most, labels.reports, "、")}`;
}

function overdue(facts: BulletinFacts, figures: FigureLedger, labels: AnnexLabels, most: number): Topic | undefined {
  const parts = [
    overdueList("台账任务逾期未完成", "项", facts.overdueTasks, "overdueTasks", figures, labels, most),
    overdueList("督办事项逾期未销号", "件", facts.overdueSupervision, "overdueSupervision", figures, labels, most),
  ].filter((part) => part.length > 0);
  return parts.length === 0 ? undefined : { heading: "任务和督办事项逾期", paragraph: text`${join(parts, "。")}。` };
}

function overdueList(
  word: string,
  counter: string,
  list: ListFigure<OverdueItem>,
  kind: FigureKind,
  figures: FigureLedger,
  labels: AnnexLabels,
  most: number,
): Paragraph {
  if (list.items.length === 0) return [];
  const longestFirst = [...list.items].sort((a, b) => b.overdueDays - a.overdueDays);
  const parts = longestFirst.slice(0, most).map((item) => {
    const days = figures.count({ ...item, value: item.overdueDays }, "overdueDays", "days");
    const units = item.unitNames.length === 0 ? "" : `（${item.unitNames.map(official).join("、")}）`;
    return text`${quoted(item.title)}${units}逾期${days}天`;
  });
  return text`${word}${figures.listCount(list, kind)}${counter}，${namely(parts, list.items.length > most, labels.overdue)}`;
}

const criticised = (facts: BulletinFacts) =>
  facts.ranking.filter((row) => facts.thresholds.criticisedGrades.includes(row.grade));

function lowGrades(facts: BulletinFacts, figures: FigureLedger): Topic | undefined {
  const parts = groupsOf(criticised(facts)).map(
    ({ name, rows }) =>
      text`${name}中，${join(
        rows.map((row) => text`${scored(row, figures)}考核等次为“${row.grade}”`),
        "，",
      )}`,
  );
  return parts.length === 0 ? undefined : { heading: "考核等次偏低", paragraph: text`${join(parts, "；")}。` };
}

/** All of them, or the first few and where the rest is listed. */
function namely(parts: readonly Paragraph[], more: boolean, annex: string, separator: "；" | "、" = "；"): Paragraph {
  const list = join(parts, separator);
  if (!more) return text`具体为：${list}`;
  return separator === "、" ? text`主要有：${list}等（详见${annex}）` : text`主要有：${list}；其余见${annex}`;
}
