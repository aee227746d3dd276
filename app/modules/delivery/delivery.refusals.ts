import type { Refusal } from "~/kernel/result";

import type { DeliveryStepRefusal } from "./delivery.lifecycle";

/** The sentence of a refused step: what is wrong and what to do. */
export function sayDeliveryRefusal({ code }: Refusal<DeliveryStepRefusal>): string {
  switch (code) {
    case "notInThisState":
      return "只有已停止重试的交付需要人工重新发送，请刷新页面查看最新状态。";
  }
}
