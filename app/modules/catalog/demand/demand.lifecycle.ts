import type { Transition } from "~/kernel/lifecycle";
import type { DemandState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to a demand; each event's words for timelines and buttons. */
export const DEMAND_EVENTS = {
  sign: "单位审核通过",
  decline: "单位退回修改",
  passCheck: "合规审查通过",
  returnDemand: "合规审查退回",
  reapply: "重新提交",
  agree: "同意提供",
  refuse: "不同意提供",
  overrule: "责令重新答复",
  uphold: "认可不同意的理由",
  deliver: "提供数据",
  rate: "评价并办结",
  withdraw: "撤回需求",
} as const;
export type DemandEvent = keyof typeof DEMAND_EVENTS;

/** The domain event that each of them is recorded as. */
export const DEMAND_EVENT_FACTS = {
  sign: "demandSigned",
  decline: "demandDeclined",
  passCheck: "demandChecked",
  returnDemand: "demandReturned",
  reapply: "demandReapplied",
  agree: "demandAgreed",
  refuse: "demandRefused",
  overrule: "demandRefusalOverruled",
  uphold: "demandRefusalUpheld",
  deliver: "demandDelivered",
  rate: "demandRated",
  withdraw: "demandWithdrawn",
} as const satisfies Record<DemandEvent, string>;

/** Names of the conditions that the verbs resolve before asking the lifecycle. */
export type DemandGuard =
  | "appliedForItself"
  | "otherPersonThanDrafter"
  | "providerNamed"
  | "reasonGiven"
  | "refusedWithoutBasis"
  | "ratingGiven";

/** The limits that a step opens: until when the next holder has it. */
export type DemandEffect = "openCheck" | "openAnswer" | "openDelivery";

export type DemandTransition = Transition<DemandState, DemandEvent, Action, DemandGuard, DemandEffect>;

/**
 * The life of a demand. What a filing brings is signed with the filing, not by itself. A refusal that cites no rule may
 * be overruled: the provider answers again under a new limit.
 * @source domain.md §4
 */
export const DEMAND_LIFECYCLE = [
  {
    from: "applied",
    on: "sign",
    to: "unitReviewed",
    action: "demand:sign",
    guards: ["appliedForItself", "otherPersonThanDrafter"],
    effects: ["openCheck"],
  },
  {
    from: "applied",
    on: "decline",
    to: "returned",
    action: "demand:sign",
    guards: ["appliedForItself", "reasonGiven"],
  },
  { from: "applied", on: "withdraw", to: "withdrawn", action: "demand:apply", guards: ["appliedForItself"] },
  {
    from: "unitReviewed",
    on: "passCheck",
    to: "checked",
    action: "demand:check",
    guards: ["providerNamed"],
    effects: ["openAnswer"],
  },
  { from: "unitReviewed", on: "returnDemand", to: "returned", action: "demand:check", guards: ["reasonGiven"] },
  { from: "unitReviewed", on: "withdraw", to: "withdrawn", action: "demand:apply" },
  { from: "returned", on: "reapply", to: "applied", action: "demand:apply" },
  { from: "returned", on: "withdraw", to: "withdrawn", action: "demand:apply" },
  { from: "checked", on: "agree", to: "agreed", action: "demand:answer", effects: ["openDelivery"] },
  { from: "checked", on: "refuse", to: "refused", action: "demand:answer", guards: ["reasonGiven"] },
  { from: "checked", on: "withdraw", to: "withdrawn", action: "demand:apply" },
  {
    from: "refused",
    on: "overrule",
    to: "checked",
    action: "demand:check",
    guards: ["reasonGiven", "refusedWithoutBasis"],
    effects: ["openAnswer"],
  },
  { from: "refused", on: "uphold", to: "ended", action: "demand:check" },
  { from: "agreed", on: "deliver", to: "delivered", action: "demand:deliver" },
  { from: "agreed", on: "withdraw", to: "withdrawn", action: "demand:apply" },
  { from: "delivered", on: "rate", to: "ended", action: "demand:apply", guards: ["ratingGiven"] },
] as const satisfies readonly DemandTransition[];
