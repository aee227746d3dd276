import { keysOf, type MatterState } from "~/kernel/vocabulary";
import type { Tone } from "~/ui";

import { MATTER_EVENT_FACTS, MATTER_EVENTS } from "./matter.lifecycle";
import type { Replaceability } from "./replaceability.rules";

/** What happened, for timelines, by the event that recorded it. */
export const MATTER_EVENT_WORDS: Readonly<Record<string, string>> = {
  matterAdded: "登记事项",
  matterEdited: "修改事项",
  ...Object.fromEntries(keysOf(MATTER_EVENTS).map((event) => [MATTER_EVENT_FACTS[event], MATTER_EVENTS[event]])),
  matterSystemLinked: "关联系统",
  matterSystemUnlinked: "解除系统关联",
  matterMaterialAdded: "添加材料",
  matterMaterialRemoved: "移除材料",
  materialAdded: "登记材料",
  materialEdited: "修改材料",
  materialProofLinked: "登记数据证明",
  materialProofUnlinked: "移除数据证明",
};

export const MATTER_TONES: Readonly<Record<MatterState, Tone>> = {
  inForce: "good",
  suspended: "warn",
  abolished: "neutral",
};

export const REPLACEABILITY_TONES: Readonly<Record<Replaceability, Tone>> = {
  replaceable: "good",
  conditional: "info",
  unconnected: "warn",
  notShared: "bad",
  none: "neutral",
};

/** 口径 of each standing of a material. */
export const REPLACEABILITY_DEFINITIONS: Readonly<Record<Replaceability, string>> = {
  replaceable:
    "至少有一项证明来自已发布、无条件共享、已挂接并通过测试共享的数据资源，窗口可直接核验，不必再收这份材料。",
  conditional: "最好的一项证明来自已挂接的有条件共享资源，办理单位申请并获同意后即可替代。",
  unconnected: "最好的一项证明来自已发布、可共享的数据资源，但尚未挂接到共享交换平台，或测试共享未通过。",
  notShared: "登记的证明全部来自不予共享的数据资源。",
  none: "没有登记证明，或证明所用的数据资源已暂停、撤销。",
};

/** What an event says beside its word: the system, the material, the resource. */
export function detailOfEvent(payload: Readonly<Record<string, unknown>>): string | undefined {
  const said = (key: string): string => (typeof payload[key] === "string" ? payload[key] : "");
  const item = said("itemName");
  const named = said("systemName") || said("materialName") || said("resourceName");
  if (named) return item ? `${named}：${item}` : named;
  const changed = payload.changed;
  return Array.isArray(changed) ? changed.filter((word) => typeof word === "string").join("、") : undefined;
}

/** 口径 of what data relieve people of. */
export const RELIEF_DEFINITIONS = {
  relieved: "在办事项中，至少有一份必需材料可由数据替代的事项数。",
  yearly: "在办事项的可替代必需材料份数乘以该事项年办件量，各事项相加；未填年办件量的事项不计入。",
} as const;
