import { describe, expect, it } from "vitest";

import { toMermaid } from "~/kernel/lifecycle";
import { CHANGE_STATES, keysOf, type ChangeState } from "~/kernel/vocabulary";

import { CHANGE_EVENT_FACTS, CHANGE_EVENTS, CHANGE_LIFECYCLE, type ChangeEvent } from "./change.lifecycle";
import { changeAction, decideChange, isChangeEventPossible } from "./change.rules";

const STATES = keysOf(CHANGE_STATES);
const EVENTS = keysOf(CHANGE_EVENTS);
const ALL_GUARDS = ["complete", "otherPersonThanBefore", "reasonGiven", "opinionGiven"] as const;

/** Written by hand, not from the table: state → event → next state. Whatever is not here must be refused. */
const EXPECTED: Readonly<Record<ChangeState, Readonly<Partial<Record<ChangeEvent, ChangeState>>>>> = {
  draft: { submit: "signing", withdraw: "withdrawn" },
  signing: { sign: "open", decline: "draft", withdraw: "withdrawn" },
  open: { accept: "accepted", refuse: "refused", withdraw: "withdrawn" },
  accepted: {},
  refused: {},
  withdrawn: {},
};

describe("every state × every event", () => {
  it.each(STATES.flatMap((state) => EVENTS.map((event) => ({ state, event }))))(
    "$state × $event",
    ({ state, event }) => {
      const decision = decideChange(state, event, ALL_GUARDS);
      const to = EXPECTED[state][event];
      if (to) expect(decision).toEqual({ ok: true, value: to });
      else expect(decision).toEqual({ ok: false, refusals: [{ code: "notInThisState", facts: { state, event } }] });
      expect(isChangeEventPossible(state, event)).toBe(to !== undefined);
    },
  );
});

describe("guards", () => {
  it.each([
    ["an incomplete change is not submitted", "draft", "submit", ["complete"]],
    ["signing needs another person", "signing", "sign", ["otherPersonThanBefore"]],
    ["declining needs a reason", "signing", "decline", ["reasonGiven"]],
    ["accepting needs another person and an opinion", "open", "accept", ["otherPersonThanBefore", "opinionGiven"]],
    ["refusing needs another person and a reason", "open", "refuse", ["otherPersonThanBefore", "reasonGiven"]],
  ] as const)("%s", (_name, state, event, codes) => {
    expect(decideChange(state, event, [])).toEqual({ ok: false, refusals: codes.map((code) => ({ code })) });
  });
});

describe("the table", () => {
  it("uses every state and event, asks one permission per event, and records each under its own name", () => {
    const used = new Set<string>(CHANGE_LIFECYCLE.flatMap(({ from, to }) => [from, to]));
    expect([...used].sort()).toEqual([...STATES].sort());
    expect([...new Set<string>(CHANGE_LIFECYCLE.map(({ on }) => on))].sort()).toEqual([...EVENTS].sort());
    for (const { on, action } of CHANGE_LIFECYCLE) expect([on, changeAction(on)]).toEqual([on, action]);
    expect(new Set(Object.values(CHANGE_EVENT_FACTS)).size).toBe(EVENTS.length);
  });
  it("is the diagram that is committed", async () => {
    const diagram = toMermaid(CHANGE_LIFECYCLE, { ...CHANGE_STATES, ...CHANGE_EVENTS });
    const page = `# 项目变更状态\n\n由 \`app/modules/changes/change.lifecycle.ts\` 生成，改表后运行 \`npx vitest -u\` 更新。\n\n\`\`\`mermaid\n${diagram}\`\`\`\n`;
    await expect(page).toMatchFileSnapshot("../../../docs/change-lifecycle.md");
  });
});
