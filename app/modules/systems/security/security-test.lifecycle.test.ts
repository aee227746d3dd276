import { testLifecycle } from "@tests/support/lifecycle-suite";
import { ENTRY_STATES } from "~/kernel/vocabulary";

import { SECURITY_TEST_EVENT_FACTS, SECURITY_TEST_EVENTS, SECURITY_TEST_LIFECYCLE } from "./security-test.lifecycle";

testLifecycle({
  table: SECURITY_TEST_LIFECYCLE,
  states: ENTRY_STATES,
  events: SECURITY_TEST_EVENTS,
  facts: SECURITY_TEST_EVENT_FACTS,
  expected: {
    entered: { correct: "entered", confirm: "confirmed", return: "returned", withdraw: "void" },
    returned: { correct: "entered", withdraw: "void" },
    confirmed: { annul: "void" },
    void: {},
  },
  guards: [
    ["confirming needs another person who has seen the report", "entered", "confirm", ["otherPerson", "reportSeen"]],
    ["returning needs another person and a reason", "entered", "return", ["otherPerson", "reasonGiven"]],
    ["taking an entry back needs a reason", "entered", "withdraw", ["reasonGiven"]],
    ["taking a returned one back needs a reason", "returned", "withdraw", ["reasonGiven"]],
    ["making void needs another person and a reason", "confirmed", "annul", ["otherPerson", "reasonGiven"]],
  ],
  diagram: {
    title: "安全测评登记状态",
    source: "app/modules/systems/security/security-test.lifecycle.ts",
    file: "security-test-lifecycle.md",
  },
});
