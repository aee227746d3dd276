import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { canonicalJson } from "~/kernel/canonical-json";
import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import { GRADES, type Grade } from "~/kernel/vocabulary";

import { emptyMonth, eventfulMonth, listOf } from "./bulletin.fixture";
import type { BulletinFacts, RankedRow } from "./bulletin.types";
import { composeBulletin } from "./compose-bulletin.rules";
import { plainText } from "./plain-text";

const textOf = (facts: BulletinFacts): string => plainText(composeBulletin(facts));
const lineOf = (facts: BulletinFacts, after: string): string => {
  const lines = textOf(facts).split("\n");
  return lines[lines.findIndex((line) => line.includes(after)) + 1] ?? "";
};
const figureOf = (facts: BulletinFacts, id: string) =>
  composeBulletin(facts).figures.find((figure) => figure.id === id);

describe("an eventful month", () => {
  it("has the title and the four parts of a bulletin", () => {
    const content = composeBulletin(eventfulMonth);
    expect(content.title).toBe("关于2026年6月全市政务信息化项目建设和考核情况的通报");
    expect(content.sections.filter(({ level }) => level === 1).map(({ heading }) => heading)).toEqual([
      "一、总体情况",
      "二、主要成效",
      "三、存在问题",
      "四、下一步工作要求",
    ]);
  });

  it("names its grounds and its cut-off", () => {
    expect(textOf(eventfulMonth)).toContain(
      "根据《鹤山市“数字政府”综合改革试点方案》有关要求，依据《政务信息化项目建设和数据共享考核方案》（第1版），现将2026年6月全市政务信息化项目建设和考核情况通报如下（数据截至2026年7月6日9时05分）。",
    );
  });

  it.each([
    [
      "units behind in sharing, the worst first",
      "（一）数据共享未按计划落实",
      "有2个单位未按计划完成数据共享任务，具体为：市教育局应落实12项，未落实3项；市民政局应落实8项，未落实1项。",
    ],
    [
      "red projects with their gap, or the reason when there is none to compute",
      "（二）建设进度明显滞后",
      "红灯项目2个，具体为：市交通运输局“智慧交通（一期）”计划进度60.00%、实际进度35.00%，落后25.00个百分点；市农业农村局“智慧农业”连续两期缺报月报。黄灯项目3个（详见附件3），有关单位要及早采取措施。",
    ],
    [
      "late and missing reports per unit",
      "（三）月报报送不及时",
      "迟报月报3份，具体为：市教育局2份、市民政局1份；缺报月报1份，具体为：市交通运输局1份。",
    ],
    [
      "overdue items",
      "（四）任务和督办事项逾期",
      "台账任务逾期未完成1项，具体为：“推进电子证照应用”（市公安局、市司法局）逾期15天。督办事项逾期未销号1件，具体为：“数据接口整改”（市教育局）逾期6天。",
    ],
    ["low grades", "（五）考核等次偏低", "市直部门中，市教育局（58.20分）考核等次为“差”。"],
    [
      "praise, but not for the last place among three with 差",
      "（一）考核得分靠前的单位",
      "市直部门中，市财政局（96.20分）、市司法局（91.00分）得分靠前；镇（街）中，沙坪街道（88.00分）得分靠前。对上述单位予以通报表扬。",
    ],
    ["who rose", "（二）位次提升明显的单位", "与上期相比，市司法局在市直部门中由第6位升至第2位。"],
    [
      "the date of rectification",
      "（一）按期完成整改",
      "被点名的单位要逐项查明原因、制定整改措施，于2026年7月31日前完成整改，并将经分管领导签批的整改情况报市政务服务数据管理局。逾期未完成整改的，纳入督办并在下期通报。",
    ],
  ])("says %s", (_, heading, sentence) => {
    expect(lineOf(eventfulMonth, heading)).toBe(sentence);
  });

  it.each([
    ["more projects", "政务信息化项目共34个（比上期增加2个）"],
    ["as many yellow ones", "预警（黄灯）3个（与上期持平）"],
    ["fewer red ones", "滞后（红灯）2个（比上期减少1个）"],
    ["a higher rate", "上云率75.00%，比目标（100.00%）低25.00个百分点，比上期提高8.33个百分点"],
    ["a lower rate", "编目率95.00%，比上期下降1.00个百分点"],
    ["an equal rate, written differently", "需求满足率99.00%，与上期持平"],
  ])("says what changed since the last issue: %s", (_, words) => {
    expect(textOf(eventfulMonth)).toContain(words);
  });

  it.each([
    ["a place equal to the limit is praised", 2, "市财政局（96.20分）、市司法局（91.00分）得分靠前；"],
    ["a place beyond it is not", 1, "市直部门中，市财政局（96.20分）得分靠前；"],
  ])("%s", (_, praiseTop, words) => {
    const facts = { ...eventfulMonth, thresholds: { ...eventfulMonth.thresholds, praiseTop } };
    expect(lineOf(facts, "（一）考核得分靠前的单位")).toContain(words);
  });

  it("refers to the annex that really holds the list", () => {
    const { annexes } = composeBulletin(eventfulMonth);
    expect(annexes.map(({ label, title }) => `${label} ${title}`)).toEqual([
      "附件1 2026年6月市直部门考核得分和位次",
      "附件2 2026年6月镇（街）考核得分和位次",
      "附件3 红灯、黄灯项目清单",
      "附件4 月报迟报、缺报清单",
      "附件5 逾期任务和督办事项清单",
      "附件6 未按计划落实数据共享的单位清单",
      "附件7 指标口径说明",
    ]);
  });

  it("ranks each group with scores, places and changes", () => {
    expect(composeBulletin(eventfulMonth).annexes[0]?.rows).toEqual([
      ["1", "市财政局", "96.20", "优", "2", "▲1"],
      ["2", "市司法局", "91.00", "优", "6", "▲4"],
      ["3", "市教育局", "58.20", "差", "1", "▼2"],
    ]);
    expect(composeBulletin(eventfulMonth).annexes[1]?.rows).toEqual([["1", "沙坪街道", "88.00", "良", "—", "—"]]);
  });

  it("explains every figure of the text in the last annex", () => {
    const content = composeBulletin(eventfulMonth);
    const explained = content.annexes.at(-1)?.rows.map((row) => row[1]);
    for (const { name } of content.figures) expect(explained).toContain(name);
  });
});

