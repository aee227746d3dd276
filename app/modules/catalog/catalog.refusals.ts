import type { Refusal } from "~/kernel/result";
import { FORMAT_CLASSES, type FormatClass } from "~/kernel/vocabulary";

import type { DemandRefusalCode } from "./demand.rules";
import type { ResourceRefusalCode } from "./resource.rules";

/** Refusals that come from where an entry stands: its filing, its state, its category. */
export type EntryRefusalCode = "filingClosed" | "categoryUnknown" | "notRegistered" | "samePerson" | "nothingToImport";

export type CatalogRefusalCode = ResourceRefusalCode | DemandRefusalCode | EntryRefusalCode;

/** The sentence of each refusal of this module: what is wrong and what to do. */
export function sayCatalogRefusal({ code, facts }: Refusal<CatalogRefusalCode>): string {
  switch (code) {
    case "noneWithoutBasis":
      return "不予共享须写明法律、行政法规或国家政策依据，请填写依据名称和条款。";
    case "conditionalWithoutConditions":
      return "有条件共享须写明共享条件，例如限于哪些单位、哪类业务使用。";
    case "methodMissing":
      return "请选择共享方式。";
    case "methodNotForFormat":
      return `“${FORMAT_CLASSES[facts?.format as FormatClass]}”类资源的共享方式不对：文件类用“文件”，数据库用“数据库”或“接口”，服务接口用“接口”。`;
    case "systemName":
      return `“${facts?.name ?? ""}”是系统或项目名称，资源名称请写明数据内容，例如“供水管网基础信息”。`;
    case "dragFillName":
      return `“${facts?.name ?? ""}”像是拖动填充产生的名称，请写能区分内容的名称。`;
    case "nameTaken":
      return `本单位已有名称相同(或只差空格、标点)的资源“${facts?.name ?? ""}”，请修改名称或沿用原资源。`;
    case "itemsMissing":
      return "请至少填写一个信息项，多个信息项用顿号隔开。";
    case "itemTwice":
      return `信息项“${facts?.item ?? ""}”重复，请删去一个。`;
    case "wantedFromOneself":
      return "不能向本单位申请数据，请选择其他提供单位。";
    case "demandTwice":
      return "本项目已登记过同样的数据需求，请勿重复登记。";
    case "filingClosed":
      return "项目已提交或不在可填报的阶段，数据目录不能再修改；如需修改，请先由审核单位退回。";
    case "categoryUnknown":
      return "请选择资源分类。";
    case "notRegistered":
      return "该资源尚未经本单位登记，不能发布；请等本单位分管领导签批后再办理。";
    case "samePerson":
      return "登记和发布须由两人办理，请由另一位同事发布。";
    case "nothingToImport":
      return "没有可以导入的行，请改正后重新上传。";
  }
}
