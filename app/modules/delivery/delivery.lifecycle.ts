import type { StepRefusal, Transition } from "~/kernel/lifecycle";
import type { DeliveryState } from "~/kernel/vocabulary";
import type { Action } from "~/policy";

/** What can happen to a delivery; each event's words for timelines and the diagram. */
export const DELIVERY_EVENTS = {
  deliver: "送达",
  fail: "发送失败",
  giveUp: "停止重试",
  resend: "重新发送",
} as const;
export type DeliveryEvent = keyof typeof DELIVERY_EVENTS;

/** The domain event that each of them is recorded as; a failed attempt is a row of its own instead. */
export const DELIVERY_EVENT_FACTS = {
  deliver: "deliveryDelivered",
  giveUp: "deliveryGivenUp",
  resend: "deliveryResent",
} as const satisfies Partial<Record<DeliveryEvent, string>>;

export type DeliveryTransition = Transition<DeliveryState, DeliveryEvent, Action, never>;
export type DeliveryStepRefusal = StepRefusal<DeliveryTransition>;

/**
 * The way of a delivery to the catalog platform. The sender tries until it is delivered or the tries are used up; then a
 * person looks at it and sends it again, under the same key.
 * @source domain.md §2
 */
export const DELIVERY_LIFECYCLE = [
  { from: "waiting", on: "deliver", to: "delivered", action: "delivery:resend" },
  { from: "waiting", on: "fail", to: "retrying", action: "delivery:resend" },
  { from: "waiting", on: "giveUp", to: "dead", action: "delivery:resend" },
  { from: "retrying", on: "deliver", to: "delivered", action: "delivery:resend" },
  { from: "retrying", on: "fail", to: "retrying", action: "delivery:resend" },
  { from: "retrying", on: "giveUp", to: "dead", action: "delivery:resend" },
  { from: "dead", on: "resend", to: "waiting", action: "delivery:resend" },
] as const satisfies readonly DeliveryTransition[];
