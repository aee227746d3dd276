import { type LocalDate, localDate } from "~/kernel/local-date";
import { period, type Period } from "~/kernel/period";

/** What a unit told of a task in a month. */
export interface ToldMonth {
  readonly period: Period;
  readonly unit: string;
  readonly on: LocalDate;
  readonly progress: string;
  readonly difficulty?: string;
}

/** A task of the current plan as its sheet says it, and what became of it. */
export interface TaskFacts {
  readonly section: string;
  readonly text: string;
  readonly lead: string;
  readonly responsible: string;
  readonly deadline: string;
  readonly told: readonly ToldMonth[];
  /** dated parts that are proven done: position, day, evidence */
  readonly met?: readonly { readonly position: number; readonly on: LocalDate; readonly evidence: string }[];
  readonly closing?: { readonly askedOn: LocalDate; readonly statement: string; readonly closedOn?: LocalDate };
}

const told = (unit: string, ...months: readonly (readonly [on: string, progress: string, difficulty?: string])[]) =>
  months.map(([on, progress, difficulty]): ToldMonth => ({
    period: period(on.slice(0, 7)),
    unit,
    on: localDate(on),
    progress,
    ...(difficulty !== undefined && { difficulty }),
  }));

const DATA = "（一）夯实数据底座";
const SERVICE = "（二）优化政务服务";
const CITY = "（三）提升城市治理";
const SAFETY = "（四）筑牢安全防线";

const BUREAU = "市政务服务数据管理局";
const LAND = "市自然资源局";
const MARKET = "市市场监督管理局";

