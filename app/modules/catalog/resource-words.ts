import type { DemandState, ResourceState } from "~/kernel/vocabulary";

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

export const resourceTone = (state: ResourceState): Tone => RESOURCE_TONES[state];
export const demandTone = (state: DemandState): Tone => DEMAND_TONES[state];

/** What happened to a resource, for its timeline. */
export const resourceEventWords: Readonly<Record<string, string>> = {
  resourceDrafted: "登记草稿",
  resourcePublished: "发布",
};
