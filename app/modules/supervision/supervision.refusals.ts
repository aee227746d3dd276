import type { Refusal } from "~/kernel/result";
import type { FileRefusalCode } from "~/platform/files.server";

import type { RegisterRefusal } from "./register-item.server";
import type { SupervisionRefusal } from "./supervision.rules";

/** The sentence of each refusal of this module: what is wrong and what to do. */
export function saySupervisionRefusal({ code }: Refusal<SupervisionRefusal | RegisterRefusal>): string {
  switch (code) {
    case "notInThisState":
      return "督办事项的状态已变化，不能办理这一步，请刷新页面查看最新状态。";
    case "replyGiven":
      return "请填写办理情况。";
    case "reasonGiven":
      return "请写明原因，便于承办单位办理。";
    case "proofGiven":
      return "请填写销号依据，例如验收单、文件名称或文号。";
    case "otherPersonThanReplier":
      return "反馈人不能核实或销号自己反馈的事项，请由其他人员办理。";
    case "notUrgedToday":
      return "今天已经催办过这一事项，每天最多催办一次，请明天再催。";
    case "laterDay":
      return "新的办理期限须晚于现在的期限，且不早于今天，请重新选择日期。";
    case "dueInPast":
      return "办理期限不能早于今天，请重新选择日期。";
    case "unitUnknown":
      return "请在本地区的单位中选择承办单位；填写名称的，请写全称或能唯一识别的名称。";
  }
}

/** Why a file was not taken, and what to do. */
export function sayPaperRefusal({ code, facts = {} }: Refusal<FileRefusalCode>): string {
  switch (code) {
    case "fileEmpty":
      return `文件“${facts.name ?? ""}”是空的，请检查后重新选择。`;
    case "fileTooLarge":
      return `文件“${facts.name ?? ""}”超过单个附件上限 ${facts.limit ?? ""} MB，请压缩或拆分后再上传。`;
    case "fileTypeNotAllowed":
      return `文件“${facts.name ?? ""}”的内容不是 PDF、OFD、Word、Excel、WPS 或图片，请转换格式后再上传。`;
  }
}
