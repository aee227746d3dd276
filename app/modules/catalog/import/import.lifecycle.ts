import type { Transition } from "~/kernel/lifecycle";
import type { ImportState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to an uploaded sheet; each event's words for timelines and the diagram. */
export const IMPORT_EVENTS = {
  read: "开始读取",
  askMapping: "列对应待确认",
  preview: "检查完成",
  fail: "未能读取",
  map: "确认列对应",
  confirm: "确认导入",
  finish: "导入完成",
  putBack: "情况有变，待重新确认",
  discard: "放弃",
} as const;
export type ImportEvent = keyof typeof IMPORT_EVENTS;

type ImportTransition = Transition<ImportState, ImportEvent, Action>;

/**
 * The life of an uploaded sheet. A person uploads, maps, confirms and discards; reading and importing happen off the
 * request and may be begun again by another process, so `read` leads from reading to reading as well.
 * @source domain.md §4
 */
export const IMPORT_LIFECYCLE = [
  { from: "uploaded", on: "read", to: "reading", action: "catalog:register" },
  { from: "uploaded", on: "fail", to: "failed", action: "catalog:register" },
  { from: "reading", on: "read", to: "reading", action: "catalog:register" },
  { from: "reading", on: "askMapping", to: "mapping", action: "catalog:register" },
  { from: "reading", on: "preview", to: "previewed", action: "catalog:register" },
  { from: "reading", on: "fail", to: "failed", action: "catalog:register" },
  { from: "mapping", on: "map", to: "reading", action: "catalog:register" },
  { from: "mapping", on: "discard", to: "discarded", action: "catalog:register" },
  { from: "previewed", on: "map", to: "reading", action: "catalog:register" },
  { from: "previewed", on: "confirm", to: "importing", action: "catalog:register" },
  { from: "previewed", on: "discard", to: "discarded", action: "catalog:register" },
  { from: "importing", on: "finish", to: "imported", action: "catalog:register" },
  { from: "importing", on: "putBack", to: "previewed", action: "catalog:register" },
  { from: "failed", on: "discard", to: "discarded", action: "catalog:register" },
] as const satisfies readonly ImportTransition[];

/** States in which a process works on the sheet: nobody is asked anything, and the page looks again by itself. */
export const isAtWork = (state: ImportState): boolean =>
  state === "uploaded" || state === "reading" || state === "importing";
