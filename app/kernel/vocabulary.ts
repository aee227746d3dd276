/**
 * The closed value sets of the domain, each value with the word that officials read. Screens, forms, imports, exports,
 * the API and the database's check constraints all take them from here.
 * @source domain.md §1–§10
 */
export const PROJECT_STAGES = {
  draft: "填报中",
  submitted: "待分管领导签批",
  underReview: "立项审核",
  returned: "退回补正",
  underFundingReview: "资金评估审查",
  approved: "已批复",
  procurement: "采购",
  implementation: "建设实施",
  initialAccepted: "初验通过",
  trialRun: "试运行",
  accepted: "终验通过",
  operation: "运维",
  evaluated: "已绩效评价",
  archived: "已归档",
  rejected: "不予立项",
  withdrawn: "已撤回",
  suspended: "已暂停",
  terminated: "已终止",
  lapsed: "批复失效",
} as const;
export type ProjectStage = keyof typeof PROJECT_STAGES;

export const PROJECT_CLASSES = {
  infrastructureCommon: "基础设施(公共)",
  infrastructureSpecial: "基础设施(专业)",
  softwarePlatform: "软件开发(公共支撑平台)",
  softwareGeneral: "软件开发(通用)",
  softwareSpecial: "软件开发(专业)",
  maintenanceInfrastructure: "运行维护(基础设施)",
  maintenanceSoftware: "运行维护(软件)",
  businessOperation: "系统业务运营",
  thirdParty: "第三方服务",
} as const;
export type ProjectClass = keyof typeof PROJECT_CLASSES;

export const PROJECT_NATURES = {
  new: "新建",
  rebuild: "升级改造",
  maintenance: "运维",
  service: "购买服务",
} as const;
export type ProjectNature = keyof typeof PROJECT_NATURES;

export const BUDGET_CATEGORIES = {
  software: "软件开发",
  hardware: "硬件",
  cloud: "云服务",
  securityTest: "安全测评",
  supervision: "监理",
  maintenance: "运维",
  other: "其他",
} as const;
export type BudgetCategory = keyof typeof BUDGET_CATEGORIES;

export const FUNDING_SOURCES = {
  cityBudget: "市级财政预算",
  superior: "上级专项资金",
  bond: "政府债券",
  own: "单位自筹",
} as const;
export type FundingSource = keyof typeof FUNDING_SOURCES;

export const HOSTINGS = {
  governmentCloud: "政务云",
  ownRoom: "自建机房",
  otherCloud: "其他云",
  superiorCloud: "上级统建",
} as const;
export type Hosting = keyof typeof HOSTINGS;

export const ATTACHMENT_KINDS = {
  application: "申报书",
  buildingPlan: "建设方案",
  feasibility: "可行性研究报告",
  fundingOpinion: "资金来源意见",
  minutes: "会议纪要",
  basis: "依据文件",
  evaluation: "前期项目评价报告",
  other: "其他",
} as const;
export type AttachmentKind = keyof typeof ATTACHMENT_KINDS;

export const GOAL_OPERATORS = { atLeast: "≥", atMost: "≤", equal: "=", qualitative: "定性" } as const;
export type GoalOperator = keyof typeof GOAL_OPERATORS;

export const SHARING_TYPES = { unconditional: "无条件共享", conditional: "有条件共享", none: "不予共享" } as const;
export type SharingType = keyof typeof SHARING_TYPES;

export const SHARING_METHODS = { database: "数据库", file: "文件", interface: "接口" } as const;
export type SharingMethod = keyof typeof SHARING_METHODS;

export const FORMAT_CLASSES = {
  document: "电子文件",
  spreadsheet: "电子表格",
  database: "数据库",
  image: "图形图像",
  stream: "流媒体",
  selfDescribing: "自描述格式",
  service: "服务接口",
} as const;
export type FormatClass = keyof typeof FORMAT_CLASSES;

export const UPDATE_CYCLES = {
  realTime: "实时",
  daily: "每日",
  weekly: "每周",
  monthly: "每月",
  quarterly: "每季度",
  yearly: "每年",
  irregular: "不定期",
} as const;
export type UpdateCycle = keyof typeof UPDATE_CYCLES;

