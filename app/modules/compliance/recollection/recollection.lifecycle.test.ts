import { testLifecycle } from "@tests/support/lifecycle-suite";
import { RECOLLECTION_STATES } from "~/kernel/vocabulary";

import { RECOLLECTION_EVENT_FACTS, RECOLLECTION_EVENTS, RECOLLECTION_LIFECYCLE } from "./recollection.lifecycle";

testLifecycle({
  table: RECOLLECTION_LIFECYCLE,
  states: RECOLLECTION_STATES,
  events: RECOLLECTION_EVENTS,
  facts: RECOLLECTION_EVENT_FACTS,
  expected: {
    reported: { confirm: "standing", dismiss: "dismissed" },
    standing: { remedy: "remedied" },
    remedied: { settle: "settled", sendBack: "standing" },
    settled: {},
    dismissed: {},
  },
  guards: [
    ["confirming needs another person", "reported", "confirm", ["otherPersonThanBefore"]],
    ["dismissing needs another person and a reason", "reported", "dismiss", ["otherPersonThanBefore", "reasonGiven"]],
    ["a remedy is told", "standing", "remedy", ["remedyGiven"]],
    ["settling needs another person", "remedied", "settle", ["otherPersonThanBefore"]],
    ["sending back needs a reason", "remedied", "sendBack", ["reasonGiven"]],
  ],
  diagram: {
    title: "重复采集处理状态",
    source: "app/modules/compliance/recollection/recollection.lifecycle.ts",
    file: "recollection-lifecycle.md",
  },
});
