import { describe, expect, it } from "vitest";

import { decideStep, toMermaid } from "~/kernel/lifecycle";
import { EXEMPTION_STATES, keysOf, type ExemptionState } from "~/kernel/vocabulary";

import {
  EXEMPTION_EVENT_FACTS,
  EXEMPTION_EVENTS,
  EXEMPTION_LIFECYCLE,
  type ExemptionEvent,
  type ExemptionTransition,
} from "./exemption.lifecycle";

const TABLE: readonly ExemptionTransition[] = EXEMPTION_LIFECYCLE;
const STATES = keysOf(EXEMPTION_STATES);
const EVENTS = keysOf(EXEMPTION_EVENTS);
const ALL_GUARDS = ["complete", "otherPersonThanBefore", "reasonGiven", "opinionGiven", "notOver"] as const;

/** Written by hand, not from the table: state → event → next state. Whatever is not here must be refused. */
const EXPECTED: Readonly<Record<ExemptionState, Readonly<Partial<Record<ExemptionEvent, ExemptionState>>>>> = {
  draft: { edit: "draft", submit: "signing", withdraw: "withdrawn" },
  signing: { sign: "open", decline: "draft", withdraw: "withdrawn" },
  open: { approve: "approved", refuse: "refused", withdraw: "withdrawn" },
  approved: { revoke: "revoked" },
  refused: {},
  withdrawn: {},
  revoked: {},
};

describe("every state × every event", () => {
  it.each(STATES.flatMap((state) => EVENTS.map((event) => ({ state, event }))))(
    "$state × $event",
    ({ state, event }) => {
      const decision = decideStep(TABLE, state, event, ALL_GUARDS);
      const to = EXPECTED[state][event];
      if (to) expect(decision).toMatchObject({ ok: true, value: { to } });
      else expect(decision).toEqual({ ok: false, refusals: [{ code: "notInThisState", facts: { state, event } }] });
    },
  );
});

describe("guards", () => {
  it.each([
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
  ] as const)("%s", (_name, state, event, codes) => {
    expect(decideStep(TABLE, state, event, [])).toEqual({
      ok: false,
      refusals: codes.map((code) => ({ code })),
    });
  });
});

describe("the table", () => {
  it("uses every state and event, asks one permission per event, and records each under its own name", () => {
    const used = new Set<string>(TABLE.flatMap(({ from, to }) => [from, to]));
    expect([...used].sort()).toEqual([...STATES].sort());
    const permissions = new Map<string, Set<string>>();
    for (const { on, action } of TABLE) permissions.set(on, (permissions.get(on) ?? new Set()).add(action));
    expect([...permissions.keys()].sort()).toEqual([...EVENTS].sort());
    for (const actions of permissions.values()) expect(actions.size).toBe(1);
    expect(new Set(Object.values(EXEMPTION_EVENT_FACTS)).size).toBe(EVENTS.length);
  });
  it("is the diagram that is committed", async () => {
    const diagram = toMermaid(TABLE, { ...EXEMPTION_STATES, ...EXEMPTION_EVENTS });
    const page = `# 共享闸口豁免状态\n\n由 \`app/modules/compliance/exemption/exemption.lifecycle.ts\` 生成，改表后运行 \`npx vitest -u\` 更新。\n\n\`\`\`mermaid\n${diagram}\`\`\`\n`;
    await expect(page).toMatchFileSnapshot("../../../../docs/exemption-lifecycle.md");
  });
});
