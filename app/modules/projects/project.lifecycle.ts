import type { Transition } from "~/kernel/lifecycle";
import type { ProjectStage } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to a project; each event's words for timelines and buttons. */
export const PROJECT_EVENTS = {
  submit: "提交签批",
  sign: "签批上报",
  declineToSign: "退回填报人",
  returnForSupplement: "退回补正",
  reject: "不予立项",
  passFormCheck: "形式审查通过",
  pass: "立项审核通过",
  passShortcut: "按简易程序通过",
  concludeFunding: "资金评估完成",
  returnFromFunding: "评估退回",
  approve: "批复立项",
  withdraw: "撤回",
  startProcurement: "启动采购",
  startImplementation: "开工建设",
  completeConstruction: "宣布完工",
  passInitialAcceptance: "初验通过",
  startTrialRun: "进入试运行",
  passFinalAcceptance: "终验通过",
  startOperation: "转入运维",
  evaluate: "完成绩效评价",
  archive: "归档",
  suspend: "暂停",
  resume: "恢复",
  terminate: "终止",
  lapse: "批复失效",
} as const;
export type ProjectEvent = keyof typeof PROJECT_EVENTS;

/** The domain event that each of them is recorded as. */
export const PROJECT_EVENT_FACTS = {
  submit: "projectSubmitted",
  sign: "projectSigned",
  declineToSign: "projectSigningDeclined",
  returnForSupplement: "projectReturned",
  reject: "projectRejected",
  passFormCheck: "projectFormChecked",
  pass: "projectPassed",
  passShortcut: "projectPassedByShortcut",
  concludeFunding: "projectFundingConcluded",
  returnFromFunding: "projectReturnedFromFunding",
  approve: "projectApproved",
  withdraw: "projectWithdrawn",
  startProcurement: "projectProcurementStarted",
  startImplementation: "projectImplementationStarted",
  completeConstruction: "projectConstructionCompleted",
  passInitialAcceptance: "projectInitialAcceptancePassed",
  startTrialRun: "projectTrialRunStarted",
  passFinalAcceptance: "projectFinalAcceptancePassed",
  startOperation: "projectOperationStarted",
  evaluate: "projectEvaluated",
  archive: "projectArchived",
  suspend: "projectSuspended",
  resume: "projectResumed",
  terminate: "projectTerminated",
  lapse: "projectLapsed",
} as const satisfies Record<ProjectEvent, string>;

/** Names of the conditions that the verbs resolve before asking the lifecycle. */
export type ProjectGuard =
  | "filingComplete"
  | "catalogAttached"
  | "noSanction"
  | "otherPersonThanBefore"
  | "fundingConcluded"
  | "gateOpen"
  | "reasonGiven"
  | "atFormCheck"
  | "formChecked"
  | "shortcutGrounded"
  | "noPanelOpen"
  | "suspendedFromProcurement"
  | "suspendedFromImplementation"
  | "suspendedFromInitialAccepted"
  | "suspendedFromTrialRun"
  | "notStartedWithinLimit"
  | "notCompletedYet"
  | "milestonesDoneOrReasoned"
  | "constructionCompleted"
  | "acceptanceSigned"
  | "documentsComplete"
  | "archiveAccepted"
  | "entriesShared"
  | "trialRunLongEnough";

export type ProjectEffect =
  | "freezeSubmission"
  | "openFormCheck"
  | "openApprovalReview"
  | "closeBureauReview"
  | "cancelPanel"
  | "stopClock"
  | "openFundingReview"
  | "closeFundingReview"
  | "openMonthlyReports"
  | "deliverToCatalogPlatform";

export type ProjectTransition = Transition<ProjectStage, ProjectEvent, Action, ProjectGuard, ProjectEffect>;

/**
 * The life of a project. A stage and event that are not a row here are refused; where one event has several rows, the first
 * whose guards hold is taken.
 * @source domain.md §2
 */
