import type { SanctionRung } from "~/kernel/vocabulary";

/** One rung of the ladder as it was used. Days that are left out have not come. */
export interface SanctionFacts {
  readonly unit: string;
  readonly rung: SanctionRung;
  readonly reason: string;
  readonly demand: string;
  readonly proposedOn: string;
  readonly imposedOn?: string;
  readonly dueOn: string;
  readonly remedy?: { readonly on: string; readonly text: string };
  readonly lifted?: { readonly on: string; readonly opinion: string };
  /** it follows the one before it in this list, which was not heeded */
  readonly climbs?: boolean;
}

/** One that was heeded, a ladder climbed to 暂缓投资, one that runs, one that waits for its second person. */
export const SANCTIONS: readonly SanctionFacts[] = [
  {
    unit: "市水利局",
    rung: "rectify",
    reason: "2025年第四季度承诺共享的3项资源逾期未发布。",
    demand: "30日内完成资源发布，并书面报告。",
    proposedOn: "2026-03-05",
    imposedOn: "2026-03-09",
    dueOn: "2026-04-08",
    remedy: { on: "2026-04-03", text: "3项资源已全部登记发布，已建立月度更新台账。" },
    lifted: { on: "2026-04-09", opinion: "经核查目录，3项资源均已发布，予以解除。" },
  },
  {
    unit: "市教育局",
    rung: "rectify",
    reason: "“民办教育机构许可信息”连续三个更新周期未更新，经两次提醒未整改。",
    demand: "完成数据更新，明确更新责任人。",
    proposedOn: "2026-02-26",
    imposedOn: "2026-03-02",
    dueOn: "2026-03-30",
  },
  {
    unit: "市教育局",
    rung: "criticise",
    reason: "限期整改逾期未落实，资源仍未更新。",
    demand: "一周内完成数据更新并说明原因。",
    proposedOn: "2026-04-02",
    imposedOn: "2026-04-07",
    dueOn: "2026-05-08",
    climbs: true,
  },
  {
    unit: "市教育局",
    rung: "postpone",
    reason: "经限期整改、通报批评仍未完成数据更新。",
    demand: "完成数据更新并通过核查后，恢复项目资金安排。",
    proposedOn: "2026-05-20",
    imposedOn: "2026-05-25",
    dueOn: "2026-08-31",
    climbs: true,
  },
  {
    unit: "市民政局",
    rung: "rectify",
    reason: "“婚姻登记信息”“最低生活保障信息”逾期未更新。",
    demand: "补齐更新，并接入共享交换平台自动更新。",
    proposedOn: "2026-07-02",
    imposedOn: "2026-07-06",
    dueOn: "2026-08-03",
  },
  {
    unit: "市档案馆",
    rung: "rectify",
    reason: "“开放档案目录信息”发布后逾期未挂接接口。",
    demand: "完成接口挂接并通过测试。",
    proposedOn: "2026-07-17",
    dueOn: "2026-08-14",
  },
];

export interface ExemptionFacts {
  readonly unit: string;
  readonly reason: string;
  readonly paper: string;
  readonly requestedOn: string;
  readonly signedOn: string;
  readonly approved?: { readonly on: string; readonly opinion: string };
  readonly fromOn: string;
  readonly untilOn: string;
}

/** One in force, one on the bureau's desk. */
export const EXEMPTIONS: readonly ExemptionFacts[] = [
  {
    unit: "市住房城乡建设局",
    reason: "房屋建筑信息正随省级房屋普查系统切换，8月底前完成存量数据核对后恢复更新；在建项目合同款须按进度支付。",
    paper: "房屋建筑信息更新整改计划.pdf",
    requestedOn: "2026-06-29",
    signedOn: "2026-06-30",
    approved: { on: "2026-07-03", opinion: "同意豁免，请按整改计划于9月底前恢复更新。" },
    fromOn: "2026-07-06",
    untilOn: "2026-09-30",
  },
  {
    unit: "市农业农村局",
    reason: "承包地块边界数据涉及二轮延包试点，省厅要求8月统一发布；数字乡村公共服务平台须赶在汛期前启动建设。",
    paper: "承包地数据提供计划的函.pdf",
    requestedOn: "2026-07-15",
    signedOn: "2026-07-16",
    fromOn: "2026-07-20",
    untilOn: "2026-10-31",
  },
];

export interface RecollectionFacts {
  readonly unit: string;
  readonly provider: string;
  readonly resource: string;
  readonly where: string;
  readonly finding: string;
  readonly reportedOn: string;
  readonly confirmedOn: string;
  readonly remedy?: { readonly on: string; readonly text: string };
  readonly settledOn?: string;
}

/** One that still closes a gate, one that was settled. */
export const RECOLLECTIONS: readonly RecollectionFacts[] = [
  {
    unit: "沙坪街道办事处",
    provider: "市民政局",
    resource: "最低生活保障信息",
    where: "困难群众走访登记表",
    finding: "2026年6月走访时要求低保家庭重新填报家庭成员、救助金额等信息，均已由市民政局共享。",
    reportedOn: "2026-07-07",
    confirmedOn: "2026-07-09",
  },
  {
    unit: "雅瑶镇人民政府",
    provider: "市民政局",
    resource: "婚姻登记信息",
    where: "生育登记服务申请表",
    finding: "申请表要求群众提交婚姻登记情况及复印件，相关信息已由市民政局共享。",
    reportedOn: "2026-04-13",
    confirmedOn: "2026-04-15",
    remedy: { on: "2026-05-06", text: "申请表已取消该项，窗口改为通过共享交换平台查询。" },
    settledOn: "2026-05-11",
  },
];
