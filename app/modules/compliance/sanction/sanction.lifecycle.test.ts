import { testLifecycle } from "@tests/support/lifecycle-suite";
import { SANCTION_STATES } from "~/kernel/vocabulary";

import { SANCTION_EVENT_FACTS, SANCTION_EVENTS, SANCTION_LIFECYCLE } from "./sanction.lifecycle";

testLifecycle({
  table: SANCTION_LIFECYCLE,
  states: SANCTION_STATES,
  events: SANCTION_EVENTS,
  facts: SANCTION_EVENT_FACTS,
  expected: {
    proposed: { impose: "standing", decline: "declined" },
    standing: { remedy: "remedied" },
    remedied: { lift: "lifted", sendBack: "standing" },
    lifted: {},
    declined: {},
  },
  guards: [
    ["imposing needs another person", "proposed", "impose", ["otherPersonThanBefore"]],
    ["declining needs another person and a reason", "proposed", "decline", ["otherPersonThanBefore", "reasonGiven"]],
    ["a remedy is told and shown", "standing", "remedy", ["remedyGiven"]],
    ["lifting needs another person and what was seen", "remedied", "lift", ["otherPersonThanBefore", "reasonGiven"]],
    ["sending back needs a reason", "remedied", "sendBack", ["reasonGiven"]],
  ],
  diagram: {
    title: "惩戒状态",
    source: "app/modules/compliance/sanction/sanction.lifecycle.ts",
    file: "sanction-lifecycle.md",
  },
});
