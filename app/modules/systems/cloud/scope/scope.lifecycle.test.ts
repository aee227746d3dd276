import { testLifecycle } from "@tests/support/lifecycle-suite";
import { SCOPE_DECISION_STATES } from "~/kernel/vocabulary";

import { SCOPE_EVENT_FACTS, SCOPE_EVENTS, SCOPE_LIFECYCLE } from "./scope.lifecycle";

testLifecycle({
  table: SCOPE_LIFECYCLE,
  states: SCOPE_DECISION_STATES,
  events: SCOPE_EVENTS,
  facts: SCOPE_EVENT_FACTS,
  expected: {
    proposed: { confirm: "confirmed", decline: "declined", withdraw: "withdrawn" },
    confirmed: {},
    declined: {},
    withdrawn: {},
  },
  guards: [
    [
      "confirming needs another person and the facts that were judged",
      "proposed",
      "confirm",
      ["otherPersonThanBefore", "factsUnchanged"],
    ],
    ["declining needs another person and a reason", "proposed", "decline", ["otherPersonThanBefore", "reasonGiven"]],
    ["what the rule opened is not withdrawn by hand", "proposed", "withdraw", ["proposedByHand"]],
  ],
  diagram: {
    title: "上云范围认定状态",
    source: "app/modules/systems/cloud/scope/scope.lifecycle.ts",
    file: "scope-lifecycle.md",
  },
});