describe("a figure", () => {
  it("keeps its exact value behind the rounded text", () => {
    expect(figureOf(eventfulMonth, "money.spent.rate")).toMatchObject({
      text: "61.14%",
      value: "598650/9791",
      unit: "percent",
    });
  });

  it("carries its amount in fen and the address of its rows", () => {
    expect(figureOf(eventfulMonth, "money.budget")).toMatchObject({
      text: "19,582.00",
      value: "19582000000",
      unit: "fen",
      evidenceUrl: "/evidence/money.budget",
    });
  });

  it("stands for one value only", () => {
    const { projectCounts } = eventfulMonth;
    const clash = {
      ...eventfulMonth,
      projectCounts: { ...projectCounts, underWay: { ...projectCounts.underWay, figureId: "projects.total" } },
    };
    expect(() => composeBulletin(clash)).toThrow(/projects.total/);
  });
});

describe("execution against time, the gap unrounded and then rounded", () => {
  const withMoney = (budget: number, spent: number, months: string): BulletinFacts => ({
    ...eventfulMonth,
    money: {
      budget: { ...eventfulMonth.money.budget, fen: fen(budget) },
      spent: { ...eventfulMonth.money.spent, fen: fen(spent) },
    },
    timeShare: { ...eventfulMonth.timeShare, numerator: months },
  });
  it.each([
    ["119.73 of 195.82 at 62.5 %", 19582, 11973, "7.5", "比时间进度（62.50%）慢1.36个百分点"],
    [
      "629.0 of 647.4 at 83.333 %, not 13.83 of rounded figures",
      64740,
      62900,
      "10",
      "比时间进度（83.33%）快13.82个百分点",
    ],
    ["74 % at 66.667 %", 100, 74, "8", "比时间进度（66.67%）快7.33个百分点"],
    ["exactly in time", 100, 50, "6", "与时间进度（50.00%）持平"],
    ["too little to show", 1_000_000, 500_001, "6", "与时间进度（50.00%）基本持平"],
  ])("%s", (_, budget, spent, months, words) => {
    expect(textOf(withMoney(budget, spent, months))).toContain(words);
  });
});

