import { testLifecycle } from "@tests/support/lifecycle-suite";
import { LEDGER_TASK_STATES } from "~/kernel/vocabulary";

import { TASK_EVENT_FACTS, TASK_EVENTS, TASK_LIFECYCLE } from "./task.lifecycle";

testLifecycle({
  table: TASK_LIFECYCLE,
  states: LEDGER_TASK_STATES,
  events: TASK_EVENTS,
  facts: TASK_EVENT_FACTS,
  expected: {
    open: { update: "open", meetMoment: "open", requestClosing: "closing", supervise: "open" },
    closing: { close: "closed", returnClosing: "open" },
    closed: { reopen: "open" },
  },
  guards: [
    ["an update needs the plan in force", "open", "update", ["planInForce"]],
    ["a dated part is proven by the lead unit", "open", "meetMoment", ["planInForce", "leadUnit"]],
    [
      "asking to close is the lead unit's, with words, once all dated parts are done",
      "open",
      "requestClosing",
      ["planInForce", "leadUnit", "momentsMet", "statementGiven"],
    ],
    ["closing needs another person than who asked", "closing", "close", ["planInForce", "otherPerson"]],
    ["returning needs a reason", "closing", "returnClosing", ["planInForce", "reasonGiven"]],
    ["reopening needs a reason", "closed", "reopen", ["planInForce", "reasonGiven"]],
    [
      "supervising needs an overdue task without an open item",
      "open",
      "supervise",
      ["planInForce", "overdue", "notSupervised"],
    ],
  ],
  diagram: {
    title: "任务台账任务状态",
    source: "app/modules/ledger/task/task.lifecycle.ts",
    file: "ledger-task-lifecycle.md",
  },
});
