import type { Refusal } from "~/kernel/result";

import { sayCloudWorkRefusal } from "./steps.refusals";
import type { SheetProblemCode } from "./steps-sheet.rules";

/** What is wrong in a row of the sheet of cloud steps, and what to do. */
export function saySheetProblem(refusal: Refusal<SheetProblemCode>): string {
  const { code, facts } = refusal;
  switch (code) {
    case "systemMissing":
      return "请填写系统编号或系统名称。";
    case "systemUnknown":
      return `没有您可以办理的系统“${facts?.said ?? ""}”，请核对编号和名称；运维单位只能填报所运维的系统。`;
    case "systemAmbiguous":
      return `有多个系统名为“${facts?.name ?? ""}”，请填写系统编号。`;
    case "nameDiffers":
      return `编号 ${facts?.code ?? ""} 的系统是“${facts?.name ?? ""}”，与本行名称不符，请核对。`;
    case "stepUnknown":
      return "请填写七个步骤之一的名称，如“资源申请”。";
    case "dateUnreadable":
      return "请填写完整的日期，如 2026-07-01。";
    case "evidenceUnfit":
      return "请写明办理依据的文件名称或文号，4 至 200 个字。";
    case "stepNeedsFile":
      return `“${facts?.step ?? ""}”须上传证明文件，不能批量导入，请在该系统的上云办理页面登记。`;
    default:
      return sayCloudWorkRefusal({ ...refusal, code });
  }
}
