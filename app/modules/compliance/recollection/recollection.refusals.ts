import type { Refusal } from "~/kernel/result";
import { RECOLLECTION_STATES, type RecollectionState } from "~/kernel/vocabulary";

import { RECOLLECTION_EVENTS, type RecollectionEvent, type RecollectionStepRefusal } from "./recollection.lifecycle";

export type RecollectionRefusal = RecollectionStepRefusal | "resourceNotShared" | "ownResource" | "systemNotOfUnit";

/** Why a step of a recollection was not taken, and what to do. */
export function sayRecollectionRefusal({ code, facts }: Refusal<RecollectionRefusal>): string {
  switch (code) {
    case "notInThisState":
      return `本件现处于“${RECOLLECTION_STATES[facts?.state as RecollectionState] ?? ""}”状态，不能办理“${RECOLLECTION_EVENTS[facts?.event as RecollectionEvent] ?? "这项操作"}”。请刷新页面，按最新状态办理。`;
    case "otherPersonThanBefore":
      return "办理人与上一步办理人是同一人。按照双人原则，请由另一位同志办理。";
    case "reasonGiven":
      return "请写明理由，对方将据此办理。";
    case "remedyGiven":
      return "请写明整改情况：停止了哪些采集、改为从哪里取得数据。";
    case "resourceNotShared":
      return "所选资源没有发布或不予共享，不能据此认定重复采集，请另选。";
    case "ownResource":
      return "所选资源就是该单位自己提供的，不属于重复采集，请另选其他单位的资源。";
    case "systemNotOfUnit":
      return "所选系统不是该单位的系统，请另选或不选。";
  }
}
