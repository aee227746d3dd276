import { formatPeriod } from "~/kernel/period";
import { parseRational, rational, subtract, toFixed, type Rational } from "~/kernel/rational";
import { GRADES } from "~/kernel/vocabulary";

import type { BulletinFacts, CountFigure, Paragraph, RateFigure, Share } from "./bulletin.types";
import type { FigureKind } from "./figure-definitions";
import { derived, percentOf, type FigureLedger } from "./figure-ledger";
import { join, text } from "./paragraph";

/**
 * 一、总体情况: counts, rates against 时间进度 and targets, and what changed since the last issue.
 * @source domain.md §10
 */
export function overview(facts: BulletinFacts, figures: FigureLedger): Paragraph[] {
  return [
    projects(facts, figures),
    money(facts, figures),
    sharing(facts, figures),
    reports(facts, figures),
    grades(facts, figures),
  ];
}

function projects(facts: BulletinFacts, figures: FigureLedger): Paragraph {
  const { total, underWay, green, yellow, red } = facts.projectCounts;
  const { previous } = facts;
  const month = formatPeriod(facts.period);
  if (total.value === 0) return text`截至${month}底，${facts.areaName}无纳入管理的政务信息化项目。`;
  const lights = text`在建项目中，进度正常（绿灯）${figures.count(green, "light")}个，预警（黄灯）${figures.count(yellow, "light")}个${countChange(yellow, previous?.yellow, figures)}，滞后（红灯）${figures.count(red, "light")}个${countChange(red, previous?.red, figures)}。`;
  return text`截至${month}底，${facts.areaName}纳入管理的政务信息化项目共${figures.count(total, "projectTotal")}个${countChange(total, previous?.projectTotal, figures)}，其中在建项目${figures.count(underWay, "projectsUnderWay")}个。${underWay.value === 0 ? "" : lights}`;
}

function countChange(now: CountFigure, before: number | undefined, figures: FigureLedger): Paragraph {
  if (before === undefined) return [];
  const change = now.value - before;
  if (change === 0) return text`（与上期持平）`;
  const figure = figures.count({ ...derived(now, "change"), value: Math.abs(change) }, "change");
  return text`（比上期${change > 0 ? "增加" : "减少"}${figure}个）`;
}

function money(facts: BulletinFacts, figures: FigureLedger): Paragraph {
  const { budget, spent } = facts.money;
  const execution = percentOf({ numerator: String(spent.fen), denominator: String(budget.fen) });
  const time = percentOf(facts.timeShare);
  if (!execution || !time) return text`本年度未安排项目预算。`;
  const rate = figures.percent(derived(spent, "rate"), execution, "executionRate");
  const progress = figures.percent(facts.timeShare, time, "timeShare");
  return text`全年预算${figures.money(budget, "budget")}万元，累计支出${figures.money(spent, "spent")}万元，预算执行率${rate}，${gapTo(subtract(execution, time), text`时间进度（${progress}）`, ["快", "慢"], (gap) => figures.points(derived(spent, "timeGap"), gap, "timeGap"))}。`;
}

function sharing(facts: BulletinFacts, figures: FigureLedger): Paragraph {
  const { cloudRate, cataloguingRate, demandMetRate, previous } = facts;
  const due = figures.count({ ...derived(cloudRate, "due"), value: Number(cloudRate.denominator) }, "cloudDue");
  const done = figures.count({ ...derived(cloudRate, "done"), value: Number(cloudRate.numerator) }, "cloudDone");
  const sentences = [
    rateSentence(
      {
        name: text`应上云自建系统${due}个，已上云${done}个，上云率`,
        none: "本期无应上云自建系统，不计上云率",
        kind: "cloudRate",
        rate: cloudRate,
        before: previous?.cloudRate,
        target: targetClause(cloudRate, figures),
      },
      figures,
    ),
    rateSentence(
      {
        name: text`政务信息资源编目率`,
        none: "本期无应编目数据资源，不计编目率",
        kind: "cataloguingRate",
        rate: cataloguingRate,
        before: previous?.cataloguingRate,
      },
      figures,
    ),
    rateSentence(
      {
        name: text`数据共享需求满足率`,
        none: "本期无有效数据需求，不计需求满足率",
        kind: "demandMetRate",
        rate: demandMetRate,
        before: previous?.demandMetRate,
      },
      figures,
    ),
  ];
  return text`${join(sentences, "；")}。`;
}

