import { testLifecycle } from "@tests/support/lifecycle-suite";
import { LEDGER_PLAN_STATES } from "~/kernel/vocabulary";

import { PLAN_EVENT_FACTS, PLAN_EVENTS, PLAN_LIFECYCLE } from "./plan.lifecycle";

testLifecycle({
  table: PLAN_LIFECYCLE,
  states: LEDGER_PLAN_STATES,
  events: PLAN_EVENTS,
  facts: PLAN_EVENT_FACTS,
  expected: { confirming: { putInForce: "active" }, active: { end: "ended" }, ended: {} },
  guards: [
    ["putting in force needs every task confirmed", "confirming", "putInForce", ["allConfirmed"]],
    ["ending needs a reason", "active", "end", ["reasonGiven"]],
  ],
  diagram: {
    title: "任务台账方案状态",
    source: "app/modules/ledger/plan/plan.lifecycle.ts",
    file: "ledger-plan-lifecycle.md",
  },
});
