import { testLifecycle } from "@tests/support/lifecycle-suite";
import { MATTER_STATES } from "~/kernel/vocabulary";

import { MATTER_EVENT_FACTS, MATTER_EVENTS, MATTER_LIFECYCLE } from "./matter.lifecycle";

testLifecycle({
  table: MATTER_LIFECYCLE,
  states: MATTER_STATES,
  events: MATTER_EVENTS,
  facts: MATTER_EVENT_FACTS,
  expected: {
    inForce: { suspend: "suspended", abolish: "abolished" },
    suspended: { abolish: "abolished", reinstate: "inForce" },
    abolished: { reinstate: "inForce" },
  },
  guards: [
    ["suspending needs a reason", "inForce", "suspend", ["reasonGiven"]],
    ["abolishing needs a reason", "inForce", "abolish", ["reasonGiven"]],
    ["abolishing what is suspended needs a reason", "suspended", "abolish", ["reasonGiven"]],
    ["taking up again needs a reason", "suspended", "reinstate", ["reasonGiven"]],
    ["bringing back needs a reason", "abolished", "reinstate", ["reasonGiven"]],
  ],
  diagram: {
    title: "政务服务事项状态",
    source: "app/modules/matters/matter.lifecycle.ts",
    file: "matter-lifecycle.md",
  },
});
