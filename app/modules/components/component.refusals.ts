import { formatOfficialDate, isLocalDate } from "~/kernel/local-date";
import type { Refusal } from "~/kernel/result";

import type { ComponentProblemCode } from "./component.rules";

export type ComponentRefusal = ComponentProblemCode | "providerUnknown";

const day = (text: string | number | undefined): string =>
  typeof text === "string" && isLocalDate(text) ? formatOfficialDate(text) : "";

/** Why the register was not changed, and what to do. */
export function sayComponentRefusal({ code, facts = {} }: Refusal<ComponentRefusal>): string {
  switch (code) {
    case "nameTaken":
      return "已有同名的统一组件在用，请打开原组件修改，或换一个名称。";
    case "providerUnknown":
      return "没有这个提供单位，请重新选择。";
    case "alreadyRetired":
      return `该组件已于${day(facts.retiredOn)}停用，无需重复办理。`;
    case "retiredBeforeToday":
      return "停用日期不能早于今天：此前的申报已按可用组件填写。";
    case "retiredBeforeAvailable":
      return `停用日期不能早于开放日期${day(facts.availableFrom)}，请改正。`;
  }
}
