import { describe, expect, it } from "vitest";

import { decideStep, toMermaid } from "~/kernel/lifecycle";
import { RECOLLECTION_STATES, keysOf, type RecollectionState } from "~/kernel/vocabulary";

import {
  RECOLLECTION_EVENT_FACTS,
  RECOLLECTION_EVENTS,
  RECOLLECTION_LIFECYCLE,
  type RecollectionEvent,
  type RecollectionTransition,
} from "./recollection.lifecycle";

const TABLE: readonly RecollectionTransition[] = RECOLLECTION_LIFECYCLE;
const STATES = keysOf(RECOLLECTION_STATES);
const EVENTS = keysOf(RECOLLECTION_EVENTS);
const ALL_GUARDS = ["otherPersonThanBefore", "reasonGiven", "remedyGiven"] as const;

/** Written by hand, not from the table: state → event → next state. Whatever is not here must be refused. */
const EXPECTED: Readonly<Record<RecollectionState, Readonly<Partial<Record<RecollectionEvent, RecollectionState>>>>> = {
  reported: { confirm: "standing", dismiss: "dismissed" },
  standing: { remedy: "remedied" },
  remedied: { settle: "settled", sendBack: "standing" },
  settled: {},
  dismissed: {},
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
    ["confirming needs another person", "reported", "confirm", ["otherPersonThanBefore"]],
    ["dismissing needs another person and a reason", "reported", "dismiss", ["otherPersonThanBefore", "reasonGiven"]],
    ["a remedy is told", "standing", "remedy", ["remedyGiven"]],
    ["settling needs another person", "remedied", "settle", ["otherPersonThanBefore"]],
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
    expect(new Set(Object.values(RECOLLECTION_EVENT_FACTS)).size).toBe(EVENTS.length);
  });
  it("is the diagram that is committed", async () => {
    const diagram = toMermaid(TABLE, { ...RECOLLECTION_STATES, ...RECOLLECTION_EVENTS });
    const page = `# 重复采集处理状态\n\n由 \`app/modules/compliance/recollection/recollection.lifecycle.ts\` 生成，改表后运行 \`npx vitest -u\` 更新。\n\n\`\`\`mermaid\n${diagram}\`\`\`\n`;
    await expect(page).toMatchFileSnapshot("../../../../docs/recollection-lifecycle.md");
  });
});
