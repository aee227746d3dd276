import { testLifecycle } from "@tests/support/lifecycle-suite";
import { COORDINATION_STATES } from "~/kernel/vocabulary";

import { COORDINATION_EVENT_FACTS, COORDINATION_EVENTS, COORDINATION_LIFECYCLE } from "./coordination.lifecycle";

testLifecycle({
  table: COORDINATION_LIFECYCLE,
  states: COORDINATION_STATES,
  events: COORDINATION_EVENTS,
  facts: COORDINATION_EVENT_FACTS,
  expected: {
    raised: {
      revise: "raised",
      withdraw: "withdrawn",
      advise: "raised",
      answer: "answered",
      itemise: "itemised",
      settle: "settled",
    },
    answered: {
      revise: "answered",
      clear: "settled",
      answer: "answered",
      itemise: "itemised",
      settle: "settled",
    },
    itemised: { revise: "itemised", clear: "settled", finish: "settled", settle: "settled" },
    settled: {},
    withdrawn: {},
  },
  guards: [
    ["advice needs words", "raised", "advise", ["adviceGiven"]],
    ["an answer needs words", "raised", "answer", ["answerGiven"]],
    ["and anew as well", "answered", "answer", ["answerGiven"]],
    ["an item needs the answer it comes from", "raised", "itemise", ["answerGiven"]],
    ["also after an answer", "answered", "itemise", ["answerGiven"]],
    ["settling says how", "raised", "settle", ["reasonGiven"]],
    ["after an answer as well", "answered", "settle", ["reasonGiven"]],
    ["and over an open item", "itemised", "settle", ["reasonGiven"]],
  ],
  diagram: {
    title: "需协调事项状态",
    source: "app/modules/progress/coordination/coordination.lifecycle.ts",
    file: "coordination-lifecycle.md",
  },
});
