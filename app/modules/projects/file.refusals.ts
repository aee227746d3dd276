import type { Refusal } from "~/kernel/result";

import { sayProjectRefusal } from "./projects.refusals";

type FileRefusal = "fileEmpty" | "fileTooLarge" | "fileTypeNotAllowed";

/** Why a file was not attached, and what to do. */
export function sayFileRefusal(refusal: Refusal<FileRefusal | "notEditable">): string {
  const name = refusal.facts?.name ?? "";
  switch (refusal.code) {
    case "fileEmpty":
      return `文件“${name}”是空的，请检查后重新选择。`;
    case "fileTooLarge":
      return `文件“${name}”超过 20 MB，请压缩或拆分后再上传。`;
    case "fileTypeNotAllowed":
      return `文件“${name}”的内容不是 PDF、Word、Excel 或图片，请转换格式后再上传。`;
    case "notEditable":
      return sayProjectRefusal({ code: "notEditable" });
  }
}