/** The data types of an information item. @source 发改高技〔2017〕1272号 */
export const ITEM_DATA_TYPES = [
  "字符型",
  "数值型",
  "货币型",
  "日期型",
  "日期时间型",
  "逻辑型",
  "备注型",
  "通用型",
  "双精度型",
  "整型",
  "浮点型",
] as const;
export type ItemDataType = (typeof ITEM_DATA_TYPES)[number];

export const RESOURCE_STATES = {
  draft: "待登记",
  registered: "单位已登记",
  published: "已发布",
  suspended: "已暂停",
  withdrawn: "已撤销",
} as const;
export type ResourceState = keyof typeof RESOURCE_STATES;

/** How far an entry's content or a change of it has come on its way into the catalog: two approvals, or neither. */
export const REVISION_STATES = {
  draft: "填写中",
  registered: "单位已登记",
  published: "已发布",
  declined: "已退回",
  dropped: "已放弃",
} as const;
export type RevisionState = keyof typeof REVISION_STATES;

/** What a unit may ask the bureau to do with its published entry. */
export const REQUESTED_STEPS = { suspend: "申请暂停", resume: "申请恢复", withdraw: "申请撤销" } as const;
export type RequestedStep = keyof typeof REQUESTED_STEPS;

export const DEMAND_STATES = {
  applied: "待单位审核",
  unitReviewed: "待合规审查",
  returned: "退回修改",
  checked: "待提供方答复",
  agreed: "待提供数据",
  refused: "提供方不同意",
  delivered: "已提供",
  ended: "已办结",
  withdrawn: "已撤回",
} as const;
export type DemandState = keyof typeof DEMAND_STATES;

export const CORRECTION_STATES = {
  reported: "待核实",
  confirmed: "待修正",
  rejected: "核实无误",
  fixed: "已修正待确认",
  closed: "已办结",
} as const;
export type CorrectionState = keyof typeof CORRECTION_STATES;

/** What moves a unit's sharing points (共享积分). */
export const SHARING_POINT_KINDS = {
  published: "发布资源",
  updatedOnTime: "按时更新",
  demandMetInTime: "按时满足需求",
  used: "资源被使用",
  stale: "逾期未更新",
  refusedWithoutBasis: "无依据拒绝共享",
  errorConfirmed: "数据错误被核实",
} as const;
export type SharingPointKind = keyof typeof SHARING_POINT_KINDS;

/** Why an approved project may be changed at all. */
export const CHANGE_REASONS = {
  superiorOrder: "上级要求",
  technicalOptimisation: "技术方案优化",
  businessGrowth: "业务范围内增长",
  other: "其他",
} as const;
export type ChangeReason = keyof typeof CHANGE_REASONS;

export const CHANGE_ROUTES = { filed: "备案", approval: "重新审批" } as const;
export type ChangeRoute = keyof typeof CHANGE_ROUTES;

export const CHANGE_STATES = {
  draft: "填写中",
  signing: "待分管领导签批",
  open: "待数据局办理",
  accepted: "已同意",
  refused: "不同意",
  withdrawn: "已撤回",
} as const;
export type ChangeState = keyof typeof CHANGE_STATES;

/** The two short-cuts of a filing, each with its basis document. */
export const SHORTCUTS = { approvedPlan: "已列入批准的规划", urgentOrder: "上级交办的紧急任务" } as const;
export type Shortcut = keyof typeof SHORTCUTS;

export const PANEL_STATES = { open: "评审中", concluded: "已形成意见", cancelled: "已取消" } as const;
export type PanelState = keyof typeof PANEL_STATES;

export const EXPERT_VERDICTS = { agree: "同意", agreeWithChanges: "修改后同意", disagree: "不同意" } as const;
export type ExpertVerdict = keyof typeof EXPERT_VERDICTS;

/** What an expert panel is convened for. */
export const PANEL_PURPOSES = { approval: "立项评审", acceptance: "验收评审" } as const;
export type PanelPurpose = keyof typeof PANEL_PURPOSES;

