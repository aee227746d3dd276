import type { Refusal } from "~/kernel/result";

import type { CreateProjectRefusal } from "./create-project.server";

/** The sentence of each refusal of this module: what is wrong and what to do. */
export function sayProjectRefusal({ code, facts }: Refusal<CreateProjectRefusal | "notEditable">): string {
  switch (code) {
    case "notEditable":
      return "项目已提交或不在可填报的阶段，不能再修改；如需修改，请先由签批或审核环节退回。";
    case "nameTaken":
      return `本单位 ${facts?.year ?? ""} 年度已有同名项目，请在项目列表中打开原项目继续填报，或改用能区分的名称。`;
  }
}
