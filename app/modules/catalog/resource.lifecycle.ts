import type { StepRefusal, Transition } from "~/kernel/lifecycle";
import type { ResourceState, RevisionState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to a catalog entry; each event's words for timelines and buttons. */
export const RESOURCE_EVENTS = {
  register: "单位登记",
  sendBack: "退回填报人",
  abandon: "作废草稿",
  publish: "发布",
  decline: "退回单位",
  suspend: "暂停",
  resume: "恢复",
  withdraw: "撤销",
} as const;
export type ResourceEvent = keyof typeof RESOURCE_EVENTS;

/** The domain event that each of them is recorded as. */
export const RESOURCE_EVENT_FACTS = {
  register: "resourceRegistered",
  sendBack: "resourceSentBack",
  abandon: "resourceAbandoned",
  publish: "resourcePublished",
  decline: "resourceDeclined",
  suspend: "resourceSuspended",
  resume: "resourceResumed",
  withdraw: "resourceWithdrawn",
} as const satisfies Record<ResourceEvent, string>;

/** Names of the conditions that the verbs resolve before asking the lifecycle. */
export type ResourceGuard = "reasonGiven" | "otherPerson" | "outsideFiling";

export type ResourceEffect = "giveCode" | "keepEdition" | "startClock" | "stopClock";

export type ResourceTransition = Transition<ResourceState, ResourceEvent, Action, ResourceGuard, ResourceEffect>;
export type ResourceStepRefusal = StepRefusal<ResourceTransition>;

/**
 * The life of an entry: two approvals by two persons, then published until it is suspended or withdrawn. What a filing
 * brings is registered by the filing's signature. What was withdrawn stays to be read and never comes back.
 * @source domain.md §4
 */
export const RESOURCE_LIFECYCLE = [
  { from: "draft", on: "register", to: "registered", action: "catalog:sign", guards: ["outsideFiling", "otherPerson"] },
  { from: "draft", on: "sendBack", to: "draft", action: "catalog:sign", guards: ["outsideFiling", "reasonGiven"] },
  {
    from: "draft",
    on: "abandon",
    to: "withdrawn",
    action: "catalog:register",
    guards: ["outsideFiling", "reasonGiven"],
  },
  {
    from: "registered",
    on: "publish",
    to: "published",
    action: "catalog:publish",
    guards: ["otherPerson"],
    effects: ["giveCode", "keepEdition", "startClock"],
  },
  { from: "registered", on: "decline", to: "draft", action: "catalog:publish", guards: ["reasonGiven"] },
  {
    from: "published",
    on: "suspend",
    to: "suspended",
    action: "catalog:publish",
    guards: ["reasonGiven"],
    effects: ["stopClock"],
  },
  {
    from: "published",
    on: "withdraw",
    to: "withdrawn",
    action: "catalog:publish",
    guards: ["reasonGiven"],
    effects: ["stopClock"],
  },
  {
    from: "suspended",
    on: "resume",
    to: "published",
    action: "catalog:publish",
    guards: ["reasonGiven"],
    effects: ["startClock"],
  },
  { from: "suspended", on: "withdraw", to: "withdrawn", action: "catalog:publish", guards: ["reasonGiven"] },
] as const satisfies readonly ResourceTransition[];

/** What can happen to a change of a published entry on its way to the next edition. */
export const REVISION_EVENTS = {
  register: "单位登记修订",
  sendBack: "退回修订",
  publish: "发布修订",
  decline: "不同意修订",
  drop: "放弃修订",
} as const;
export type RevisionEvent = keyof typeof REVISION_EVENTS;

/** The domain event that each of them is recorded as, on the resource. */
export const REVISION_EVENT_FACTS = {
  register: "revisionRegistered",
  sendBack: "revisionSentBack",
  publish: "revisionPublished",
  decline: "revisionDeclined",
  drop: "revisionDropped",
} as const satisfies Record<RevisionEvent, string>;

export type RevisionTransition = Transition<RevisionState, RevisionEvent, Action, "reasonGiven" | "otherPerson">;
export type RevisionStepRefusal = StepRefusal<RevisionTransition>;

/**
 * The way of a change: drafted, registered by the unit, published by the bureau as the next edition, while the published
 * edition stays in force. What was declined or dropped stays in the history; a further change begins anew.
 * @source domain.md §4
 */
export const REVISION_LIFECYCLE = [
  { from: "draft", on: "register", to: "registered", action: "catalog:sign", guards: ["otherPerson"] },
  { from: "draft", on: "sendBack", to: "declined", action: "catalog:sign", guards: ["reasonGiven"] },
  { from: "draft", on: "drop", to: "dropped", action: "catalog:register" },
  { from: "registered", on: "publish", to: "published", action: "catalog:publish", guards: ["otherPerson"] },
  { from: "registered", on: "decline", to: "declined", action: "catalog:publish", guards: ["reasonGiven"] },
] as const satisfies readonly RevisionTransition[];
