import type { Refusal } from "~/kernel/result";
import { SHARING_METHODS, type SharingMethod } from "~/kernel/vocabulary";

import type { ApplicationRefusalCode, DemandStepRefusal } from "./demand.rules";
import type { UseRefusalCode } from "./use.rules";

/** The sentence of each refusal of the demand side: what is wrong and what to do. */
export function sayDemandRefusal({
  code,
  facts,
}: Refusal<DemandStepRefusal | ApplicationRefusalCode | UseRefusalCode>): string {
  switch (code) {
    case "notInThisState":
      return "这条需求的状态已变化，不能办理这一步，请刷新页面查看最新状态。";
    case "appliedForItself":
      return "这条需求随项目申报一并签批，请在项目中办理。";
    case "otherPersonThanDrafter":
      return "提出需求的人不能审核自己的需求，请由本单位分管领导办理。";
    case "providerNamed":
      return "尚未明确数据提供单位，请退回需求方补充后再审查。";
    case "reasonGiven":
      return "请写明原因，便于对方办理。";
    case "refusedWithoutBasis":
      return "提供方已引用规定作为依据，不能直接责令重新答复；如认为依据不适用，请退请双方协商后认可或由需求方重新申请。";
    case "ratingGiven":
      return "请选择 1 至 5 分。";
    case "wantedFromOneself":
      return "不能向本单位申请数据，请选择其他单位的资源。";
    case "providerMissing":
      return "请选择预计的数据提供单位，不确定时可先在资源目录中查找。";
    case "resourceNotPublished":
      return "该资源尚未发布或已暂停共享，请等发布后再申请，或改为用文字说明需要的数据。";
    case "notShared":
      return "该资源依法不予共享，不能申请；如确有法律依据，请先与提供单位和数据局书面协商变更共享类型。";
    case "methodNotOffered":
      return `该资源只以“${SHARING_METHODS[facts?.method as SharingMethod]}”方式共享，请改选这一方式。`;
    case "periodReversed":
      return "结束日期早于开始日期，请核对使用期限。";
    case "periodPast":
      return "使用期限已经过去，请把结束日期改到今天或以后。";
    case "appliedTwice":
      return "本单位已申请同一数据且尚未办结，请在需求清单中查看进展，不必重复申请。";
    case "ownData":
      return "使用本单位的数据不需登记。";
    case "noRightToUse":
      return "本单位还没有使用这项数据的权利：有条件共享的数据须先申请并由提供方提供，请先提出数据需求。";
    case "usedInFuture":
      return "使用日期不能晚于今天，请核对。";
    case "usedOutsidePeriod":
      return "使用日期不在获准的使用期限内，请核对日期；期限已过的，请重新申请。";
    case "monthClosed":
      return `该月的使用次数已经结转，只能登记 ${facts?.openFrom ?? ""} 以后的使用。`;
  }
}
