import { compare, parseRational, subtract } from "~/kernel/rational";
import { keysOf, UNIT_GROUPS, type UnitGroup } from "~/kernel/vocabulary";

import type { BulletinFacts, Inline, Paragraph, RankedRow } from "./bulletin.types";
import { derived, percentOf, type FigureLedger } from "./figure-ledger";
import { join, official, text } from "./paragraph";

/** A cause, or a merit, before it is numbered. */
export interface Topic {
  readonly heading: string;
  readonly paragraph: Paragraph;
}

/**
 * 二、主要成效: who leads each group, who rose, which goals were met. Nobody is praised with a grade of 中 or lower.
 * @source domain.md §10
 */
export function achievements(facts: BulletinFacts, figures: FigureLedger): Topic[] {
  return [leaders(facts, figures), risers(facts, figures), goalsMet(facts, figures)].filter(
    (topic) => topic !== undefined,
  );
}

/** The groups that were ranked, in the order of the vocabulary, each with its rows from the first place down. */
export function groupsOf(ranking: readonly RankedRow[]): { group: UnitGroup; name: string; rows: RankedRow[] }[] {
  return keysOf(UNIT_GROUPS).flatMap((group) => {
    const rows = ranking.filter((row) => row.group === group).sort((a, b) => a.place - b.place);
    return rows.length > 0 ? [{ group, name: official(UNIT_GROUPS[group]), rows }] : [];
  });
}

const deservesPraise = (row: RankedRow): boolean => row.grade === "优" || row.grade === "良";

function leaders(facts: BulletinFacts, figures: FigureLedger): Topic | undefined {
  const groups = groupsOf(facts.ranking).map(({ name, rows }) => ({
    name,
    praised: rows.filter((row) => row.place <= facts.thresholds.praiseTop && deservesPraise(row)),
  }));
  const named = groups.filter(({ praised }) => praised.length > 0);
  if (named.length === 0) return undefined;
  const parts = named.map(
    ({ name, praised }) =>
      text`${name}中，${join(
        praised.map((row) => scored(row, figures)),
        "、",
      )}得分靠前`,
  );
  return { heading: "考核得分靠前的单位", paragraph: text`${join(parts, "；")}。对上述单位予以通报表扬。` };
}

/** "市财政局（96.20分）" */
export function scored(row: RankedRow, figures: FigureLedger): Paragraph {
  return text`${official(row.unitName)}（${figures.score(row)}分）`;
}

function risers(facts: BulletinFacts, figures: FigureLedger): Topic | undefined {
  const parts = groupsOf(facts.ranking).flatMap(({ name, rows }) =>
    rows.flatMap((row) => {
      const { place, previousPlace } = row;
      if (previousPlace === null || previousPlace - place < facts.thresholds.praiseRise || !deservesPraise(row))
        return [];
      const from = figures.count({ ...derived(row, "previousPlace"), value: previousPlace }, "place", "place");
      const to = figures.count({ ...derived(row, "place"), value: place }, "place", "place");
      return [text`${official(row.unitName)}在${name}中由第${from}位升至第${to}位`];
    }),
  );
  return parts.length === 0
    ? undefined
    : { heading: "位次提升明显的单位", paragraph: text`与上期相比，${join(parts, "；")}。` };
}

function goalsMet(facts: BulletinFacts, figures: FigureLedger): Topic | undefined {
  const met: Paragraph[] = [];
  const say = (words: string, ...more: Inline[]) => met.push([words, ...more]);

  const { budget, spent } = facts.money;
  const execution = percentOf({ numerator: String(spent.fen), denominator: String(budget.fen) });
  const time = percentOf(facts.timeShare);
  if (execution && time && compare(execution, time) > 0) {
    met.push(
      text`预算执行率快于时间进度${figures.points(derived(spent, "timeGap"), subtract(execution, time), "timeGap")}个百分点`,
    );
  }
  const cloud = percentOf(facts.cloudRate);
  if (cloud && facts.cloudRate.target !== null && compare(cloud, parseRational(facts.cloudRate.target)) >= 0) {
    say("上云率达到", figures.percent(facts.cloudRate, cloud, "cloudRate"), "，完成当期目标");
  }
  const { due, late, missing } = facts.reports;
  if (due.value > 0 && late.items.length + missing.items.length === 0) say("月报全部按时报送");
  if (facts.projectCounts.underWay.value > 0 && facts.projectCounts.red.value === 0) say("在建项目无红灯");
  return met.length === 0 ? undefined : { heading: "完成较好的指标", paragraph: text`${join(met, "；")}。` };
}