/** The current plan: tasks of every kind of deadline, with what the units told of them until today. */
export const CURRENT_TASKS: readonly TaskFacts[] = [
  {
    section: DATA,
    text: "编制公共数据资源目录。各部门按“一数一源”要求梳理职责范围内的数据，编制并发布目录，做到应编尽编。",
    lead: BUREAU,
    responsible: "市各部门",
    deadline: "2026年4月底前",
    told: told(
      BUREAU,
      ["2026-02-25", "印发目录编制通知，组织 29 个部门开展数据梳理培训。"],
      ["2026-03-26", "27 个部门完成梳理，汇总目录 240 余条，退回修改 31 条。"],
      ["2026-04-23", "目录全部发布，组织抽查 40 条，合格 38 条，其余已更正。"],
    ),
    met: [
      { position: 0, on: localDate("2026-04-24"), evidence: "《关于发布公共数据资源目录的通报》，目录已在平台发布。" },
    ],
    closing: {
      askedOn: localDate("2026-04-24"),
      statement: "目录编制、审核、发布全部完成，转入日常更新维护。",
      closedOn: localDate("2026-04-28"),
    },
  },
  {
    section: DATA,
    text: "推进政务信息系统迁移上云。按批次推进自建系统迁移至政务云，完成安全检测后开通服务。",
    lead: BUREAU,
    responsible: "市各部门",
    deadline: "2026年6月底前,完成存量系统迁移50%;2026年12月底前,完成全部存量系统迁移",
    told: told(
      BUREAU,
      ["2026-03-27", "确定第一批迁移系统，完成迁移方案评审 6 个。"],
      ["2026-05-28", "第一批系统完成部署，3 个系统正在安全检测。"],
      ["2026-06-26", "存量系统迁移率超过 50%，第二批方案编制中。"],
      ["2026-07-14", "启动第二批迁移，2 个系统提交资源申请。"],
    ),
    met: [{ position: 0, on: localDate("2026-06-26"), evidence: "上云迁移台账显示迁移率已超过 50%，见六月上云情况。" }],
  },
  {
    section: DATA,
    text: "推进电子证照全量归集。完成营业执照、身份类、资格类等高频证照归集，实现办事免提交。",
    lead: MARKET,
    responsible: "市公安局、市人力资源和社会保障局、市卫生健康局",
    deadline: "2026年6月底前",
    told: [
      ...told(
        MARKET,
        ["2026-03-30", "完成营业执照归集，存量数据比对中。"],
        ["2026-04-29", "资格类证照完成 12 种，数据合格率 93%。"],
        ["2026-05-29", "归集证照 21 种，尚有 5 种历史数据缺失。", "2015 年以前的纸质证照没有电子底档，补录工作量大。"],
        ["2026-06-29", "归集证照 24 种，剩余 2 种未完成。", "两种证照的数据在省级系统，需省主管部门开放接口，请协调。"],
      ),
      ...told("市公安局", ["2026-05-27", "居民身份证、居住证数据已按省统一接口提供。"]),
    ],
  },
  {
    section: SERVICE,
    text: "实现企业开办“一网通办”。企业设立、刻章、发票、社保登记合并为一次申报。",
    lead: MARKET,
    responsible: "市公安局、市人力资源和社会保障局、市行政服务中心",
    deadline: "2026年7月底前",
    told: told(
      MARKET,
      ["2026-04-28", "完成业务流程梳理，合并表单 4 张为 1 张。"],
      ["2026-05-29", "系统联调完成，在市行政服务中心试运行。"],
      ["2026-06-30", "试运行办理 312 件，平均用时 0.5 个工作日。"],
      ["2026-07-10", "正式上线运行，累计办理 405 件。"],
    ),
    met: [
      { position: 0, on: localDate("2026-07-10"), evidence: "系统正式上线，公告已在市政府网站发布，累计办理 405 件。" },
    ],
    closing: {
      askedOn: localDate("2026-07-15"),
      statement: "企业开办四个环节已合并为一次申报，平均用时 0.5 个工作日，申请办结。",
    },
  },
  {
    section: SERVICE,
    text: "规范政务服务事项管理。动态调整事项清单，推进同一事项无差别受理、同标准办理。",
    lead: `${BUREAU}、市行政服务中心`,
    responsible: "市各部门、各镇(街)政府",
    deadline: "持续推进",
    told: [
      ...told(
        "市行政服务中心",
        ["2026-05-28", "窗口抽查 120 件，受理标准不一致 5 件，已通知整改。"],
        ["2026-06-29", "综合窗口新增事项 18 项，业务培训 2 期。"],
        ["2026-07-13", "完成新事项窗口指引编制。"],
      ),
      ...told(BUREAU, ["2026-06-25", "调整事项 46 项，其中取消 7 项。"]),
    ],
  },
  {
    section: SERVICE,
    text: "推广公共支付平台应用。非税收入和政务服务收费全部通过省统一公共支付平台办理。",
    lead: "市财政局",
    responsible: "市各部门",
    deadline: "按省统筹持续推进",
    told: told(
      "市财政局",
      ["2026-04-27", "23 个执收单位接入省统一公共支付平台。"],
      ["2026-06-26", "接入单位增至 26 个，上半年线上缴费占 81%。"],
    ),
  },
  {
    section: SERVICE,
    text: "推进不动产登记“零跑动”。交易、办税、登记一次申请、联合办理，高频事项全程网上办。",
    lead: LAND,
    responsible: "市住房城乡建设局",
    deadline: "2026年9月底前",
    told: told(
      LAND,
      ["2026-04-28", "完成与税务、住建系统的数据对接方案。"],
      ["2026-05-27", "接口开发完成 70%，抵押登记已可全程网办。"],
      ["2026-06-29", "转移登记联合办理试运行，办理 86 件。"],
    ),
  },
  {
    section: CITY,
    text: "建设智慧管网一张图。汇聚燃气、供水、排水、通信等地下管线数据，支撑规划和应急。",
    lead: LAND,
    responsible: "市住房城乡建设局、市水利局、市城市管理和综合执法局",
    deadline: "2026年5月底前,完成地下管线数据汇聚;2026年10月底前,建成智慧管网一张图",
    told: [
      ...told(
        LAND,
        ["2026-03-30", "完成管线普查数据整理，排水管线入库 420 公里。"],
        ["2026-04-29", "燃气、供水管线数据入库，坐标统一到 2000 国家大地坐标系。"],
        ["2026-05-28", "四类管线数据汇聚完成，共 1,260 公里。"],
        ["2026-06-28", "一张图平台界面设计评审通过，开始开发。"],
      ),
      ...told("市水利局", ["2026-06-25", "提供排涝泵站、闸口监测数据接口 3 个。"]),
    ],
    met: [
      {
        position: 0,
        on: localDate("2026-05-28"),
        evidence: "管线数据汇聚验收意见：四类管线共 1,260 公里，抽检合格率 97%。",
      },
    ],
  },
  {
    section: CITY,
    text: "推进城市运行“一网统管”。接入城管、交通、应急等感知数据，开展城市运行监测和联动处置。",
    lead: "市城市管理和综合执法局",
    responsible: "市公安局、市交通运输局、市应急管理局",
    deadline: "2026年3月起,持续推进",
    told: told(
      "市城市管理和综合执法局",
      ["2026-04-29", "接入视频 860 路，运行体征指标上线 32 项。"],
      ["2026-05-28", "联动处置事件 145 件，平均用时 2.6 小时。"],
      ["2026-06-29", "新增汛期内涝监测专题，布设水位计 18 处。"],
      ["2026-07-16", "内涝专题投入使用，预警 3 次。"],
    ),
  },
  {
    section: CITY,
    text: "整合基层填报表格。清理重复报表，镇（街）日常填报统一到一个入口。",
    lead: "市政府办公室",
    responsible: "各镇(街)政府",
    deadline: "2026年11月底前",
    told: told(
      "市政府办公室",
      ["2026-05-26", "摸清镇（街）填报表格 214 张，拟取消 63 张。"],
      ["2026-06-26", "印发取消和合并清单，减少表格 71 张。"],
    ),
  },
  {
    section: SAFETY,
    text: "加强网络和数据安全管理。落实等级保护和商用密码应用，开展攻防演练和数据安全检查。",
    lead: `市公安局、${BUREAU}`,
    responsible: "市各部门、各镇(街)政府",
    deadline: "持续推进",
    told: told(
      BUREAU,
      ["2026-05-28", "完成二级以上系统测评情况核查，4 个系统测评即将到期。"],
      ["2026-06-29", "组织攻防演练，发现问题 37 个，已整改 29 个。"],
    ),
  },
];

/** The plan of this year. */
export const CURRENT_PLAN = {
  title: "2026年数字政府建设工作要点",
  documentNumber: "鹤府办〔2026〕6号",
  issuedOn: localDate("2026-02-10"),
  inForceOn: localDate("2026-02-13"),
} as const;