/** How a contract was awarded. */
export const PROCUREMENT_METHODS = {
  openTender: "公开招标",
  invitedTender: "邀请招标",
  negotiation: "竞争性谈判",
  consultation: "竞争性磋商",
  inquiry: "询价",
  singleSource: "单一来源",
  framework: "框架协议",
  belowThreshold: "限额以下自行采购",
} as const;
export type ProcurementMethod = keyof typeof PROCUREMENT_METHODS;

/** A figure of the execution (contract, change of a contract, arrival, payment): one person enters, another confirms. */
export const ENTRY_STATES = { entered: "待确认", confirmed: "已确认", returned: "已退回", void: "已作废" } as const;
export type EntryState = keyof typeof ENTRY_STATES;

export const PLAN_ADJUSTMENT_STATES = {
  proposed: "待复核",
  confirmed: "已生效",
  declined: "未通过",
  withdrawn: "已撤回",
} as const;
export type PlanAdjustmentState = keyof typeof PLAN_ADJUSTMENT_STATES;

export const PAYMENT_SHEET_STATES = { read: "待确认", applied: "已入账", discarded: "已放弃" } as const;
export type PaymentSheetState = keyof typeof PAYMENT_SHEET_STATES;

/** What a row of a payment sheet turned out to be. */
export const PAYMENT_MATCHES = {
  confirms: "与登记一致，确认支付",
  enters: "系统无登记，补录待复核",
  unmatched: "未匹配",
} as const;
export type PaymentMatch = keyof typeof PAYMENT_MATCHES;

export const EXEMPTION_STATES = {
  draft: "填写中",
  signing: "待分管领导签批",
  open: "待数据局审批",
  approved: "已批准",
  refused: "未批准",
  withdrawn: "已撤回",
  revoked: "已收回",
} as const;
export type ExemptionState = keyof typeof EXEMPTION_STATES;

/** The ladder of sanctions, mildest first. @source 国办发〔2019〕57号 */
export const SANCTION_RUNGS = {
  rectify: "限期整改",
  criticise: "通报批评",
  postpone: "暂缓投资",
  halt: "暂停项目",
  terminate: "终止项目",
} as const;
export type SanctionRung = keyof typeof SANCTION_RUNGS;

export const SANCTION_STATES = {
  proposed: "待复核",
  standing: "执行中",
  remedied: "待核实解除",
  lifted: "已解除",
  declined: "未予实施",
} as const;
export type SanctionState = keyof typeof SANCTION_STATES;

/** Collecting once more what another unit already shares (重复采集). */
export const RECOLLECTION_STATES = {
  reported: "待复核",
  standing: "待整改",
  remedied: "待核实",
  settled: "已整改",
  dismissed: "不成立",
} as const;
export type RecollectionState = keyof typeof RECOLLECTION_STATES;

/** What closes a unit's sharing gate (共享闸口). */
export const GATE_CAUSES = {
  systemNotInventoried: "系统未登记",
  promiseNotPublished: "承诺资源未发布",
  resourceStale: "资源逾期未更新",
  resourceNotConnected: "资源未挂接",
  demandUnanswered: "数据需求逾期未答复",
  demandUndelivered: "数据逾期未提供",
  mlpsInvalid: "等保测评无效",
  cryptoInvalid: "密评无效",
  recollection: "重复采集",
  sanctionOpen: "惩戒未解除",
} as const;
export type GateCause = keyof typeof GATE_CAUSES;

/** What a cause stands in the way of; dated figures say which causes block which. */
export const GATE_BLOCKS = {
  money: "全部项目资金",
  maintenance: "运维资金",
  newSystems: "申报新建和升级改造",
} as const;
export type GateBlock = keyof typeof GATE_BLOCKS;

/** The rule figure that says whether a cause stands in the way of something. */
export const gateFlag = (cause: GateCause, block: GateBlock): string =>
  `gate.blocks${block[0]?.toUpperCase() ?? ""}${block.slice(1)}.${cause}`;