describe("a month with nothing to say", () => {
  it.each([
    ["no project", "截至2026年6月底，全市无纳入管理的政务信息化项目。"],
    ["no budget", "本年度未安排项目预算。"],
    [
      "nothing to measure",
      "本期无应上云自建系统，不计上云率；本期无应编目数据资源，不计编目率；本期无有效数据需求，不计需求满足率。",
    ],
    ["no report due", "本期无应报月报。"],
    ["nobody assessed", "本期无纳入考核的单位。"],
    ["nobody to praise", "本期无需要通报表扬的单位和事项。"],
    ["the first named cause", "本期无数据共享未按计划落实的单位。"],
    ["the second named cause", "本期无建设进度明显滞后的项目。"],
    ["no rectification", "各单位要对照考核指标查漏补缺"],
  ])("says so: %s", (_, sentence) => {
    expect(textOf(emptyMonth)).toContain(sentence);
  });

  it("keeps only the two named causes", () => {
    const headings = composeBulletin(emptyMonth).sections.map(({ heading }) => heading);
    const problems = headings.slice(headings.indexOf("三、存在问题") + 1, headings.indexOf("四、下一步工作要求"));
    expect(problems).toEqual(["（一）数据共享未按计划落实", "（二）建设进度明显滞后"]);
  });

  it("writes 无 into empty annexes", () => {
    expect(composeBulletin(emptyMonth).annexes[1]?.rows).toEqual([["", "无", "", ""]]);
  });

  it("has no figure that the text does not use", () => {
    expect(composeBulletin(emptyMonth).figures).toEqual([]);
  });
});

describe("more units than the text names", () => {
  const few = { ...eventfulMonth, thresholds: { ...eventfulMonth.thresholds, namedAtMost: 1 } };
  it.each([
    ["（一）数据共享未按计划落实", "主要有：市教育局应落实12项，未落实3项；其余见附件6。"],
    ["（三）月报报送不及时", "迟报月报3份，主要有：市教育局2份等（详见附件4）；缺报月报1份，具体为：市交通运输局1份。"],
  ])("%s points to its annex", (heading, words) => {
    expect(lineOf(few, heading)).toContain(words);
  });
});

it("three late reports of two units are all named when two may be", () => {
  const two = { ...eventfulMonth, thresholds: { ...eventfulMonth.thresholds, namedAtMost: 2 } };
  expect(lineOf(two, "（三）月报报送不及时")).toContain("迟报月报3份，具体为：市教育局2份、市民政局1份；");
});

describe("names", () => {
  const [project] = eventfulMonth.redProjects.items;
  const named = (projectName: string): string =>
    project
      ? lineOf(
          {
            ...eventfulMonth,
            redProjects: listOf("projects.red", [{ ...project, projectName }]),
            projectCounts: { ...eventfulMonth.projectCounts, red: { ...eventfulMonth.projectCounts.red, value: 1 } },
          },
          "（二）建设进度明显滞后",
        )
      : "";
  it.each([
    ["quotes within quotes become single", "“数字政府”平台", "“‘数字政府’平台”"],
    ["closing punctuation is left out", "智慧水务。", "“智慧水务”计划"],
    ["Latin brackets become full-width", "智慧水务(二期)", "“智慧水务（二期）”"],
  ])("%s", (_, name, words) => {
    expect(named(name)).toContain(words);
  });
});