function targetClause(rate: BulletinFacts["cloudRate"], figures: FigureLedger): Paragraph {
  const percent = percentOf(rate);
  if (!percent || rate.target === null) return [];
  const target = parseRational(rate.target);
  const name = text`目标（${figures.percent(derived(rate, "target"), target, "cloudTarget")}）`;
  return gapTo(subtract(percent, target), name, ["高", "低"], (gap) =>
    figures.points(derived(rate, "gap"), gap, "cloudGap"),
  );
}

interface RateWords {
  readonly name: Paragraph;
  /** said instead when there was nothing to measure */
  readonly none: string;
  readonly kind: FigureKind;
  readonly rate: RateFigure;
  readonly before: Share | undefined;
  readonly target?: Paragraph;
}

function rateSentence({ name, none, kind, rate, before, target = [] }: RateWords, figures: FigureLedger): Paragraph {
  const percent = percentOf(rate);
  if (!percent) return [none];
  return join(
    [text`${name}${figures.percent(rate, percent, kind)}`, target, rateChange(rate, percent, before, figures)],
    "，",
  );
}

function rateChange(rate: RateFigure, percent: Rational, before: Share | undefined, figures: FigureLedger): Paragraph {
  const earlier = before && percentOf(before);
  if (!earlier) return [];
  const change = subtract(percent, earlier);
  if (change.n === 0n) return text`与上期持平`;
  if (showsAsZero(change)) return text`与上期基本持平`;
  const points = figures.points(derived(rate, "change"), change, "change");
  return text`比上期${change.n > 0n ? "提高" : "下降"}${points}个百分点`;
}

/** "比时间进度（62.50%）慢1.36个百分点": the gap is taken unrounded and rounded once. @source domain.md §7 */
function gapTo(
  gap: Rational,
  name: Paragraph,
  [ahead, behind]: readonly [string, string],
  figureOf: (gap: Rational) => ReturnType<FigureLedger["points"]>,
): Paragraph {
  if (gap.n === 0n) return text`与${name}持平`;
  if (showsAsZero(gap)) return text`与${name}基本持平`;
  return text`比${name}${gap.n > 0n ? ahead : behind}${figureOf(gap)}个百分点`;
}

const showsAsZero = (value: Rational): boolean => toFixed(value, 2) === "0.00";

function reports(facts: BulletinFacts, figures: FigureLedger): Paragraph {
  const { due, onTime, late, missing } = facts.reports;
  if (due.value === 0) return text`本期无应报月报。`;
  const rate = figures.percent(derived(onTime, "rate"), rational(onTime.value * 100, due.value), "punctuality");
  return text`本期应报月报${figures.count(due, "reportsDue")}份，按时报送${figures.count(onTime, "reportsOnTime")}份，按时报送率${rate}；迟报${figures.listCount(late, "reportsLate")}份，缺报${figures.listCount(missing, "reportsMissing")}份。`;
}

function grades(facts: BulletinFacts, figures: FigureLedger): Paragraph {
  const { ranking, period } = facts;
  const [first] = ranking;
  if (!first) return text`本期无纳入考核的单位。`;
  const source = { figureId: "ranking", evidenceUrl: facts.rankingUrl };
  const total = figures.count({ ...source, value: ranking.length }, "assessedUnits");
  const parts = GRADES.map((grade) => {
    const value = ranking.filter((row) => row.grade === grade).length;
    return text`${grade}的${figures.count({ ...derived(source, grade), value }, "gradeCount")}个`;
  });
  return text`${formatPeriod(period)}共考核单位${total}个，其中等次为${join(parts, "、")}。`;
}