export const ACCEPTANCE_KINDS = { initial: "初步验收", final: "竣工验收" } as const;
export type AcceptanceKind = keyof typeof ACCEPTANCE_KINDS;

export const ACCEPTANCE_STATES = {
  draft: "填写中",
  signing: "待分管领导签批",
  open: "待数据局办理",
  returned: "退回补正",
  passed: "通过",
  failed: "未通过",
  withdrawn: "已撤回",
} as const;
export type AcceptanceState = keyof typeof ACCEPTANCE_STATES;

/** The papers of an acceptance. @source 国办发〔2019〕57号 */
export const ACCEPTANCE_DOCUMENTS = {
  constructionSummary: "建设总结报告",
  financialReport: "财务决算报告",
  auditReport: "审计报告",
  mlpsReport: "等级保护测评报告",
  cryptoReport: "密码应用安全性评估报告",
  trialRunReport: "试运行报告",
  contractAcceptance: "合同履约验收意见",
  archiveList: "档案移交清单",
  other: "其他材料",
} as const;
export type AcceptanceDocument = keyof typeof ACCEPTANCE_DOCUMENTS;

export const EXTENSION_STATES = {
  signing: "待分管领导签批",
  open: "待数据局办理",
  granted: "已同意",
  refused: "不同意",
  withdrawn: "已撤回",
} as const;
export type ExtensionState = keyof typeof EXTENSION_STATES;

export const ARCHIVE_RESULTS = { passed: "档案验收合格", failed: "档案验收不合格" } as const;
export type ArchiveResult = keyof typeof ARCHIVE_RESULTS;

/** A delivery to the city's catalog platform (目录管理系统). */
export const DELIVERY_STATES = {
  waiting: "待发送",
  retrying: "等待重试",
  delivered: "已送达",
  dead: "已停止重试",
} as const;
export type DeliveryState = keyof typeof DELIVERY_STATES;

export const DELIVERY_OCCASIONS = { accepted: "终验通过", changed: "目录或系统变化" } as const;
export type DeliveryOccasion = keyof typeof DELIVERY_OCCASIONS;

export const IMPORT_STATES = {
  uploaded: "待读取",
  reading: "正在读取",
  mapping: "待确认列对应",
  previewed: "待确认导入",
  importing: "正在导入",
  imported: "已导入",
  failed: "未能读取",
  discarded: "已放弃",
} as const;
export type ImportState = keyof typeof IMPORT_STATES;

export const OWNERSHIPS = { national: "国垂", provincial: "省垂", own: "自建" } as const;
export type Ownership = keyof typeof OWNERSHIPS;

/** The seven steps of cloud migration, in their order. */
export const CLOUD_STEPS = [
  "方案编制",
  "资源申请",
  "审核备案",
  "资源开通",
  "系统部署",
  "安全检测",
  "服务开通",
] as const;
export type CloudStep = (typeof CLOUD_STEPS)[number];

/** How a system of the inventory stands. */
export const SYSTEM_STATES = { inUse: "在用", suspended: "停用", retired: "已下线" } as const;
export type SystemState = keyof typeof SYSTEM_STATES;

/** How a system stands to the cloud rate: counted, left out, or allowed to stay where it is under conditions. */
export const SCOPE_RESULTS = { in: "应上云", out: "不纳入", special: "特殊系统" } as const;
export type ScopeResult = keyof typeof SCOPE_RESULTS;

/** Why a system is left out of the cloud rate, or may stay where it is. @source domain.md §6 */
export const SCOPE_REASONS = {
  verticalSystem: "国垂、省垂系统，只登记不考核",
  exemptUnit: "公安、国家安全等单位的系统",
  secretSystem: "涉密系统",
  highLevel: "等级保护四级及以上系统",
  professional: "专业性强",
  strictSecurity: "安全要求高",
  largeVolume: "数据量大",
} as const;
export type ScopeReason = keyof typeof SCOPE_REASONS;

