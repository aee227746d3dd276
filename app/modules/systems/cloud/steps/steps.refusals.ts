import type { Refusal } from "~/kernel/result";
import { CLOUD_RESOURCE_KINDS, type CloudResourceKind } from "~/kernel/vocabulary";

import type { BlockRefusalCode } from "./blocks.rules";
import type { ResourceRefusalCode } from "./resources.rules";
import type { CloudClosedCode, CloudStepRefusalCode, RollbackRefusalCode } from "./steps.rules";

export type PaperRefusalCode = "fileEmpty" | "fileTooLarge" | "fileTypeNotAllowed";

export type CloudWorkRefusalCode =
  CloudStepRefusalCode | RollbackRefusalCode | BlockRefusalCode | ResourceRefusalCode | PaperRefusalCode | "notBlocked";

/** The sentence of a refused act on a system's way to the cloud: what is wrong and what to do. */
export function sayCloudWorkRefusal(refusal: Refusal<CloudWorkRefusalCode>): string {
  const { code, facts } = refusal;
  switch (code) {
    case "systemRetired":
      return "该系统已下线，不再办理上云事项。";
    case "outOfScope":
      return "该系统不在上云范围内，不办理上云事项；范围认定有误的，请先申请调整。";
    case "stepAlreadyDone":
      return `“${facts?.step ?? ""}”已于 ${facts?.completedOn ?? ""} 登记完成，无需重复登记；登记有误的，请联系数据局退回该步骤后重新登记。`;
    case "previousStepMissing":
      return `请先登记“${facts?.previous ?? ""}”，七个步骤须按顺序完成。`;
    case "testResultMissing":
      return "请选择安全检测的结果：合格或不合格。";
    case "evidenceFileMissing":
      return `请上传“${facts?.step ?? ""}”的证明文件（检测报告、开通通知等），仅写名称不够。`;
    case "dateInFuture":
      return "完成日期不能晚于今天，请填写实际完成的日期。";
    case "dateBeforePreviousStep":
      return `完成日期不能早于“${facts?.previous ?? ""}”的完成日期 ${facts?.completedOn ?? ""}，请核对。`;
    case "dateBeforeRollback":
      return `“${facts?.step ?? ""}”于 ${facts?.rolledBackOn ?? ""} 被退回，重新完成的日期不能早于这一天。`;
    case "stepNotDone":
      return `“${facts?.step ?? ""}”没有完成记录，无需退回。请刷新页面后重新选择。`;
    case "allStepsDone":
      return "七个步骤已全部完成，没有可登记受阻的步骤。";
    case "alreadyBlocked":
      return "该系统已有一条未解除的受阻情况，请先解除，再登记新的。";
    case "sinceInFuture":
      return "受阻开始日期不能晚于今天，请改正。";
    case "reasonOfTestOnly":
      return `下一步是“${facts?.step ?? ""}”，还没有到安全检测，请选择其他原因。`;
    case "notBlocked":
      return "该系统没有未解除的受阻情况，请刷新页面查看最新情况。";
    default:
      return sayFiguresOrPaper({ ...refusal, code });
  }
}

function sayFiguresOrPaper({
  code,
  facts,
}: Refusal<Exclude<ResourceRefusalCode, CloudClosedCode> | PaperRefusalCode>): string {
  const kind = CLOUD_RESOURCE_KINDS[facts?.kind as CloudResourceKind] ?? "";
  switch (code) {
    case "noFigures":
      return "请至少填写一项资源数量。";
    case "asOfInFuture":
      return "截至日期不能晚于今天，请改正。";
    case "openedWithoutApplied":
      return `${kind}还没有申请数量，请先填写申请数量，再填开通数量。`;
    case "openedAboveApplied":
      return `${kind}开通 ${facts?.opened ?? ""}，超过申请的 ${facts?.applied ?? ""}。请核对开通数量，或先登记追加后的申请数量。`;
    case "fileEmpty":
      return `文件“${facts?.name ?? ""}”是空的，请检查后重新选择。`;
    case "fileTooLarge":
      return `文件“${facts?.name ?? ""}”超过单个附件上限 ${facts?.limit ?? ""} MB，请压缩或拆分后再上传。`;
    case "fileTypeNotAllowed":
      return `文件“${facts?.name ?? ""}”的内容不是 PDF、OFD、Word、Excel、WPS 或图片，请转换格式后再上传。`;
  }
}
