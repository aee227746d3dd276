import type { ComponentDecision } from "~/kernel/vocabulary";
import type { Tone } from "~/ui";

import type { Availability } from "./component.rules";

export const COMPONENT_RATE =
  "统一组件利用率 = 决定复用的次数 ÷ 适用的次数（复用与适用但不复用之和）。只计已批复的新建项目，已终止、批复失效的不计；不适用的不计入分母。";

const DECISION_TONES: Readonly<Record<ComponentDecision, Tone>> = {
  reuse: "good",
  notReused: "bad",
  notFitting: "neutral",
};
export const decisionTone = (decision: ComponentDecision): Tone => DECISION_TONES[decision];

const AVAILABILITY_TONES: Readonly<Record<Availability, Tone>> = { offered: "good", later: "info", retired: "neutral" };
export const availabilityTone = (state: Availability): Tone => AVAILABILITY_TONES[state];