export const SCOPE_DECISION_STATES = {
  proposed: "待复核",
  confirmed: "已生效",
  declined: "未通过",
  withdrawn: "已撤回",
} as const;
export type ScopeDecisionState = keyof typeof SCOPE_DECISION_STATES;

/** What keeps a system from its next step to the cloud. */
export const BLOCK_REASONS = {
  planUnsettled: "迁移方案未定",
  fundsMissing: "资金未落实",
  resourcesShort: "云资源不足",
  rebuildNeeded: "系统须改造",
  vendorDelay: "承建单位原因",
  networkOrPorts: "网络和端口未开通",
  securityTestFailed: "安全检测不合格",
  other: "其他",
} as const;
export type BlockReason = keyof typeof BLOCK_REASONS;

/** What a system takes up on the government cloud; the word names the unit of its figures. */
export const CLOUD_RESOURCE_KINDS = { vcpu: "CPU（核）", memory: "内存（GB）", storage: "存储（GB）" } as const;
export type CloudResourceKind = keyof typeof CLOUD_RESOURCE_KINDS;

export const CLOUD_RESOURCE_STAGES = { applied: "申请", opened: "开通", used: "使用" } as const;
export type CloudResourceStage = keyof typeof CLOUD_RESOURCE_STAGES;

export const TEST_KINDS = { mlps: "等保测评", crypto: "密码应用安全性评估" } as const;
export type TestKind = keyof typeof TEST_KINDS;

export const TEST_RESULTS = { passed: "通过", failed: "未通过" } as const;
export type TestResult = keyof typeof TEST_RESULTS;

export const MATTER_TYPES = {
  licence: "行政许可",
  confirmation: "行政确认",
  payment: "行政给付",
  ruling: "行政裁决",
  reward: "行政奖励",
  otherPower: "其他行政权力",
  publicService: "公共服务",
} as const;
export type MatterType = keyof typeof MATTER_TYPES;

export const MATTER_STATES = { inForce: "在办", suspended: "暂停", abolished: "已取消" } as const;
export type MatterState = keyof typeof MATTER_STATES;

export const MATERIAL_KINDS = {
  certificate: "证照",
  proof: "证明",
  form: "申请表格",
  report: "报告文书",
  other: "其他",
} as const;
export type MaterialKind = keyof typeof MATERIAL_KINDS;

/** What a filing says of a common component. */
export const COMPONENT_DECISIONS = { reuse: "复用", notFitting: "不适用", notReused: "适用但不复用" } as const;
export type ComponentDecision = keyof typeof COMPONENT_DECISIONS;

/** What hangs together in the asset graph (政务图谱), in the order of its chain. */
export const ASSET_KINDS = {
  project: "项目",
  system: "系统",
  matter: "事项",
  material: "材料",
  resource: "数据资源",
} as const;
export type AssetKind = keyof typeof ASSET_KINDS;

/** A filled sheet taken in: read and judged, then applied or put aside. */
export const INTAKE_STATES = { read: "待确认", applied: "已导入", discarded: "已放弃" } as const;
export type IntakeState = keyof typeof INTAKE_STATES;

/** What applying a row of a sheet would do. */
export const INTAKE_OUTCOMES = { add: "新增", change: "更新", same: "无变化", problem: "有问题" } as const;
export type IntakeOutcome = keyof typeof INTAKE_OUTCOMES;

export const LIGHTS = { green: "正常", yellow: "预警", red: "滞后" } as const;
export type Light = keyof typeof LIGHTS;

export const REPORT_STATUSES = { onTime: "按时", late: "迟报", missing: "缺报", notDue: "未到期" } as const;
export type ReportStatus = keyof typeof REPORT_STATUSES;

export const DEADLINE_KINDS = {
  byDate: "定期完成",
  milestones: "分期完成",
  startThenOngoing: "启动后持续推进",
  ongoing: "持续推进",
  superiorSchedule: "按上级统筹",
} as const;
export type DeadlineKind = keyof typeof DEADLINE_KINDS;

export const SUPERVISION_ORIGINS = {
  bulletin: "通报整改",
  instruction: "领导批示",
  ledger: "任务台账",
  coordination: "协调事项",
  manual: "其他",
} as const;
export type SupervisionOrigin = keyof typeof SUPERVISION_ORIGINS;

