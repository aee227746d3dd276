import { describe, expect, it } from "vitest";

import { toMermaid } from "~/kernel/lifecycle";
import {
  ACCEPTANCE_STATES,
  EXTENSION_STATES,
  keysOf,
  type AcceptanceState,
  type ExtensionState,
} from "~/kernel/vocabulary";

import {
  ACCEPTANCE_EVENT_FACTS,
  ACCEPTANCE_EVENTS,
  ACCEPTANCE_LIFECYCLE,
  type AcceptanceEvent,
} from "./acceptance.lifecycle";
import {
  acceptanceAction,
  decideAcceptance,
  decideExtension,
  extensionAction,
  isAcceptanceEventPossible,
  isExtensionEventPossible,
} from "./acceptance.rules";
import {
  EXTENSION_EVENT_FACTS,
  EXTENSION_EVENTS,
  EXTENSION_LIFECYCLE,
  type ExtensionEvent,
} from "./extension.lifecycle";

const STATES = keysOf(ACCEPTANCE_STATES);
const EVENTS = keysOf(ACCEPTANCE_EVENTS);
const ALL = ["complete", "otherPersonThanBefore", "reasonGiven", "nothingMissing", "noPanelOpen"] as const;

/** Written by hand, not from the table: state → event → next state. Whatever is not here must be refused. */
const EXPECTED: Readonly<Record<AcceptanceState, Readonly<Partial<Record<AcceptanceEvent, AcceptanceState>>>>> = {
  draft: { submit: "signing", withdraw: "withdrawn" },
  signing: { sign: "open", decline: "draft", withdraw: "withdrawn" },
  open: { returnForSupplement: "returned", fail: "failed", pass: "passed", withdraw: "withdrawn" },
  returned: { submit: "signing", withdraw: "withdrawn" },
  passed: {},
  failed: {},
  withdrawn: {},
};

describe("an application: every state × every event", () => {
  it.each(STATES.flatMap((state) => EVENTS.map((event) => ({ state, event }))))(
    "$state × $event",
    ({ state, event }) => {
      const decision = decideAcceptance(state, event, ALL);
      const to = EXPECTED[state][event];
      if (to) expect(decision).toMatchObject({ ok: true, value: { to } });
      else expect(decision).toEqual({ ok: false, refusals: [{ code: "notInThisState", facts: { state, event } }] });
      expect(isAcceptanceEventPossible(state, event)).toBe(to !== undefined);
    },
  );

  it.each([
    ["an incomplete one is not submitted", "draft", "submit", ["complete"]],
    ["a supplemented one neither", "returned", "submit", ["complete"]],
    ["signing needs another person", "signing", "sign", ["otherPersonThanBefore"]],
    ["declining needs a reason", "signing", "decline", ["reasonGiven"]],
    [
      "returning needs a reason and another person",
      "open",
      "returnForSupplement",
      ["reasonGiven", "otherPersonThanBefore"],
    ],
    ["failing waits for the experts", "open", "fail", ["reasonGiven", "noPanelOpen", "otherPersonThanBefore"]],
    ["passing asks for everything", "open", "pass", ["nothingMissing", "noPanelOpen", "otherPersonThanBefore"]],
  ] as const)("%s", (_name, state, event, codes) => {
    expect(decideAcceptance(state, event, [])).toEqual({ ok: false, refusals: codes.map((code) => ({ code })) });
  });
});

const EXTENSION_EXPECTED: Readonly<Record<ExtensionState, Readonly<Partial<Record<ExtensionEvent, ExtensionState>>>>> =
  {
    signing: { sign: "open", decline: "refused", withdraw: "withdrawn" },
    open: { grant: "granted", refuse: "refused", withdraw: "withdrawn" },
    granted: {},
    refused: {},
    withdrawn: {},
  };

describe("a request for a later limit: every state × every event", () => {
  const cases = keysOf(EXTENSION_STATES).flatMap((state) =>
    keysOf(EXTENSION_EVENTS).map((event) => ({ state, event })),
  );
  it.each(cases)("$state × $event", ({ state, event }) => {
    const decision = decideExtension(state, event, ["otherPersonThanBefore", "reasonGiven", "withinLimit"]);
    const to = EXTENSION_EXPECTED[state][event];
    if (to) expect(decision).toMatchObject({ ok: true, value: { to } });
    else expect(decision).toEqual({ ok: false, refusals: [{ code: "notInThisState", facts: { state, event } }] });
    expect(isExtensionEventPossible(state, event)).toBe(to !== undefined);
  });

  it.each([
    ["signing needs another person", "signing", "sign", ["otherPersonThanBefore"]],
    ["declining needs a reason", "signing", "decline", ["reasonGiven"]],
    [
      "granting needs a day within the limit and another person",
      "open",
      "grant",
      ["withinLimit", "otherPersonThanBefore"],
    ],
    ["refusing needs a reason and another person", "open", "refuse", ["reasonGiven", "otherPersonThanBefore"]],
  ] as const)("%s", (_name, state, event, codes) => {
    expect(decideExtension(state, event, [])).toEqual({ ok: false, refusals: codes.map((code) => ({ code })) });
  });
});

describe("the tables", () => {
  it("use every state and event, ask one permission per event, and record each under its own name", () => {
    const used = new Set<string>(ACCEPTANCE_LIFECYCLE.flatMap(({ from, to }) => [from, to]));
    expect([...used].sort()).toEqual([...STATES].sort());
    expect([...new Set<string>(ACCEPTANCE_LIFECYCLE.map(({ on }) => on))].sort()).toEqual([...EVENTS].sort());
    for (const { on, action } of ACCEPTANCE_LIFECYCLE) expect([on, acceptanceAction(on)]).toEqual([on, action]);
    for (const { on, action } of EXTENSION_LIFECYCLE) expect([on, extensionAction(on)]).toEqual([on, action]);
    const facts = [...Object.values(ACCEPTANCE_EVENT_FACTS), ...Object.values(EXTENSION_EVENT_FACTS)];
    expect(new Set<string>(facts).size).toBe(facts.length);
  });
  it("are the diagrams that are committed", async () => {
    const draw = (title: string, table: typeof ACCEPTANCE_LIFECYCLE | typeof EXTENSION_LIFECYCLE, words: object) =>
      `## ${title}\n\n\`\`\`mermaid\n${toMermaid(table, { ...words })}\`\`\`\n`;
    const page = [
      "# 验收申请与延期申请状态\n\n由 `app/modules/acceptance/acceptance.lifecycle.ts` 和 `extension.lifecycle.ts` 生成，改表后运行 `npx vitest -u` 更新。\n",
      draw("验收申请", ACCEPTANCE_LIFECYCLE, { ...ACCEPTANCE_STATES, ...ACCEPTANCE_EVENTS }),
      draw("延期申请", EXTENSION_LIFECYCLE, { ...EXTENSION_STATES, ...EXTENSION_EVENTS }),
    ].join("\n");
    await expect(page).toMatchFileSnapshot("../../../docs/acceptance-lifecycle.md");
  });
});
