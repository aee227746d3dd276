import type { Refusal } from "~/kernel/result";
import { FORMAT_CLASSES, type FormatClass } from "~/kernel/vocabulary";

import type { ConnectionRefusalCode } from "./connection/connection.rules";
import type { DemandRefusalCode } from "./demand/demand.rules";
import type { CorrectionStepRefusal } from "./correction/correction.lifecycle";
import type { UpdateRefusalCode } from "./freshness.rules";
import type { ReportRefusalCode, RequestRefusalCode, SaveRevisionRefusal } from "./refusal-codes";
import type { ResourceStepRefusal, RevisionStepRefusal } from "./resource.lifecycle";
import type { ResourceRefusalCode } from "./resource.rules";

/** Refusals that come from where an entry, a change of it or an error report stands. */
export type EntryRefusalCode =
  | ResourceStepRefusal
  | RevisionStepRefusal
  | CorrectionStepRefusal
  | RequestRefusalCode
  | UpdateRefusalCode
  | SaveRevisionRefusal
  | ReportRefusalCode
  | ConnectionRefusalCode
  | "nothingRequested"
  | "filingClosed"
  | "nothingToImport";

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
      return `本单位已有名称相同（或只差空格、标点）的资源“${facts?.name ?? ""}”，请修改名称或沿用原资源。`;
    case "itemsMissing":
      return "请至少填写一个信息项。";
    case "itemTwice":
      return `信息项“${facts?.item ?? ""}”重复，请删去一个。`;
    case "wantedFromOneself":
      return "不能向本单位申请数据，请选择其他提供单位。";
    case "demandTwice":
      return "本项目已登记过同样的数据需求，请勿重复登记。";
    case "filingClosed":
      return "项目已提交或不在可填报的阶段，数据目录不能再修改；如需修改，请先由审核单位退回。";
    case "categoryUnknown":
      return "请选择资源分类，要选到“目”一级。";
    case "basicDatabaseUnknown":
      return "没有这个基础数据库，请从列表中选择，或留空。";
    case "systemNotOwn":
      return "来源系统须是本单位登记的系统，请从列表中选择；系统尚未登记的，请先在系统清单中登记。";
    case "relatedUnknown":
      return `资源目录中没有代码 ${facts?.codes ?? ""}，请核对关联资源的代码，或删去。`;
    case "basisNotCited":
      return "不予共享依据须写明出处，请写法规名称和条款，例如“《中华人民共和国测绘法》第四十七条”，或写文号，例如“国发〔2016〕51号”。";
    case "formatTypeNotOfClass":
      return `“${facts?.type ?? ""}”不属于“${FORMAT_CLASSES[facts?.format as FormatClass]}”，请改选资源格式或格式类型。`;
    case "openButNotShared":
      return "不予共享的资源不能向社会开放，请取消开放或修改共享类型。";
    case "itemLengthNotPositive":
      return `信息项“${facts?.item ?? ""}”的长度须大于 0，请改正，不限长度的请留空。`;
    case "keyItemMissing":
      return "数据库类资源须有主键，请在能唯一识别一条记录的信息项上勾选“主键”。";
    case "notInThisState":
      return "状态已变化，不能办理这一步，请刷新页面查看最新状态。";
    case "reasonGiven":
      return "请写明原因或说明，便于对方办理。";
    case "otherPerson":
      return "填报、登记和发布须由不同的人办理，请由另一位同事办理。";
    case "outsideFiling":
      return "该资源随项目申报一并填写和签批，请在项目的“数据”部分办理。";
    case "alreadyRequested":
      return "已有一项申请待数据局办理，请等办结后再提出。";
    case "nothingRequested":
      return "没有待办理的申请，请刷新页面查看最新状态。";
    case "updateInFuture":
      return "更新日期不能晚于今天，请填写实际更新的日期。";
    case "updateBeforeLast":
      return "更新日期不能早于上次更新（或发布）的日期，请核对。";
    case "revisionUnderWay":
      return "上一次修订已由本单位登记、待数据局发布，请等办结后再修订。";
    case "categoryFixed":
      return "资源代码由分类生成，发布后不能改分类；确需调整的，请撤销后重新登记。";
    case "nothingChanged":
      return "与已发布的内容相同，没有需要修订的地方。";
    case "itemUnknown":
      return "该资源没有这个信息项，请从列表中选择，或选择“整个资源”。";
    case "reportedAlready":
      return "同样的问题已经反映过，正在办理，请在数据纠错中查看进度。";
    case "notShared":
      return "不予共享的资源不用挂接。";
    case "addressNotHttps":
      return "接口地址须以 https:// 开头，不能带空格、账号密码或 # 片段，请核对。";
    case "addressNotView":
      return "请填写数据库视图的名称，可带库名和模式名，用点隔开，例如 zrzy.v_pipe。";
    case "addressNotPath":
      return "请填写共享交换平台上的绝对路径，以 / 开头，不能含 ..、反斜杠，例如 /zrzy/dom/2026/。";
    case "sameAddress":
      return "与现在的挂接地址相同；测试未通过的，改好后由数据局重新测试即可，无需重新挂接。";
    case "notConnected":
      return "该资源尚未挂接，请刷新页面查看最新状态。";
    case "testedAlready":
      return "测试已通过，无需再测；挂接更换后再测试。";
    case "testedByConnector":
      return "挂接和测试须由不同的人办理，请由另一位同事测试。";
    case "nothingToImport":
      return "没有可以导入的行，请改正后重新上传。";
  }
}
