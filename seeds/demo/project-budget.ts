import type { budgetLines, fundingSources, yearSplits } from "@db/schema";
import { fen, sumFen, type Fen } from "~/kernel/fen";
import type { BudgetCategory } from "~/kernel/vocabulary";

import { chance } from "./chance";
import type { City } from "./city";
import { demoId } from "./demo-id";
import type { Course, ProjectFacts } from "./project-facts";
import { isApproved } from "./project-timeline";

type LineRow = typeof budgetLines.$inferInsert;

/** @unit 万元 with at most two decimals in, fen out */
const wan = (amount: number): Fen => fen(Math.round(amount * 100) * 10_000);

type Line = readonly [
  category: BudgetCategory,
  name: string,
  quantity: number,
  measureUnit: string,
  unitPriceWan: number,
];

/** A line of whole man-months, or of one lump sum, that takes about its share of the size. */
const manMonths = (name: string, sizeWan: number, share: number, priceWan: number): Line => [
  "software",
  name,
  Math.max(1, Math.round((sizeWan * share) / priceWan)),
  "人月",
  priceWan,
];
const lump = (category: BudgetCategory, name: string, sizeWan: number, share: number, unit = "项"): Line => [
  category,
  name,
  1,
  unit,
  Math.round(sizeWan * share * 10) / 10,
];

const LINES: Readonly<Record<Course, (sizeWan: number) => Line[]>> = {
  software: (size) => [
    manMonths("业务功能开发", size, 0.44, 1.62),
    manMonths("数据治理与接口对接", size, 0.16, 1.48),
    manMonths("系统集成与部署实施", size, 0.08, 1.35),
    ["hardware", "专用终端设备", Math.max(2, Math.round(size / 30)), "台", 0.85],
    ["cloud", "政务云资源服务", 2, "年", Math.round(size * 0.28) / 10],
    lump("supervision", "项目监理服务", size, 0.028),
    lump("maintenance", "质保期外首年运维", size, 0.07, "年"),
    lump("other", "方案设计与用户培训", size, 0.035),
  ],
  infrastructure: (size) => [
    ["hardware", "核心设备", Math.max(2, Math.round(size / 160)), "台", 38.6],
    ["hardware", "接入与感知设备", Math.round((size * 0.32) / 0.46), "套", 0.46],
    lump("other", "线路与安装施工", size, 0.16),
    manMonths("管理平台开发", size, 0.1, 1.55),
    ["cloud", "政务云资源服务", 2, "年", Math.round(size * 0.2) / 10],
    lump("supervision", "项目监理服务", size, 0.026),
    lump("maintenance", "首年运行维护", size, 0.05, "年"),
  ],
  service: (size) => [
    ["cloud", "基础资源与平台服务", 3, "年", Math.round(size * 1.7) / 10],
    lump("other", "迁移与实施服务", size, 0.22),
    lump("hardware", "自助与配套设备", size, 0.08, "批"),
    manMonths("接口适配开发", size, 0.1, 1.4),
    lump("maintenance", "驻场运维服务", size, 0.08, "年"),
  ],
};

/** Lines of what security asks: a test for every system, a crypto assessment from level 3. */
const securityLines = (mlps: 2 | 3): Line[] => [
  ["securityTest", "网络安全等级测评", 1, "项", mlps === 3 ? 9.6 : 6.8],
  ...(mlps === 3 ? [["securityTest", "密码应用安全性评估", 1, "项", 8.5] as const] : []),
];

const CUT_REASONS = [
  "人月数测算偏高，按同类项目平均水平核减",
  "与已建公共能力重复，改为复用，相应核减",
  "单价高于近两年同类项目成交价，按均价核减",
] as const;

/** What filings on finance's desk ask above the usual price, so that its comparison has something to show. @unit percent */
const ASKED_ABOVE: Readonly<Record<string, number>> = { 业务功能开发: 28, 专用终端设备: 12 };

const asAsked = ([category, name, quantity, measureUnit, priceWan]: Line): Line => [
  category,
  name,
  quantity,
  measureUnit,
  Math.round(priceWan * (100 + (ASKED_ABOVE[name] ?? 0))) / 100,
];

/** The money of a filing: lines, years and sources, each adding up to the same total, and what finance made of it. */
export function projectBudget(city: City, projectId: string, facts: ProjectFacts, firstYear: number, filedAt: Date) {
  const { between, pick } = chance("budget", facts.name);
  const finance = city.person("finance");
  const usual = [...LINES[facts.course](facts.sizeWan), ...securityLines(facts.mlps)];
  const plan = facts.stage === "underFundingReview" ? usual.map(asAsked) : usual;
  const lines = plan.map(([category, name, quantity, measureUnit, priceWan], index): LineRow => {
    const unitPriceFen = wan(priceWan);
    const declaredFen = fen(quantity * unitPriceFen);
    return {
      id: demoId("line", `${facts.name} ${index}`, filedAt),
      projectId,
      regionId: city.regionId,
      position: index + 1,
      category,
      name,
      quantity: quantity.toFixed(2),
      measureUnit,
      unitPriceFen,
      declaredFen,
      ...(isApproved(facts.stage) && { reviewedFen: declaredFen, reviewedBy: finance.id }),
    };
  });
  if (isApproved(facts.stage)) {
    for (const line of lines.filter(({ quantity }) => Number(quantity) >= 20).slice(0, 2)) {
      const cut = Math.max(1, Math.round((Number(line.quantity) * between(4, 11)) / 100));
      line.reviewedFen = fen(line.declaredFen - cut * line.unitPriceFen);
      line.cutReason = `${pick(CUT_REASONS)}${cut}${line.measureUnit}`;
    }
  }

  const declaredFen = sumFen(lines.map((line) => line.declaredFen));
  const reviewedFen = isApproved(facts.stage) ? sumFen(lines.map((line) => line.reviewedFen ?? fen(0))) : null;
  const [firstShare, superiorShare] = [between(50, 68), pick([0, 0, 0, 20, 30])];
  const common = { projectId, regionId: city.regionId };
  const firstFen = wan(Math.floor((declaredFen / 1_000_000) * (firstShare / 100)));
  const years: (typeof yearSplits.$inferInsert)[] = [
    { ...common, year: firstYear, amountFen: firstFen },
    { ...common, year: firstYear + 1, amountFen: fen(declaredFen - firstFen) },
  ];
  const superiorFen = wan(Math.floor((declaredFen / 1_000_000) * (superiorShare / 100)));
  const sources: (typeof fundingSources.$inferInsert)[] = [
    { ...common, source: "cityBudget", amountFen: fen(declaredFen - superiorFen) },
    ...(superiorFen > 0 ? [{ ...common, source: "superior" as const, amountFen: superiorFen }] : []),
  ];
  return { lines, years, sources, declaredFen, reviewedFen };
}
