import { testLifecycle } from "@tests/support/lifecycle-suite";
import { PLAN_ADJUSTMENT_STATES } from "~/kernel/vocabulary";

import { ADJUSTMENT_EVENT_FACTS, ADJUSTMENT_EVENTS, ADJUSTMENT_LIFECYCLE } from "./plan.lifecycle";

testLifecycle({
  table: ADJUSTMENT_LIFECYCLE,
  states: PLAN_ADJUSTMENT_STATES,
  events: ADJUSTMENT_EVENTS,
  facts: ADJUSTMENT_EVENT_FACTS,
  expected: {
    proposed: { confirm: "confirmed", decline: "declined", withdraw: "withdrawn" },
    confirmed: {},
    declined: {},
    withdrawn: {},
  },
  guards: [
    ["confirming needs another person", "proposed", "confirm", ["otherPersonThanBefore"]],
    ["declining needs another person and a reason", "proposed", "decline", ["otherPersonThanBefore", "reasonGiven"]],
    ["only one's own proposal is withdrawn", "proposed", "withdraw", ["ownProposal"]],
  ],
  diagram: {
    title: "年度资金计划调整状态",
    source: "app/modules/funding/plan/plan.lifecycle.ts",
    file: "plan-adjustment-lifecycle.md",
  },
});