export const SUPERVISION_STATES = {
  registered: "已立项",
  assigned: "已交办",
  accepted: "承办中",
  urged: "已催办",
  replied: "已反馈",
  verified: "已核实",
  closed: "已销号",
} as const;
export type SupervisionState = keyof typeof SUPERVISION_STATES;

export const SLIP_COLOURS = { none: "未发单", blue: "蓝色提醒", orange: "橙色警示", red: "红色督办" } as const;
export type SlipColour = keyof typeof SLIP_COLOURS;

/** The colours of slips that are issued. */
export const ISSUED_COLOURS = { blue: "蓝色提醒", orange: "橙色警示", red: "红色督办" } as const;
export type IssuedColour = keyof typeof ISSUED_COLOURS;

/** 约谈: what follows several red slips in a row. */
export const TALK_STATES = { called: "待约谈", held: "已约谈" } as const;
export type TalkState = keyof typeof TALK_STATES;

/** What a paper of a supervised item or talk is for. */
export const SUPERVISION_PAPERS = { reply: "反馈材料", closing: "销号依据", talk: "约谈纪要" } as const;
export type SupervisionPaper = keyof typeof SUPERVISION_PAPERS;

/** What the units ask the leading group to settle (需协调事项), and what became of it. */
export const COORDINATION_STATES = {
  raised: "待答复",
  answered: "已答复",
  itemised: "已转督办",
  settled: "已解决",
  withdrawn: "单位撤回",
} as const;
export type CoordinationState = keyof typeof COORDINATION_STATES;

export const LEDGER_PLAN_STATES = { confirming: "待确认", active: "执行中", ended: "已结束" } as const;
export type LedgerPlanState = keyof typeof LEDGER_PLAN_STATES;

export const LEDGER_TASK_STATES = { open: "推进中", closing: "申请办结", closed: "已办结" } as const;
export type LedgerTaskState = keyof typeof LEDGER_TASK_STATES;

/** What a unit explains of a report; the fact stays what it is. */
export const EXPLAINED = { late: "迟报", missing: "缺报", light: "亮灯" } as const;
export type Explained = keyof typeof EXPLAINED;

/** Ways on which a message leaves the house; the inbox always has it too. */
export const CHANNEL_KINDS = { mail: "邮件", robot: "群机器人" } as const;
export type ChannelKind = keyof typeof CHANNEL_KINDS;

/** Robots differ in how a message is signed and written. */
export const ROBOT_BRANDS = { dingtalk: "钉钉", wecom: "企业微信" } as const;
export type RobotBrand = keyof typeof ROBOT_BRANDS;

export const SENDING_STATES = { waiting: "待发送", retrying: "等待重试", sent: "已发送", dead: "发送失败" } as const;
export type SendingState = keyof typeof SENDING_STATES;

export const PERIOD_STATES = { open: "进行中", frozen: "已冻结", published: "已公布", final: "已定档" } as const;
export type PeriodState = keyof typeof PERIOD_STATES;

export const GRADES = ["优", "良", "中", "差"] as const;
export type Grade = (typeof GRADES)[number];

export const BULLETIN_STATES = { draft: "拟稿", published: "已签发", withdrawn: "已撤回" } as const;
export type BulletinState = keyof typeof BULLETIN_STATES;

export const UNIT_GROUPS = { municipal: "市直部门", county: "县(市、区)", town: "镇(街)" } as const;
export type UnitGroup = keyof typeof UNIT_GROUPS;

export const REGION_LEVELS = { city: "市", county: "县(市、区)", zone: "功能区", town: "镇(街)" } as const;
export type RegionLevel = keyof typeof REGION_LEVELS;

/** The keys of a value set, typed: for Zod enums and check constraints. */
export function keysOf<T extends Record<string, string>>(set: T): [keyof T & string, ...(keyof T & string)[]] {
  return Object.keys(set) as [keyof T & string, ...(keyof T & string)[]];
}
