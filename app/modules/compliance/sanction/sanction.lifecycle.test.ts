import { describe, expect, it } from "vitest";

import { decideStep, toMermaid } from "~/kernel/lifecycle";
import { SANCTION_STATES, keysOf, type SanctionState } from "~/kernel/vocabulary";

import {
  SANCTION_EVENT_FACTS,
  SANCTION_EVENTS,
  SANCTION_LIFECYCLE,
  type SanctionEvent,
  type SanctionTransition,
} from "./sanction.lifecycle";

const TABLE: readonly SanctionTransition[] = SANCTION_LIFECYCLE;
const STATES = keysOf(SANCTION_STATES);
const EVENTS = keysOf(SANCTION_EVENTS);
const ALL_GUARDS = ["otherPersonThanBefore", "reasonGiven", "remedyGiven"] as const;

/** Written by hand, not from the table: state → event → next state. Whatever is not here must be refused. */
const EXPECTED: Readonly<Record<SanctionState, Readonly<Partial<Record<SanctionEvent, SanctionState>>>>> = {
  proposed: { impose: "standing", decline: "declined" },
  standing: { remedy: "remedied" },
  remedied: { lift: "lifted", sendBack: "standing" },
  lifted: {},
  declined: {},
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
    ["imposing needs another person", "proposed", "impose", ["otherPersonThanBefore"]],
    ["declining needs another person and a reason", "proposed", "decline", ["otherPersonThanBefore", "reasonGiven"]],
    ["a remedy is told and shown", "standing", "remedy", ["remedyGiven"]],
    ["lifting needs another person and what was seen", "remedied", "lift", ["otherPersonThanBefore", "reasonGiven"]],
    ["sending back needs a reason", "remedied", "sendBack", ["reasonGiven"]],
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
    expect(new Set(Object.values(SANCTION_EVENT_FACTS)).size).toBe(EVENTS.length);
  });
  it("is the diagram that is committed", async () => {
    const diagram = toMermaid(TABLE, { ...SANCTION_STATES, ...SANCTION_EVENTS });
    const page = `# 惩戒状态\n\n由 \`app/modules/compliance/sanction/sanction.lifecycle.ts\` 生成，改表后运行 \`npx vitest -u\` 更新。\n\n\`\`\`mermaid\n${diagram}\`\`\`\n`;
    await expect(page).toMatchFileSnapshot("../../../../docs/sanction-lifecycle.md");
  });
});
