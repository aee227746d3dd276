import type { Refusal } from "~/kernel/result";
import type { AttachmentCode } from "~/modules/projects";

/**
 * Why a file is not taken in or not taken away.
 * - `notWritable`: the report waits for its signature
 * - `signedStays`: what was signed can be taken away only once the correction has begun
 * - `milestoneUnknown`: it belongs to another project
 */
export type ReportFileCode =
  | Exclude<AttachmentCode, "duplicateInProject">
  | "fileEmpty"
  | "fileTypeNotAllowed"
  | "notWritable"
  | "signedStays"
  | "milestoneUnknown";

/** The sentence of each refusal about a report's file: what is wrong and what to do. */
export function sayReportFileRefusal({ code, facts = {} }: Refusal<ReportFileCode>): string {
  const name = facts.name ?? "";
  switch (code) {
    case "fileEmpty":
      return `文件“${name}”是空的，请检查后重新选择。`;
    case "fileTooLarge":
      return `文件“${name}”超过单个附件上限 ${facts.limit} MB，请压缩或拆分后再上传。`;
    case "fileTypeNotAllowed":
      return `文件“${name}”的内容不是 PDF、OFD、Word、Excel、WPS 或图片，请转换格式后再上传。`;
    case "quotaExceeded":
      return `文件“${name}”没有上传：本月佐证材料已用 ${facts.usedMegabytes} MB，总量上限 ${facts.limit} MB。请移除不需要的材料或压缩后再上传。`;
    case "notWritable":
      return "月报已提交签批，佐证材料不能增减；如需调整，请分管领导退回后再办理。";
    case "signedStays":
      return "已签批的佐证材料不能直接移除，请先保存更正草稿，再移除。";
    case "milestoneUnknown":
      return "该里程碑不属于本项目，请刷新页面后重新上传。";
  }
}