export const PROJECT_LIFECYCLE = [
  {
    from: "draft",
    on: "submit",
    to: "submitted",
    action: "project:submit",
    guards: ["filingComplete", "catalogAttached", "noSanction"],
    effects: ["freezeSubmission"],
  },
  { from: "draft", on: "withdraw", to: "withdrawn", action: "project:withdraw", guards: ["reasonGiven"] },
  {
    from: "submitted",
    on: "sign",
    to: "underReview",
    action: "project:sign",
    guards: ["otherPersonThanBefore"],
    effects: ["openFormCheck"],
  },
  { from: "submitted", on: "declineToSign", to: "draft", action: "project:sign", guards: ["reasonGiven"] },
  { from: "submitted", on: "withdraw", to: "withdrawn", action: "project:withdraw", guards: ["reasonGiven"] },
  {
    from: "underReview",
    on: "passFormCheck",
    to: "underReview",
    action: "project:review",
    guards: ["atFormCheck", "otherPersonThanBefore"],
    effects: ["closeBureauReview", "openApprovalReview"],
  },
  {
    from: "underReview",
    on: "passShortcut",
    to: "underFundingReview",
    action: "project:review",
    guards: ["atFormCheck", "shortcutGrounded", "otherPersonThanBefore"],
    effects: ["closeBureauReview", "openFundingReview"],
  },
  {
    from: "underReview",
    on: "returnForSupplement",
    to: "returned",
    action: "project:review",
    guards: ["reasonGiven"],
    effects: ["closeBureauReview", "cancelPanel", "stopClock"],
  },
  {
    from: "underReview",
    on: "reject",
    to: "rejected",
    action: "project:review",
    guards: ["reasonGiven"],
    effects: ["closeBureauReview", "cancelPanel"],
  },
  {
    from: "underReview",
    on: "pass",
    to: "underFundingReview",
    action: "project:review",
    guards: ["formChecked", "noPanelOpen", "otherPersonThanBefore"],
    effects: ["closeBureauReview", "openFundingReview"],
  },
  {
    from: "underReview",
    on: "withdraw",
    to: "withdrawn",
    action: "project:withdraw",
    guards: ["reasonGiven"],
    effects: ["closeBureauReview", "cancelPanel"],
  },
  {
    from: "returned",
    on: "submit",
    to: "submitted",
    action: "project:submit",
    guards: ["filingComplete", "catalogAttached", "noSanction"],
    effects: ["freezeSubmission"],
  },
  { from: "returned", on: "withdraw", to: "withdrawn", action: "project:withdraw", guards: ["reasonGiven"] },
  {
    from: "underFundingReview",
    on: "concludeFunding",
    to: "underFundingReview",
    action: "funding:review",
    guards: ["gateOpen"],
    effects: ["closeFundingReview"],
  },
  {
    from: "underFundingReview",
    on: "returnFromFunding",
    to: "returned",
    action: "funding:review",
    guards: ["reasonGiven"],
    effects: ["closeFundingReview", "stopClock"],
  },
  {
    from: "underFundingReview",
    on: "approve",
    to: "approved",
    action: "project:approve",
    guards: ["fundingConcluded", "otherPersonThanBefore"],
  },
  { from: "approved", on: "startProcurement", to: "procurement", action: "project:start" },
  { from: "approved", on: "lapse", to: "lapsed", action: "project:approve", guards: ["notStartedWithinLimit"] },
  { from: "approved", on: "terminate", to: "terminated", action: "project:approve", guards: ["reasonGiven"] },
  {
    from: "procurement",
    on: "startImplementation",
    to: "implementation",
    action: "project:start",
    effects: ["openMonthlyReports"],
  },
  { from: "procurement", on: "lapse", to: "lapsed", action: "project:approve", guards: ["notStartedWithinLimit"] },
  { from: "procurement", on: "suspend", to: "suspended", action: "project:approve", guards: ["reasonGiven"] },
  { from: "procurement", on: "terminate", to: "terminated", action: "project:approve", guards: ["reasonGiven"] },
  {
    from: "implementation",
    on: "completeConstruction",
    to: "implementation",
    action: "project:start",
    guards: ["notCompletedYet", "milestonesDoneOrReasoned"],
  },
  {
    from: "implementation",
    on: "passInitialAcceptance",
    to: "initialAccepted",
    action: "acceptance:decide",
    guards: ["constructionCompleted", "acceptanceSigned", "documentsComplete", "noPanelOpen", "otherPersonThanBefore"],
  },
  { from: "implementation", on: "suspend", to: "suspended", action: "project:approve", guards: ["reasonGiven"] },
  { from: "implementation", on: "terminate", to: "terminated", action: "project:approve", guards: ["reasonGiven"] },
  { from: "initialAccepted", on: "suspend", to: "suspended", action: "project:approve", guards: ["reasonGiven"] },
  { from: "initialAccepted", on: "terminate", to: "terminated", action: "project:approve", guards: ["reasonGiven"] },
  { from: "trialRun", on: "suspend", to: "suspended", action: "project:approve", guards: ["reasonGiven"] },
  { from: "trialRun", on: "terminate", to: "terminated", action: "project:approve", guards: ["reasonGiven"] },
  {
    from: "suspended",
    on: "resume",
    to: "procurement",
    action: "project:approve",
    guards: ["reasonGiven", "suspendedFromProcurement"],
  },
  {
    from: "suspended",
    on: "resume",
    to: "implementation",
    action: "project:approve",
    guards: ["reasonGiven", "suspendedFromImplementation"],
  },
  {
    from: "suspended",
    on: "resume",
    to: "initialAccepted",
    action: "project:approve",
    guards: ["reasonGiven", "suspendedFromInitialAccepted"],
  },
  {
    from: "suspended",
    on: "resume",
    to: "trialRun",
    action: "project:approve",
    guards: ["reasonGiven", "suspendedFromTrialRun"],
  },
  { from: "suspended", on: "terminate", to: "terminated", action: "project:approve", guards: ["reasonGiven"] },
  { from: "initialAccepted", on: "startTrialRun", to: "trialRun", action: "project:start" },
  {
    from: "trialRun",
    on: "passFinalAcceptance",
    to: "accepted",
    action: "acceptance:decide",
    guards: [
      "constructionCompleted",
      "acceptanceSigned",
      "documentsComplete",
      "archiveAccepted",
      "entriesShared",
      "trialRunLongEnough",
      "noPanelOpen",
      "otherPersonThanBefore",
    ],
    effects: ["deliverToCatalogPlatform"],
  },
  { from: "accepted", on: "startOperation", to: "operation", action: "project:start" },
  { from: "operation", on: "evaluate", to: "evaluated", action: "project:approve" },
  { from: "evaluated", on: "archive", to: "archived", action: "project:approve" },
] as const satisfies readonly ProjectTransition[];

/** Stages in which monthly reports are due. */
export const STAGES_UNDER_WAY = [
  "procurement",
  "implementation",
  "initialAccepted",
  "trialRun",
] as const satisfies readonly ProjectStage[];

/** Stages in which the applicant may edit the filing. */
export const EDITABLE_STAGES = ["draft", "returned"] as const satisfies readonly ProjectStage[];
