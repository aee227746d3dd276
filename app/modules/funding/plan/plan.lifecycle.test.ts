import { describe, expect, it } from "vitest";

import { decideStep, toMermaid } from "~/kernel/lifecycle";
import { keysOf, PLAN_ADJUSTMENT_STATES, type PlanAdjustmentState } from "~/kernel/vocabulary";

import {
  ADJUSTMENT_EVENT_FACTS,
  ADJUSTMENT_EVENTS,
  ADJUSTMENT_LIFECYCLE,
  type AdjustmentEvent,
} from "./plan.lifecycle";
import { adjustmentAction } from "./plan.rules";

const STATES = keysOf(PLAN_ADJUSTMENT_STATES);
const EVENTS = keysOf(ADJUSTMENT_EVENTS);
const ALL_GUARDS = ["otherPersonThanBefore", "reasonGiven", "ownProposal"] as const;

/** Written by hand, not from the table: state → event → next state. Whatever is not here must be refused. */
const EXPECTED: Readonly<Record<PlanAdjustmentState, Readonly<Partial<Record<AdjustmentEvent, PlanAdjustmentState>>>>> =
  {
    proposed: { confirm: "confirmed", decline: "declined", withdraw: "withdrawn" },
    confirmed: {},
    declined: {},
    withdrawn: {},
  };

describe("every state × every event", () => {
  it.each(STATES.flatMap((state) => EVENTS.map((event) => ({ state, event }))))(
    "$state × $event",
    ({ state, event }) => {
      // A table with one state to leave: the others are asked as the type does not know them.
      const decision = decideStep(ADJUSTMENT_LIFECYCLE, state as "proposed", event, ALL_GUARDS);
      const to = EXPECTED[state][event];
      if (to) expect(decision).toMatchObject({ ok: true, value: { to } });
      else expect(decision).toEqual({ ok: false, refusals: [{ code: "notInThisState", facts: { state, event } }] });
    },
  );
});

describe("guards", () => {
  it.each([
    ["confirming needs another person", "confirm", ["otherPersonThanBefore"]],
    ["declining needs another person and a reason", "decline", ["otherPersonThanBefore", "reasonGiven"]],
    ["only one's own proposal is withdrawn", "withdraw", ["ownProposal"]],
  ] as const)("%s", (_name, event, codes) => {
    expect(decideStep(ADJUSTMENT_LIFECYCLE, "proposed", event, [])).toEqual({
      ok: false,
      refusals: codes.map((code) => ({ code })),
    });
  });
});

describe("the table", () => {
  it("asks one permission per event and records each under its own name", () => {
    for (const { on, action } of ADJUSTMENT_LIFECYCLE) expect([on, adjustmentAction(on)]).toEqual([on, action]);
    expect(new Set(Object.values(ADJUSTMENT_EVENT_FACTS)).size).toBe(EVENTS.length);
  });
  it("is the diagram that is committed", async () => {
    const diagram = toMermaid(ADJUSTMENT_LIFECYCLE, { ...PLAN_ADJUSTMENT_STATES, ...ADJUSTMENT_EVENTS });
    const page = `# 年度资金计划调整状态\n\n由 \`app/modules/funding/plan/plan.lifecycle.ts\` 生成，改表后运行 \`npx vitest -u\` 更新。\n\n\`\`\`mermaid\n${diagram}\`\`\`\n`;
    await expect(page).toMatchFileSnapshot("../../../../docs/plan-adjustment-lifecycle.md");
  });
});
