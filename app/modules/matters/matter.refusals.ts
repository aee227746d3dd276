import type { Refusal } from "~/kernel/result";
import { MATTER_STATES, type MatterState } from "~/kernel/vocabulary";

import { MATTER_EVENTS, type MatterEvent, type MatterStepRefusal } from "./matter.lifecycle";

export type MatterRefusal =
  | MatterStepRefusal
  | "codeTaken"
  | "nameTaken"
  | "unitUnknown"
  | "matterIsAbolished"
  | "nothingChanged"
  | "systemNotOpen"
  | "systemIsSecret"
  | "systemIsRetired"
  | "systemLinked"
  | "systemNotLinked"
  | "materialNameMissing"
  | "materialKnown"
  | "materialUnknown"
  | "materialAsked"
  | "materialNotAsked"
  | "resourceNotPublished"
  | "itemUnknown"
  | "proofKnown"
  | "proofUnknown";

/** Why something was not done to a matter or a material, and what to do. */
export function sayMatterRefusal({ code, facts }: Refusal<MatterRefusal>): string {
  switch (code) {
    case "notInThisState":
      return `事项现处于“${MATTER_STATES[facts?.state as MatterState] ?? ""}”状态，不能${MATTER_EVENTS[facts?.event as MatterEvent] ?? "办理这项操作"}。请刷新页面，按最新状态办理。`;
    case "reasonGiven":
      return "请写明原因，例如依据的文件或上级要求。";
    case "codeTaken":
      return `编码“${facts?.code ?? ""}”已用于“${facts?.name ?? ""}”，请改用其他编码，或留空由系统编号。`;
    case "nameTaken":
      return `本单位已有事项“${facts?.name ?? ""}”（${facts?.code ?? ""}），请在原事项上修改，不要重复登记。`;
    case "unitUnknown":
      return "所选单位不存在或已撤销，请重新选择。";
    case "matterIsAbolished":
      return "事项已取消，不能再修改。确需修改请先恢复办理。";
    case "nothingChanged":
      return "没有改动，不需要保存。";
    case "systemNotOpen":
      return "只能关联本单位的系统，或数据局的公共平台。需要关联其他单位的系统，请联系数据局办理。";
    case "systemIsSecret":
      return "涉密系统不能与公开的政务服务事项关联，请改选其他系统。";
    case "systemIsRetired":
      return "所选系统已停用，请改选在用的系统。";
    case "systemLinked":
      return "事项已关联这个系统，不需要再次关联。";
    case "systemNotLinked":
      return "事项没有关联这个系统，请刷新页面查看最新内容。";
    case "materialNameMissing":
      return "新增材料须填写材料名称。";
    case "materialKnown":
      return `已有同名材料“${facts?.name ?? ""}”（${facts?.code ?? ""}），请选择已有材料，不要重复登记。`;
    case "materialUnknown":
      return "所选材料不存在，请重新查找。";
    case "materialAsked":
      return `事项已要求提交“${facts?.name ?? ""}”，不需要重复添加。`;
    case "materialNotAsked":
      return "事项没有要求这份材料，请刷新页面查看最新内容。";
    case "resourceNotPublished":
      return "只有已发布的数据资源才能证明材料，请改选已发布的资源，或先办理发布。";
    case "itemUnknown":
      return `资源没有信息项“${facts?.item ?? ""}”，请从该资源的信息项中选择，或留空表示整个资源。`;
    case "proofKnown":
      return "这项证明关系已经登记，不需要重复登记。";
    case "proofUnknown":
      return "这项证明关系已被移除，请刷新页面查看最新内容。";
  }
}
