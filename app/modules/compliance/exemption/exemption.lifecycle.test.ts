import { testLifecycle } from "@tests/support/lifecycle-suite";
import { EXEMPTION_STATES } from "~/kernel/vocabulary";

import { EXEMPTION_EVENT_FACTS, EXEMPTION_EVENTS, EXEMPTION_LIFECYCLE } from "./exemption.lifecycle";

testLifecycle({
  table: EXEMPTION_LIFECYCLE,
  states: EXEMPTION_STATES,
  events: EXEMPTION_EVENTS,
  facts: EXEMPTION_EVENT_FACTS,
  expected: {
    draft: { edit: "draft", submit: "signing", withdraw: "withdrawn" },
    signing: { sign: "open", decline: "draft", withdraw: "withdrawn" },
    open: { approve: "approved", refuse: "refused", withdraw: "withdrawn" },
    approved: { revoke: "revoked" },
    refused: {},
    withdrawn: {},
    revoked: {},
  },
  guards: [
    ["an incomplete request is not submitted", "draft", "submit", ["complete"]],
    ["signing needs another person", "signing", "sign", ["otherPersonThanBefore"]],
    ["declining needs a reason", "signing", "decline", ["reasonGiven"]],
    [
      "approving needs another person, an opinion, and days that are left",
      "open",
      "approve",
      ["otherPersonThanBefore", "opinionGiven", "notOver"],
    ],
    ["refusing needs another person and a reason", "open", "refuse", ["otherPersonThanBefore", "reasonGiven"]],
    ["revoking needs a reason, and days that are left", "approved", "revoke", ["reasonGiven", "notOver"]],
  ],
  diagram: {
    title: "共享闸口豁免状态",
    source: "app/modules/compliance/exemption/exemption.lifecycle.ts",
    file: "exemption-lifecycle.md",
  },
});
