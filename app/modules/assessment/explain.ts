import { fen, formatWan } from "~/kernel/fen";
import { parseRational, toFixed } from "~/kernel/rational";

import { termsOf, type MeasureTerms } from "./measure-terms";
import type { AdjustmentScore, AdjustmentTotal, LeafScore, OccurrenceScore, VetoHit } from "./score.types";

/**
 * The sentence that tells an official why a leaf scored as it did, built from its codes and figures alone.
 * Example: 本期应报月报12份，迟报1份扣0.50分，缺报1份扣1.00分，得8.50分。
 */
export function explainLeaf(leaf: LeafScore): string {
  if (leaf.notApplicable) return `${notApplicable(leaf)}，本项${leaf.weight}分由同级指标分摊。`;
  const spread =
    leaf.effectiveWeight === leaf.weight ? "" : `同级不适用指标分摊后本项满分${round2(leaf.effectiveWeight)}分，`;
  return `${body(leaf)}，${spread}得${leaf.points}分。`;
}

function body(leaf: LeafScore): string {
  const facts = leaf.explanationFacts;
  const name = termsOf(leaf.measure)?.name ?? leaf.name;
  switch (leaf.explanationCode) {
    case "ratioMet":
    case "ratioShort":
      return `${measured(leaf)}，${name}${leaf.rate}%，${target(leaf)}，${leaf.explanationCode === "ratioMet" ? "达到目标" : "按完成比例计分"}`;
    case "stepReached":
      return `${measured(leaf)}，${name}${leaf.rate}%，达到${facts.atLeastPercent}%档，按满分的${facts.sharePercent}%计分`;
    case "belowSteps":
      return `${measured(leaf)}，${name}${leaf.rate}%，未达到最低档`;
    case "present":
      return `${leaf.name}本期已落实`;
    case "absent":
      return `${leaf.name}本期未落实`;
    case "noOccurrence":
      return `本期${base(leaf)}无${leaf.occurrences.map((each) => partOf(each.measure, leaf.name)).join("、")}`;
    case "occurred":
      return `本期${base(leaf)}${leaf.occurrences
        .filter((each) => each.counted !== "0")
        .map((each) => occurrence(each, leaf.name))
        .join("，")}${struck(leaf.occurrences)}`;
    case "manualScored":
      return `考核人员依据佐证材料评${facts.given}分（满分${facts.max}分）`;
    case "manualPending":
      return "尚未评分，暂按0分计";
    default:
      return notApplicable(leaf);
  }
}

/** One bonus or deduction: 提前满足数据需求2件，加1.00分。 */
export function explainAdjustment(item: AdjustmentScore): string {
  const word = item.ruleKind === "bonus" ? "加" : "扣";
  const part = partOf(item.measure, item.name);
  if (item.counted === "0") return `本期无${part}，不${word}分${struck([item])}。`;
  return `本期${part}${item.counted}${termsOf(item.measure)?.counter ?? "次"}，${word}${item.points}分${struck([item])}。`;
}

/** Says that a cap was reached, or nothing. */
export function explainCap(total: AdjustmentTotal, kind: "bonus" | "deduction"): string {
  if (!total.capped) return "";
  return kind === "bonus" ? `加分合计以${total.cap}分为限。` : `扣分合计以${total.cap}分为限。`;
}

export function explainVeto(veto: VetoHit): string {
  const counter = termsOf(veto.measure)?.counter ?? "次";
  return `本期${partOf(veto.measure, veto.name)}${veto.occurrences}${counter}，按一票否决规定，考核等次最高为“${veto.gradeCap}”。`;
}

function notApplicable(leaf: LeafScore): string {
  switch (leaf.explanationCode) {
    case "noFact":
      return "本期未取得该项数据";
    case "nothingToMeasure":
      return `本期无${termsOf(leaf.measure)?.base ?? "考核对象"}`;
    case "noTargetYet":
      return "本期尚无目标值";
    default:
      return notConcerned(leaf);
  }
}

/** No record of the unit is behind the measure: says what there was none of. */
function notConcerned(leaf: LeafScore): string {
  if (leaf.ruleKind === "manual") return "本期未评分";
  const base = termsOf(leaf.measure)?.base ?? "";
  return base === "" ? "本项不适用于本单位" : `本期无${base}`;
}

function measured(leaf: LeafScore): string {
  const terms = termsOf(leaf.measure);
  const quantity = (text: string | null) => amount(text ?? "0", terms);
  return terms
    ? `本期${terms.base}${quantity(leaf.measureDenominator)}，${terms.part}${quantity(leaf.measureNumerator)}`
    : `本期分母${leaf.measureDenominator}，分子${leaf.measureNumerator}`;
}

function target(leaf: LeafScore): string {
  return leaf.explanationFacts.targetName === "timeProgress"
    ? `时间进度${round2(leaf.target ?? "0")}%`
    : `目标${leaf.target}%`;
}

/** "应报月报12份，", when the measure has a base and there is any. */
function base(leaf: LeafScore): string {
  const terms = termsOf(leaf.measure);
  if (!terms?.base || leaf.measureDenominator === null) return "";
  return `${terms.base}${amount(leaf.measureDenominator, terms)}，`;
}

function occurrence(each: OccurrenceScore, fallback: string): string {
  const lost = each.points.startsWith("-");
  const counter = termsOf(each.measure)?.counter ?? "次";
  return `${partOf(each.measure, fallback)}${each.counted}${counter}${lost ? "扣" : "加"}${each.points.replace("-", "")}分`;
}

function struck(items: readonly OccurrenceScore[]): string {
  const times = items.reduce((total, item) => total + item.struck, 0);
  return times === 0 ? "" : `（同一事项按最高计一次，另有${times}次不重复计）`;
}

const partOf = (measure: string, fallback: string): string => termsOf(measure)?.part ?? fallback;
const round2 = (text: string): string => toFixed(parseRational(text), 2);

function amount(text: string, terms: MeasureTerms | undefined): string {
  if (terms?.unit === "fen") return `${formatWan(fen(Number(text)))}万元`;
  return `${text}${terms?.counter ?? ""}`;
}
