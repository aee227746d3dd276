import { formatOfficialDate, isLocalDate } from "~/kernel/local-date";
import type { Refusal } from "~/kernel/result";
import { ENTRY_STATES, type EntryState } from "~/kernel/vocabulary";
import type { FileRefusalCode } from "~/platform/files.server";

import { SECURITY_TEST_EVENTS, type SecurityTestEvent, type SecurityTestStepRefusal } from "./security-test.lifecycle";
import type { TestProblemCode } from "./security-test.rules";

/** What entering or correcting a test may be refused with. */
export type TestDraftCode = TestProblemCode | "reportMissing" | "alreadyEntered";
export type SecurityTestRefusal = TestDraftCode | SecurityTestStepRefusal | FileRefusalCode;

const day = (text: string | number | undefined): string =>
  typeof text === "string" && isLocalDate(text) ? formatOfficialDate(text) : "";

/** Why a test was not entered or a step not taken, and what to do. */
export function saySecurityTestRefusal({ code, facts = {} }: Refusal<SecurityTestRefusal>): string {
  switch (code) {
    case "systemNotTested":
      return "国垂、省垂系统由建设单位测评，涉密系统按保密规定办理，都不在这里登记。请核对所选系统。";
    case "systemRetired":
      return `该系统已于${day(facts.retiredOn)}下线，不再登记测评。`;
    case "levelMissing":
      return "等保测评须填写级别，请选择。";
    case "levelDiffers":
      return Number(facts.registered) === 0
        ? "系统清单中该系统尚未定级。请先在系统清单填写等保级别，再登记测评。"
        : `测评级别为 ${facts.level ?? ""} 级，系统清单登记为 ${facts.registered ?? ""} 级。请核对报告；级别有变化的，先更正系统清单。`;
    case "filingNumberMissing":
      return "等保测评须填写公安机关备案编号，见备案证明。";
    case "testedInFuture":
      return "测评日期不能晚于今天，请填写报告上的测评日期。";
    case "validBeforeTested":
      return "有效期不能早于测评日期，请改正。";
    case "validTooLong":
      return `有效期最长 ${facts.months ?? ""} 个月，即至${day(facts.limit)}。请改正，或留空按此计算。`;
    case "reportMissing":
      return "请上传测评报告。";
    case "alreadyEntered":
      return "该系统的这份报告（同一类型、同一报告编号）已经登记，无需重复。请核对报告编号。";
    case "notInThisState":
      return `这条测评现为“${ENTRY_STATES[facts.state as EntryState] ?? ""}”，不能${SECURITY_TEST_EVENTS[facts.event as SecurityTestEvent] ?? "办理"}。请刷新页面，按最新状态办理。`;
    case "otherPerson":
      return "登记人与办理人是同一人。按照双人原则，请由另一位同志办理。";
    case "reasonGiven":
      return "请写明理由，对方将据此办理。";
    case "reportSeen":
      return "本件由表格导入，没有报告文件。请写明核对情况（报告原件或测评机构查询结果），或退回单位补传报告。";
    case "fileEmpty":
      return `文件“${facts.name ?? ""}”是空的，请检查后重新选择。`;
    case "fileTooLarge":
      return `文件“${facts.name ?? ""}”超过单个附件上限 ${facts.limit ?? ""} MB，请压缩或拆分后再上传。`;
    case "fileTypeNotAllowed":
      return `文件“${facts.name ?? ""}”的内容不是 PDF、OFD、Word、Excel、WPS 或图片，请转换格式后再上传。`;
  }
}
