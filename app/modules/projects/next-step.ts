import type { AcceptanceState, ProjectStage } from "~/kernel/vocabulary";

/** What a project waits for, and for whom; undefined when nothing more will come. */
export interface NextStep {
  readonly what: string;
  readonly who: string;
}

/** What the stage alone does not tell: whose turn is open, whether experts judge, whether finance is done. */
export interface DeskStanding {
  readonly desk: "formCheck" | "approval" | "funding" | null;
  readonly panelOpen: boolean;
  readonly fundingConcluded: boolean;
  /** the unit declared it built */
  readonly completed: boolean;
  /** how far an application for acceptance has come that is not decided yet */
  readonly acceptance: AcceptanceState | null;
}

/**
 * The next step of a project in words.
 * @source domain.md §2
 */
export function nextStepOf(
  stage: ProjectStage,
  { desk, panelOpen, fundingConcluded, completed, acceptance }: DeskStanding,
): NextStep | undefined {
  switch (stage) {
    case "draft":
      return { what: "完成填报并提交签批", who: "本单位填报人" };
    case "submitted":
      return { what: "签批上报", who: "本单位分管领导" };
    case "underReview":
      if (desk === "formCheck") return { what: "形式审查", who: "数据局" };
      return panelOpen ? { what: "专家评审，形成意见后审核", who: "专家组" } : { what: "立项审核", who: "数据局" };
    case "returned":
      return { what: "按退回意见补正后重新提交", who: "本单位填报人" };
    case "underFundingReview":
      return fundingConcluded ? { what: "批复立项", who: "数据局" } : { what: "资金评估审查", who: "财政局" };
    case "approved":
      return { what: "启动采购", who: "建设单位" };
    case "procurement":
      return { what: "签订合同并开工", who: "建设单位" };
    case "implementation":
      if (!completed) return { what: "按月报送进度，建成后宣布完工", who: "建设单位" };
      return acceptanceStep("初验", acceptance, panelOpen);
    case "suspended":
      return { what: "恢复或终止", who: "数据局" };
    case "initialAccepted":
      return { what: "进入试运行", who: "建设单位" };
    case "trialRun":
      return acceptanceStep("终验", acceptance, panelOpen);
    case "accepted":
      return { what: "转入运维", who: "建设单位" };
    case "operation":
      return { what: "开展绩效评价", who: "建设单位" };
    case "evaluated":
      return { what: "归档", who: "数据局" };
    case "archived":
    case "rejected":
    case "withdrawn":
    case "terminated":
    case "lapsed":
      return undefined;
  }
}

function acceptanceStep(what: "初验" | "终验", state: AcceptanceState | null, panelOpen: boolean): NextStep {
  switch (state) {
    case "draft":
      return { what: `完成${what}申请并提交签批`, who: "建设单位" };
    case "signing":
      return { what: `签批${what}申请`, who: "本单位分管领导" };
    case "open":
      return panelOpen
        ? { what: `专家评审，形成意见后办理${what}`, who: "专家组" }
        : { what: `办理${what}`, who: "数据局" };
    case "returned":
      return { what: `补正${what}材料后重新提交`, who: "建设单位" };
    case "passed":
    case "failed":
    case "withdrawn":
    case null:
      return { what: `申请${what}`, who: "建设单位" };
  }
}