describe("properties", () => {
  const grade = fc.constantFrom<Grade>(...GRADES);
  const name = fc.constantFrom("市教育局", "市财政局", "市“一件事”专班", "镇(街)办", "市政数局。");
  const small = fc.integer({ min: 0, max: 4 });
  const share = fc.tuple(small, small).map(([a, b]) => ({ numerator: String(Math.min(a, b)), denominator: String(b) }));
  const percent = fc.option(fc.integer({ min: 0, max: 100 }).map(String));
  const source = (prefix: string, i: number) => ({ figureId: `${prefix}.${i}`, evidenceUrl: `/e/${prefix}/${i}` });

  const month = fc
    .record({
      total: small,
      underWay: small,
      green: small,
      yellow: small,
      red: small,
      due: small,
      onTime: small,
      budget: small,
      spent: small,
      cloud: share,
      catalogue: share,
      demand: share,
      target: percent,
      late: fc.array(name, { maxLength: 4 }),
      missing: fc.array(name, { maxLength: 4 }),
      ranked: fc.array(
        fc.record({
          name,
          grade,
          previous: fc.option(fc.integer({ min: 1, max: 9 })),
          group: fc.constantFrom("municipal" as const, "county" as const, "town" as const),
        }),
        { maxLength: 6 },
      ),
      lit: fc.array(
        fc.record({ name, planned: percent, actual: percent, reason: fc.constantFrom("", "里程碑逾期。") }),
        { maxLength: 4 },
      ),
      shortfalls: fc.array(fc.record({ name, due: small, outstanding: small }), { maxLength: 4 }),
      overdue: fc.array(fc.record({ name, units: fc.array(name, { maxLength: 2 }), days: small }), { maxLength: 4 }),
      previous: fc.option(
        fc.record({
          projectTotal: small,
          red: small,
          yellow: small,
          cloudRate: share,
          cataloguingRate: share,
          demandMetRate: share,
        }),
      ),
      namedAtMost: fc.integer({ min: 1, max: 3 }),
    })
    .map((m): BulletinFacts => {
      const count = (figureId: string, value: number) => ({ ...source(figureId, 0), value });
      const reports = (units: string[]) => units.map((unitName) => ({ unitName, projectName: "项目" }));
      const lit = (prefix: string) =>
        m.lit.map((each, i) => ({
          ...source(prefix, i),
          unitName: each.name,
          projectName: each.name,
          plannedPercent: each.planned,
          actualPercent: each.actual,
          reason: each.reason,
        }));
      const overdue = (prefix: string) =>
        m.overdue.map((each, i) => ({
          ...source(prefix, i),
          number: String(i),
          title: each.name,
          unitNames: each.units,
          dueOn: localDate("2026-06-30"),
          overdueDays: each.days,
        }));
      return {
        ...eventfulMonth,
        projectCounts: {
          total: count("total", m.total),
          underWay: count("underWay", m.underWay),
          green: count("green", m.green),
          yellow: count("yellow", m.yellow),
          red: count("red", m.red),
        },
        money: {
          budget: { ...source("budget", 0), fen: fen(m.budget) },
          spent: { ...source("spent", 0), fen: fen(m.spent) },
        },
        cloudRate: { ...source("cloud", 0), ...m.cloud, target: m.target },
        cataloguingRate: { ...source("catalogue", 0), ...m.catalogue },
        demandMetRate: { ...source("demand", 0), ...m.demand },
        reports: {
          due: count("due", m.due),
          onTime: count("onTime", m.onTime),
          late: listOf("late", reports(m.late)),
          missing: listOf("missing", reports(m.missing)),
        },
        ranking: m.ranked.map((each, i): RankedRow => ({
          ...source("score", i),
          group: each.group,
          place: i + 1,
          previousPlace: each.previous,
          unitName: each.name,
          score: "80.00",
          scoreExact: "80",
          grade: each.grade,
        })),
        sharingShortfalls: listOf(
          "sharing",
          m.shortfalls.map((each, i) => ({
            ...source("short", i),
            unitName: each.name,
            due: each.due,
            outstanding: each.outstanding,
          })),
        ),
        redProjects: listOf("reds", lit("red.project")),
        yellowProjects: listOf("yellows", lit("yellow.project")),
        overdueTasks: listOf("tasks", overdue("task")),
        overdueSupervision: listOf("items", overdue("item")),
        previous: m.previous ?? undefined,
        thresholds: { ...eventfulMonth.thresholds, namedAtMost: m.namedAtMost },
      };
    });

  it("no sentence has doubled, missing or misplaced punctuation, and nothing is undefined", () => {
    fc.assert(
      fc.property(month, (facts) => {
        const content = composeBulletin(facts);
        const whole = plainText(content);
        expect(whole).not.toMatch(/undefined|null|NaN|\[object/);
        expect(whole).not.toMatch(/[，、；：。][，、；：。]|[（“《][，、；：。）”》]|[，、；：][）”》]/u);
        const written = whole.slice(0, whole.indexOf("附件1 ")).split("\n");
        for (const line of written) expect(line).not.toMatch(/^[，。、；：？！）》”]|[（《“]$/u);
        for (const section of content.sections) {
          expect(section.heading).not.toMatch(/[，。、；：]$/u);
          for (const paragraph of section.paragraphs) expect(paragraph.at(-1)).toMatch(/。$/u);
        }
      }),
    );
  });

  it("every figure of the text is defined and every figure defined is in the text", () => {
    fc.assert(
      fc.property(month, (facts) => {
        const { sections, figures } = composeBulletin(facts);
        const standing = sections
          .flatMap(({ paragraphs }) => paragraphs.flat())
          .flatMap((inline) => (typeof inline === "string" ? [] : [inline.figure]));
        expect(new Set(figures.map(({ id }) => id))).toEqual(new Set(standing));
        expect(figures.every(({ definition, evidenceUrl }) => definition !== "" && evidenceUrl !== "")).toBe(true);
      }),
    );
  });

  it("the text itself holds no digits but those of dates, versions, numbers of annexes and contacts", () => {
    fc.assert(
      fc.property(month, (facts) => {
        const { sections } = composeBulletin(facts);
        const words = sections
          .flatMap(({ paragraphs }) => paragraphs.flat())
          .filter((inline) => typeof inline === "string");
        const rest = words.join("").replace(/\d+[年月日]|附件\d+|0750-8888888/g, "");
        expect(rest).not.toMatch(/\d/);
      }),
    );
  });

  it("the same facts give the same bytes", () => {
    fc.assert(
      fc.property(month, (facts) => {
        expect(canonicalJson(composeBulletin(structuredClone(facts)))).toBe(canonicalJson(composeBulletin(facts)));
      }),
    );
  });
});
