import { describe, expect, it } from "vitest";

import { findTransition, toMermaid } from "~/kernel/lifecycle";
import { DELIVERY_STATES, keysOf, type DeliveryState } from "~/kernel/vocabulary";

import { DELIVERY_EVENTS, DELIVERY_LIFECYCLE, type DeliveryEvent } from "./delivery.lifecycle";

const STATES = keysOf(DELIVERY_STATES);
const EVENTS = keysOf(DELIVERY_EVENTS);

/** Written by hand, not from the table: state → event → next state. Whatever is not here must be refused. */
const EXPECTED: Readonly<Record<DeliveryState, Readonly<Partial<Record<DeliveryEvent, DeliveryState>>>>> = {
  waiting: { deliver: "delivered", fail: "retrying", giveUp: "dead" },
  retrying: { deliver: "delivered", fail: "retrying", giveUp: "dead" },
  delivered: {},
  dead: { resend: "waiting" },
};

describe("every state × every event", () => {
  it.each(STATES.flatMap((state) => EVENTS.map((event) => ({ state, event }))))(
    "$state × $event",
    ({ state, event }) => {
      expect(findTransition(DELIVERY_LIFECYCLE, state, event)?.to).toBe(EXPECTED[state][event]);
    },
  );
});

describe("the table", () => {
  it("is the diagram that is committed", async () => {
    const diagram = toMermaid(DELIVERY_LIFECYCLE, { ...DELIVERY_STATES, ...DELIVERY_EVENTS });
    const page = `# 目录交付状态\n\n由 \`app/modules/delivery/delivery.lifecycle.ts\` 生成，改表后运行 \`npx vitest -u\` 更新。\n\n\`\`\`mermaid\n${diagram}\`\`\`\n`;
    await expect(page).toMatchFileSnapshot("../../../docs/delivery-lifecycle.md");
  });
});
