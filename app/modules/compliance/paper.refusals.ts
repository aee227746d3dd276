import type { Refusal } from "~/kernel/result";

export type PaperRefusal = "fileEmpty" | "fileTooLarge" | "fileTypeNotAllowed";

/** Why a paper was not taken in, and what to do. */
export function sayPaperRefusal({ code, facts }: Refusal<PaperRefusal>): string {
  switch (code) {
    case "fileEmpty":
      return `文件“${facts?.name ?? ""}”是空的，请检查后重新选择。`;
    case "fileTooLarge":
      return `文件“${facts?.name ?? ""}”超过单个附件上限 ${facts?.limit ?? ""} MB，请压缩或拆分后再上传。`;
    case "fileTypeNotAllowed":
      return `文件“${facts?.name ?? ""}”的内容不是 PDF、OFD、Word、Excel、WPS 或图片，请转换格式后再上传。`;
  }
}
