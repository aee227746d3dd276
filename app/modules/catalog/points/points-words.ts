import { keysOf, SHARING_POINT_KINDS, type SharingPointKind } from "~/kernel/vocabulary";

import { POINT_RULES } from "./points.rules";

/** What each kind of entry counts, as the page explains it beside the value of its rule. */
const KIND_EXPLANATIONS: Readonly<Record<SharingPointKind, string>> = {
  published: "每项资源首次发布时计一次，暂停后恢复不再计。",
  updatedOnTime: "在更新期限内完成更新；同一资源一个月至多计一次。",
  demandMetInTime: "在提供期限内向需求单位提供数据，每件需求计一次。",
  used: "其他单位当月使用次数达到起点计 1 倍，每翻一番再加 1 倍（起点 100 次时：100 次 1 倍、300 次 2 倍、700 次 3 倍）；月末补记期满后结转。",
  stale: "超过更新期限仍未更新；同一资源一个月扣一次。",
  refusedWithoutBasis: "不同意提供又没有引用规定，被数据局责令重新答复，每次扣一次。",
  errorConfirmed: "数据纠错经核实确有错误，每件扣一次。",
};

const OTHER_EXPLANATIONS: Readonly<Record<string, string>> = {
  "points.usedLogBase": "一项资源当月被其他单位使用达到这个次数才开始加分。",
  "points.useClosingDays": "每月的使用在次月这一天前可以补记，之后结转计分、不再改动。",
};

/** Every rule of the account in the order in which the page explains it, with how it counts. */
export const EXPLAINED_RULES: ReadonlyMap<string, string> = new Map([
  ...keysOf(SHARING_POINT_KINDS).map((kind) => [POINT_RULES[kind], KIND_EXPLANATIONS[kind]] as const),
  ...Object.entries(OTHER_EXPLANATIONS),
]);

/** +5, −2 */
export const signed = (points: number): string => (points > 0 ? `+${points}` : `−${Math.abs(points)}`);

/** Where what earned an entry, or stands behind a rate, is shown. */
export function subjectHref(subjectType: string, subjectId: string): string {
  switch (subjectType) {
    case "demand":
      return `/catalog/demands/${subjectId}`;
    case "correction":
      return `/catalog/corrections/${subjectId}`;
    default:
      return `/catalog/${subjectId}`;
  }
}
