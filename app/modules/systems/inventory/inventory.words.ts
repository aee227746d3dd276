import type { FactChange } from "./system-facts";

/** What was done to an entry of the inventory, by the event that recorded it. */
export const SYSTEM_EVENT_WORDS: Readonly<Record<string, string>> = {
  systemRegistered: "登记信息系统",
  systemLinked: "系统关联来源项目",
  systemEdited: "修改系统信息",
  systemTransferred: "移交信息系统",
  systemStateChanged: "变更系统使用状态",
  systemRetired: "系统下线",
  inventoryConfirmed: "确认系统清单",
};

/** The changes that an event of the inventory carries; events of other kinds carry none. */
export function changesIn(payload: Readonly<Record<string, unknown>>): FactChange[] {
  if (!Array.isArray(payload.changes)) return [];
  return payload.changes.filter(
    (change): change is FactChange =>
      typeof change === "object" && change !== null && "title" in change && "before" in change && "after" in change,
  );
}

/** “主要用途”由“空”改为“审批” */
export const sayChange = ({ title, before, after }: FactChange): string =>
  `${title}：${before || "（空）"} → ${after || "（空）"}`;
