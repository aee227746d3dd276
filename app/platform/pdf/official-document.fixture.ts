import type { DocumentBlock, DocumentTable, OfficialDocument } from "./official-document.types";

const UNITS = [
  "市政务服务数据管理局",
  "市交通运输局",
  "市档案馆",
  "市农业农村局",
  "市财政局",
  "市医疗保障局",
  "市教育局",
];
const UNITS_ON_LIST = 20;

/** A ranking as bulletins annex it: unit, score, place and change of place. */
const RANKING: DocumentTable = {
  kind: "table",
  columns: [
    { title: "名次", align: "center", widthShare: 1 },
    { title: "单位", align: "left", widthShare: 4 },
    { title: "得分", align: "right", widthShare: 1.5 },
    { title: "升降", align: "center", widthShare: 1 },
    { title: "主要失分项", align: "left", widthShare: 4.5 },
  ],
  rows: Array.from({ length: UNITS_ON_LIST }, (_, index) => [
    String(index + 1),
    UNITS[index % UNITS.length] ?? "",
    (96.5 - index * 2.35).toFixed(2),
    index % 3 === 0 ? "▲2" : index % 3 === 1 ? "▼1" : "–",
    index % 4 === 0 ? "月报迟报2次，数据逾期3条" : "月报迟报1次",
  ]),
};

const BODY: readonly DocumentBlock[] = [
  {
    kind: "paragraph",
    text: "根据《鹤山市政务信息化项目管理办法》（鹤府办〔2024〕12号）要求，现将2026年6月全市政务信息化项目建设和“数字政府”重点工作推进情况通报如下：",
  },
  { kind: "heading", level: 1, text: "一、总体情况" },
  {
    kind: "paragraph",
    text: "截至2026年6月30日，全市在建政务信息化项目34个，批复总投资12,345.67万元，累计支付6,021.30万元，预算执行率48.77%，慢于时间进度1.23个百分点。其中，进度正常项目26个、预警项目5个、严重滞后项目3个；已完成上云的系统（含IaaS、PaaS两类）占应上云系统的92.3%，较上期提高3.1个百分点。",
  },
  { kind: "heading", level: 1, text: "二、主要成效" },
  { kind: "heading", level: 2, text: "（一）数据共享持续推进。" },
  {
    kind: "paragraph",
    text: "市交通运输局、市医疗保障局按期发布共享目录46条，需求满足率达到100%；“一网统管”平台新接入接口21个，累计调用1,280,346次，较上月增长12.6%。",
  },
];

const LONG_BODY: readonly DocumentBlock[] = [
  { kind: "heading", level: 2, text: "（二）系统迁移上云提前完成。" },
  {
    kind: "paragraph",
    text: "首批6个单位的16个信息系统已通过安全检测并开通服务，市农业农村局、市档案馆提前15个工作日完成迁移；国家政务服务平台（https://www.gjzwfw.gov.cn/）对接接口运行稳定。",
  },
  { kind: "heading", level: 1, text: "三、存在问题" },
  { kind: "heading", level: 2, text: "（一）部分单位未按计划共享数据。" },
  {
    kind: "paragraph",
    text: "市教育局、市财政局等4个单位的9条目录逾期未发布，其中“学籍基本信息”“非税收入缴款信息”等5条被需求单位两次催办仍未落实；个别单位以“系统升级”为由拒绝提供，但未说明依据。",
  },
  { kind: "heading", level: 2, text: "（二）部分项目进度明显滞后。" },
  {
    kind: "paragraph",
    text: "3个项目实际进度落后计划20个百分点以上：智慧城管（二期）落后27.5个百分点，主要原因是设备采购流标；应急指挥调度平台落后23.0个百分点；城市内涝监测预警系统落后20.4个百分点，初验时间已逾期41天。",
  },
  { kind: "heading", level: 1, text: "四、下一步要求" },
  {
    kind: "paragraph",
    text: "请各责任单位对照附件逐项整改，于2026年7月31日前将整改情况报市政务服务数据管理局（联系人：李某；电话：0750-0000000）。逾期未整改的，按规定扣减考核得分，并在下期通报中列明。",
  },
];

/** A bulletin that fits on one page with its signature and imprint. */
export const ONE_PAGE: OfficialDocument = {
  issuerMark: "鹤山市政务服务数据管理局文件",
  number: "鹤数政通〔2026〕8号",
  title: "关于2026年6月全市政务信息化项目推进情况的通报",
  addressees: "各镇（街），市直各单位：",
  blocks: BODY.slice(0, 1),
  signature: { issuer: "鹤山市政务服务数据管理局", date: "2026年7月20日" },
  annexes: [],
  imprint: { printedBy: "鹤山市政务服务数据管理局办公室", printedOn: "2026年7月21日印发" },
  headerNote: "演示数据",
  properties: {
    title: "关于2026年6月全市政务信息化项目推进情况的通报",
    author: "鹤山市政务服务数据管理局",
    subject: "鹤数政通〔2026〕8号",
    createdAt: "2026-07-20T01:30:00.000Z",
  },
};

/** A bulletin of two pages with a ranking of 20 units annexed on a third. */
export const THREE_PAGES: OfficialDocument = {
  ...ONE_PAGE,
  blocks: [...BODY, ...LONG_BODY.slice(0, 2), ...LONG_BODY.slice(-2)],
  annexes: [{ label: "附件", title: "2026年6月市直单位信息化工作考核排名", blocks: [RANKING] }],
  imprint: {
    ...ONE_PAGE.imprint,
    copyTo: "市委办公室，市政府办公室，市纪委监委，市委组织部。",
  },
};

const LATE: DocumentTable = {
  ...RANKING,
  caption: "严重滞后项目",
  rows: RANKING.rows
    .slice(0, 3)
    .map((row) => [
      ...row.slice(0, 4),
      "设备采购两次流标；数据更新及时率87.50%，低于目标（95%）7.50个百分点。请于2026年7月31日前报送整改方案。",
    ]),
};

/** The whole bulletin: two annexes, the ranking broken over pages. */
export const LONG: OfficialDocument = {
  ...THREE_PAGES,
  blocks: [...BODY, ...LONG_BODY],
  annexes: [
    {
      label: "附件1",
      title: "2026年6月市直单位信息化工作考核排名",
      blocks: [{ ...RANKING, rows: [...RANKING.rows, ...RANKING.rows, ...RANKING.rows] }],
    },
    {
      label: "附件2",
      title: "进度滞后项目清单及整改要求",
      blocks: [
        { kind: "paragraph", text: "本表所列进度以各单位2026年7月5日前报送的月报为准。" },
        LATE,
        { kind: "paragraph", text: "指标说明：预算执行率为累计支付金额与到位资金之比。" },
      ],
    },
  ],
};
