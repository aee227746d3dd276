import type { Refusal } from "~/kernel/result";

import type { ConfirmCode, FactCode, RetireCode, RunCode } from "./inventory.rules";

export type InventoryCode =
  FactCode | RetireCode | RunCode | ConfirmCode | "unitNotFound" | "sameUnit" | "nothingChanged" | "isRetired";

/** Why the inventory was not changed, and what to do. */
export function sayInventoryRefusal({ code, facts }: Refusal<InventoryCode>): string {
  switch (code) {
    case "nameTaken":
      return `本单位已登记同名系统“${facts?.name ?? ""}”（${facts?.code ?? ""}），请在原记录上修改；确为另一个系统的，请用名称区分。`;
    case "filingWithoutLevel":
      return "填写了等保备案信息，请同时选择等保级别。";
    case "filedInFuture":
      return "等保备案日期不能晚于今天，请填写备案证明上的日期。";
    case "launchedInFuture":
      return "上线日期不能晚于今天；尚未上线的请留空，上线后补填。";
    case "notAnOperator":
      return "运营单位只能选运营方，请从列表中选择；自行运维的请留空。";
    case "projectNotOwn":
      return "来源项目须是主管单位自己的项目，请从列表中选择。";
    case "fieldNotYours":
      return `“${facts?.title ?? ""}”由数据主管部门修改，请联系数据主管部门。`;
    case "alreadyRetired":
      return "该系统已下线，不能再办理此事项。";
    case "retiredInFuture":
      return "下线日期不能晚于今天，请在系统实际下线后登记。";
    case "retiredBeforeRegistered":
      return `下线日期不能早于登记日期 ${facts?.registeredOn ?? ""}，请核对。`;
    case "notRunning":
      return "该系统已是停用状态，无需重复登记。";
    case "notSuspended":
      return "该系统已是在用状态，无需恢复。";
    case "alreadyConfirmed":
      return "本年度系统清单已确认，每年确认一次；此后的变动请直接在系统中修改。";
    case "noSystems":
      return "本单位没有登记信息系统，无需确认；有系统的请先登记。";
    case "incompleteSystems":
      return `还有 ${facts?.count ?? ""} 个系统信息不完整，请补全后再确认：${facts?.names ?? ""}。`;
    case "unitNotFound":
      return "请从列表中选择单位。";
    case "sameUnit":
      return "该系统已由这个单位主管，请选择另一个单位。";
    case "nothingChanged":
      return "内容没有变化，请修改后再保存。";
    case "isRetired":
      return "该系统已下线，信息不能再修改。";
  }
}
