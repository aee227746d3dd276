import { ISSUED_COLOURS, keysOf, type SlipColour, type SupervisionState } from "~/kernel/vocabulary";

import type { SlipContent } from "./slips/slip.words";
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

/** What happened to an item, for its timeline: an issued slip with its colour and number, an extension with both days. */
export function supervisionEventWords(type: string, payload: Readonly<Record<string, unknown>> = {}): string {
  if (type === "supervisionRegistered") return "立项交办";
  if (type === "supervisionSlipIssued") {
    const { colour, slipNumber } = payload as Partial<Pick<SlipContent, "colour" | "slipNumber">>;
    return `发出${colour ? ISSUED_COLOURS[colour] : "督办"}单${slipNumber ? `（${slipNumber}）` : ""}`;
  }
  const event = keysOf(SUPERVISION_EVENTS).find((each) => SUPERVISION_EVENT_FACTS[each] === type);
  const { from, to } = payload;
  if (event === "extend" && typeof from === "string" && typeof to === "string") {
    return `${SUPERVISION_EVENTS.extend}：${from} 改为 ${to}`;
  }
  return event ? SUPERVISION_EVENTS[event] : type;
}
