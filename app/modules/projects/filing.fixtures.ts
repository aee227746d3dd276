import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";

import type { FilingFigures } from "./filing.rules";
import type { Filing, FilingSurroundings } from "./filing.types";

/** A filing with nothing left to ask; tests change one thing of it at a time. */
export const COMPLETE_FILING: Filing = {
  basics: {
    name: "智慧管网系统",
    year: 2026,
    class: "softwareSpecial",
    nature: "new",
    basis: "全市数字政府改革建设方案",
    shortcut: null,
    shortcutBasis: "",
    leaderName: "陈明",
    liaisonName: "李华",
    liaisonPhone: "0750-8880000",
    partners: [],
  },
  goals: {
    need: "地下管网底数不清",
    content: "建设管网一张图",
    plannedStartOn: localDate("2026-09-01"),
    plannedEndOn: localDate("2027-06-30"),
    milestones: [
      { name: "完成普查", plannedOn: localDate("2026-12-31"), cumulativePercent: 40 },
      { name: "完成终验", plannedOn: localDate("2027-06-30"), cumulativePercent: 100 },
    ],
    goals: [{ name: "管网入库率", operator: "atLeast", target: "95", measureUnit: "%" }],
  },
  money: {
    declaredFen: fen(300_000_000),
    feasibilityFen: fen(300_000_000),
    lines: [
      {
        category: "software",
        name: "管网一张图",
        quantity: "1.00",
        measureUnit: "套",
        unitPriceFen: fen(200_000_000),
        declaredFen: fen(200_000_000),
      },
      {
        category: "cloud",
        name: "云服务",
        quantity: "2.00",
        measureUnit: "年",
        unitPriceFen: fen(50_000_000),
        declaredFen: fen(100_000_000),
      },
    ],
    years: [
      { year: 2026, amountFen: fen(100_000_000) },
      { year: 2027, amountFen: fen(200_000_000) },
    ],
    sources: [{ source: "cityBudget", amountFen: fen(300_000_000) }],
  },
  data: {
    resources: [
      {
        id: "r1",
        name: "地下管线信息",
        category: "地下空间与管网",
        summary: "管线的位置与属性",
        items: ["管段编号", "管径"],
        formatClass: "database",
        sharingType: "unconditional",
        method: "interface",
        updateCycle: "monthly",
      },
    ],
    demands: [],
    noDataStatement: "",
  },
  security: {
    secret: false,
    mlpsLevel: 2,
    hosting: "governmentCloud",
    exemption: null,
    cryptoPlan: "",
    mlpsFilingNumber: "",
  },
  components: [
    { code: "identity", name: "统一身份认证", decision: "reuse", reason: "" },
    { code: "payment", name: "非税支付", decision: "notFitting", reason: "" },
  ],
  attachments: [
    { id: "a1", kind: "application", fileName: "申报书.pdf" },
    { id: "a2", kind: "buildingPlan", fileName: "建设方案.pdf" },
    { id: "a3", kind: "feasibility", fileName: "可行性研究报告.pdf" },
  ],
  differenceStatement: "",
};

export const QUIET_SURROUNDINGS: FilingSurroundings = {
  unitId: "u",
  closedBy: [],
  similar: [],
  inventory: [],
  parts: [],
};

/** The figures as the product brings them. */
export const PRODUCT_FIGURES: FilingFigures = {
  cryptoPlanFromLevel: 3,
  mlpsNumberFromLevel: 2,
  offCloudFromLevel: 4,
  yearsAfterCompletion: 1,
};
