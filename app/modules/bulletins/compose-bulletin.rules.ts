import { formatPeriod } from "~/kernel/period";

import { achievements, type Topic } from "./achievements.rules";
import { annexes, annexLabels } from "./annexes.rules";
import type { BulletinContent, BulletinFacts, BulletinSection, Paragraph } from "./bulletin.types";
import { formatCutoff } from "./cutoff";
import { FigureLedger } from "./figure-ledger";
import { overview } from "./overview.rules";
import { numeral, official, text, titled } from "./paragraph";
import { problems } from "./problems.rules";
import { requirements } from "./requirements.rules";

/**
 * Writes a bulletin from a frozen snapshot: the same facts always give the same content, and every number of the text
 * is a figure with its exact value, its definition and the address of its rows.
 * @source domain.md §10
 */
export function composeBulletin(facts: BulletinFacts): BulletinContent {
  const figures = new FigureLedger();
  const sections = [
    ...part(0, "总体情况", overview(facts, figures), []),
    ...part(1, "主要成效", [], achievements(facts, figures), "本期无需要通报表扬的单位和事项。"),
    ...part(2, "存在问题", [], problems(facts, figures, annexLabels(facts))),
    ...part(3, "下一步工作要求", [], requirements(facts)),
  ];
  const used = figures.usedIn(sections.flatMap((section) => section.paragraphs));
  return {
    title: `关于${formatPeriod(facts.period)}${facts.areaName}政务信息化项目建设和考核情况的通报`,
    period: facts.period,
    cutoffAt: facts.cutoffAt,
    schemeName: facts.schemeName,
    schemeVersion: facts.schemeVersion,
    issuerName: official(facts.issuerName),
    addressees: official(facts.addressees),
    opening: opening(facts),
    sections,
    figures: used,
    annexes: annexes(facts, used),
  };
}

function opening(facts: BulletinFacts): Paragraph {
  const basis = facts.basis.map(titled).join("");
  const grounds = basis === "" ? "按照工作部署" : `根据${basis}有关要求`;
  const scheme = `${titled(facts.schemeName)}（第${facts.schemeVersion}版）`;
  return text`${grounds}，依据${scheme}，现将${formatPeriod(facts.period)}${facts.areaName}政务信息化项目建设和考核情况通报如下（数据截至${formatCutoff(facts.cutoffAt)}）。`;
}

function part(
  index: number,
  name: string,
  paragraphs: readonly Paragraph[],
  topics: readonly Topic[],
  whenEmpty?: string,
): BulletinSection[] {
  const body = paragraphs.length + topics.length === 0 && whenEmpty !== undefined ? [[whenEmpty]] : paragraphs;
  return [
    { level: 1, heading: `${numeral(index)}、${name}`, paragraphs: body },
    ...topics.map((topic, i): BulletinSection => ({
      level: 2,
      heading: `（${numeral(i)}）${topic.heading}`,
      paragraphs: [topic.paragraph],
    })),
  ];
}
