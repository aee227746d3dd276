import { describe, expect, it } from "vitest";

import { toMermaid } from "~/kernel/lifecycle";
import { keysOf, SUPERVISION_STATES, type SupervisionState } from "~/kernel/vocabulary";

import {
  SUPERVISION_EVENT_FACTS,
  SUPERVISION_EVENTS,
  SUPERVISION_LIFECYCLE,
  type SupervisionEvent,
} from "./supervision.lifecycle";
import {
  decideSupervision,
  isSupervisionEventPossible,
  supervisionAction,
  supervisionNumber,
} from "./supervision.rules";

const STATES = keysOf(SUPERVISION_STATES);
const EVENTS = keysOf(SUPERVISION_EVENTS);
const ALL_GUARDS = [
  ...(["replyGiven", "reasonGiven", "proofGiven", "otherPersonThanReplier"] as const),
  ...(["notUrgedToday", "laterDay"] as const),
];

/** Written by hand, not from the table: state → event → next state. Whatever is not here must be refused. */
const EXPECTED: Readonly<Record<SupervisionState, Readonly<Partial<Record<SupervisionEvent, SupervisionState>>>>> = {
  registered: { assign: "assigned" },
  assigned: { accept: "accepted", urge: "urged", extend: "assigned", reply: "replied" },
  accepted: { urge: "urged", extend: "accepted", reply: "replied" },
  urged: { accept: "accepted", urge: "urged", extend: "urged", reply: "replied" },
  replied: { sendBack: "accepted", verify: "verified" },
  verified: { sendBack: "accepted", close: "closed" },
  closed: { reopen: "accepted" },
};

describe("every state × every event", () => {
  it.each(STATES.flatMap((state) => EVENTS.map((event) => ({ state, event }))))(
    "$state × $event",
    ({ state, event }) => {
      const decision = decideSupervision(state, event, ALL_GUARDS);
      const to = EXPECTED[state][event];
      if (to) expect(decision).toEqual({ ok: true, value: to });
      else expect(decision).toEqual({ ok: false, refusals: [{ code: "notInThisState", facts: { state, event } }] });
      expect(isSupervisionEventPossible(state, event)).toBe(to !== undefined);
    },
  );
});

describe("guards", () => {
  it.each([
    ["replying needs words", "accepted", "reply", ["replyGiven"]],
    ["urging again needs another day", "urged", "urge", ["notUrgedToday"]],
    ["extending needs a reason and a later day", "accepted", "extend", ["reasonGiven", "laterDay"]],
    ["sending back needs a reason", "replied", "sendBack", ["reasonGiven"]],
    ["verifying needs another person", "replied", "verify", ["otherPersonThanReplier"]],
    ["closing needs proof and another person", "verified", "close", ["proofGiven", "otherPersonThanReplier"]],
    ["reopening needs a reason", "closed", "reopen", ["reasonGiven"]],
  ] as const)("%s", (_name, state, event, codes) => {
    expect(decideSupervision(state, event, [])).toEqual({ ok: false, refusals: codes.map((code) => ({ code })) });
  });
});

describe("the table", () => {
  it("uses every state and event, asks one permission per event, and records each under its own name", () => {
    const used = new Set<string>(SUPERVISION_LIFECYCLE.flatMap(({ from, to }) => [from, to]));
    expect([...used].sort()).toEqual([...STATES].sort());
    expect([...new Set<string>(SUPERVISION_LIFECYCLE.map(({ on }) => on))].sort()).toEqual([...EVENTS].sort());
    for (const { on, action } of SUPERVISION_LIFECYCLE) expect([on, supervisionAction(on)]).toEqual([on, action]);
    expect(new Set(Object.values(SUPERVISION_EVENT_FACTS)).size).toBe(EVENTS.length);
  });
  it("is the diagram that is committed", async () => {
    const diagram = toMermaid(SUPERVISION_LIFECYCLE, { ...SUPERVISION_STATES, ...SUPERVISION_EVENTS });
    const page = `# 督办事项状态\n\n由 \`app/modules/supervision/supervision.lifecycle.ts\` 生成，改表后运行 \`npx vitest -u\` 更新。\n\n\`\`\`mermaid\n${diagram}\`\`\`\n`;
    await expect(page).toMatchFileSnapshot("../../../docs/supervision-lifecycle.md");
  });
});

describe("supervisionNumber", () => {
  it.each([
    ["item", 8, "督〔2026〕8号"],
    ["slip", 12, "督单〔2026〕12号"],
    ["talk", 1, "约谈〔2026〕1号"],
  ] as const)("%s has no leading zeros", (series, running, expected) =>
    expect(supervisionNumber(series, 2026, running)).toBe(expected),
  );
});
