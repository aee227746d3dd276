import type { SlipColour, SupervisionState } from "~/kernel/vocabulary";

import { SUPERVISION_EVENT_FACTS, SUPERVISION_EVENTS } from "./supervision.lifecycle";

type Tone = "neutral" | "info" | "good" | "warn" | "bad";

const STATE_TONES: Readonly<Record<SupervisionState, Tone>> = {
  registered: "neutral",
  assigned: "info",
  accepted: "info",
  urged: "warn",
  replied: "warn",
  verified: "good",
  closed: "neutral",
};

const SLIP_TONES: Readonly<Record<SlipColour, Tone>> = { none: "neutral", blue: "info", orange: "warn", red: "bad" };

export const supervisionTone = (state: SupervisionState): Tone => STATE_TONES[state];
export const slipTone = (slip: SlipColour): Tone => SLIP_TONES[slip];

/** What happened to an item, for its timeline. */
export function supervisionEventWords(type: string): string {
  if (type === "supervisionRegistered") return "立项交办";
  const event = (Object.keys(SUPERVISION_EVENTS) as (keyof typeof SUPERVISION_EVENTS)[]).find(
    (each) => SUPERVISION_EVENT_FACTS[each] === type,
  );
  return event ? SUPERVISION_EVENTS[event] : type;
}
