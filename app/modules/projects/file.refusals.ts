import type { Refusal } from "~/kernel/result";
import { ATTACHMENT_KINDS, type AttachmentKind } from "~/kernel/vocabulary";

import type { AttachmentCode } from "./attachment.rules";
import { sayProjectRefusal } from "./projects.refusals";

type FileRefusal = AttachmentCode | "fileEmpty" | "fileTypeNotAllowed" | "notEditable";

/** Why a file was not attached, and what to do. */
export function sayFileRefusal({ code, facts = {} }: Refusal<FileRefusal>): string {
  const name = facts.name ?? "";
  switch (code) {
    case "fileEmpty":
      return `文件“${name}”是空的，请检查后重新选择。`;
    case "fileTooLarge":
      return `文件“${name}”超过单个附件上限 ${facts.limit} MB，请压缩或拆分后再上传。`;
    case "fileTypeNotAllowed":
      return `文件“${name}”的内容不是 PDF、OFD、Word、Excel、WPS 或图片（以内容识别，改扩展名无效；压缩包请解压后逐个上传），请转换格式后再上传。`;
    case "duplicateInProject":
      return `文件“${name}”与已上传的“${facts.existing}”（${ATTACHMENT_KINDS[facts.kind as AttachmentKind] ?? "附件"}）内容完全相同，没有重复保存。如要改类别，请先移除原件再上传。`;
    case "quotaExceeded":
      return `文件“${name}”没有上传：本项目附件已用 ${facts.usedMegabytes} MB，总量上限 ${facts.limit} MB。请移除不需要的附件或压缩后再上传。`;
    case "notEditable":
      return sayProjectRefusal({ code: "notEditable" });
  }
}
