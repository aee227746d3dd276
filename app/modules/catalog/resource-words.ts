import {
  keysOf,
  type CorrectionState,
  type DemandState,
  type ResourceState,
  type RevisionState,
} from "~/kernel/vocabulary";

import type { Freshness } from "./freshness.rules";
import { CORRECTION_EVENT_FACTS, CORRECTION_EVENTS } from "./correction/correction.lifecycle";
import { RESOURCE_EVENT_FACTS, RESOURCE_EVENTS, REVISION_EVENT_FACTS, REVISION_EVENTS } from "./resource.lifecycle";

type Tone = "neutral" | "info" | "good" | "warn" | "bad";

const RESOURCE_TONES: Readonly<Record<ResourceState, Tone>> = {
  draft: "neutral",
  registered: "info",
  published: "good",
  suspended: "warn",
  withdrawn: "neutral",
};

const DEMAND_TONES: Readonly<Record<DemandState, Tone>> = {
  applied: "neutral",
  unitReviewed: "info",
  returned: "warn",
  withdrawn: "neutral",
  checked: "info",
  agreed: "info",
  refused: "bad",
  delivered: "good",
  ended: "good",
};

const REVISION_TONES: Readonly<Record<RevisionState, Tone>> = {
  draft: "neutral",
  registered: "info",
  published: "good",
  declined: "bad",
  dropped: "neutral",
};

const CORRECTION_TONES: Readonly<Record<CorrectionState, Tone>> = {
  reported: "warn",
  confirmed: "warn",
  rejected: "neutral",
  fixed: "info",
  closed: "good",
};

/** Freshness as a light: overdue is red, due soon yellow. */
const LIGHTS = { fresh: "green", dueSoon: "yellow", overdue: "red" } as const satisfies Record<Freshness, string>;

export const freshnessLight = (freshness: Freshness): (typeof LIGHTS)[Freshness] => LIGHTS[freshness];
export const revisionTone = (state: RevisionState): Tone => REVISION_TONES[state];
export const correctionTone = (state: CorrectionState): Tone => CORRECTION_TONES[state];
export const resourceTone = (state: ResourceState): Tone => RESOURCE_TONES[state];
export const demandTone = (state: DemandState): Tone => DEMAND_TONES[state];

/** What happened to a resource or to an error report on it, for timelines. */
export const CATALOG_EVENT_WORDS: ReadonlyMap<string, string> = new Map([
  ...keysOf(RESOURCE_EVENTS).map((event) => [RESOURCE_EVENT_FACTS[event], RESOURCE_EVENTS[event]] as const),
  ...keysOf(REVISION_EVENTS).map((event) => [REVISION_EVENT_FACTS[event], REVISION_EVENTS[event]] as const),
  ...keysOf(CORRECTION_EVENTS).map((event) => [CORRECTION_EVENT_FACTS[event], CORRECTION_EVENTS[event]] as const),
  ["resourceDrafted", "填报数据资源"],
  ["resourceEdited", "修改数据资源"],
  ["resourceStepRequested", "向数据局提出申请"],
  ["resourceRequestDeclined", "不同意单位的申请"],
  ["resourceUpdated", "登记数据更新"],
  ["revisionDrafted", "提交修订"],
  ["resourceConnected", "挂接资源"],
  ["resourceConnectionTested", "测试挂接"],
  ["resourceDisconnected", "解除挂接"],
  ["correctionReported", "反映数据有误"],
]);
