import { describe, expect, it } from "vitest";

import { toMermaid } from "~/kernel/lifecycle";
import { ENTRY_STATES, keysOf, PROJECT_STAGES, type EntryState, type ProjectStage } from "~/kernel/vocabulary";

import { ENTRY_EVENTS, ENTRY_KINDS, ENTRY_LIFECYCLE, entryFact, type EntryEvent } from "./entry.lifecycle";
import { decideEntry, entryAction, isEnterable, isEntryEventPossible } from "./entry.rules";

const STATES = keysOf(ENTRY_STATES);
const EVENTS = keysOf(ENTRY_EVENTS);
const KINDS = keysOf(ENTRY_KINDS);

/** Written by hand, not from the table: state → event → next state. Whatever is not here must be refused. */
const EXPECTED: Readonly<Record<EntryState, Readonly<Partial<Record<EntryEvent, EntryState>>>>> = {
  entered: { correct: "entered", confirm: "confirmed", return: "returned", withdraw: "void" },
  returned: { correct: "entered", withdraw: "void" },
  confirmed: { revoke: "void" },
  void: {},
};

describe("every state × every event", () => {
  it.each(STATES.flatMap((state) => EVENTS.map((event) => ({ state, event }))))(
    "$state × $event",
    ({ state, event }) => {
      const decision = decideEntry(state, event, ["otherPerson", "reasonGiven"]);
      const to = EXPECTED[state][event];
      if (to) expect(decision).toMatchObject({ ok: true, value: { to } });
      else expect(decision).toEqual({ ok: false, refusals: [{ code: "notInThisState", facts: { state, event } }] });
      expect(isEntryEventPossible("payment", state, event)).toBe(to !== undefined);
    },
  );
});

describe("guards", () => {
  it.each([
    ["confirming needs another person", "entered", "confirm", ["otherPerson"]],
    ["returning needs another person and a reason", "entered", "return", ["otherPerson", "reasonGiven"]],
    ["withdrawing needs a reason", "returned", "withdraw", ["reasonGiven"]],
    ["revoking needs another person and a reason", "confirmed", "revoke", ["otherPerson", "reasonGiven"]],
  ] as const)("%s", (_name, state, event, codes) => {
    expect(decideEntry(state, event, [])).toEqual({ ok: false, refusals: codes.map((code) => ({ code })) });
  });
});

describe("permissions", () => {
  it("who enters never confirms with the same permission", () => {
    for (const kind of KINDS) expect(entryAction(kind, "confirm")).not.toBe(entryAction(kind, "correct"));
  });
  it("a confirmed change of a contract is not revoked: another change follows it", () => {
    expect(entryAction("contractChange", "revoke")).toBeNull();
    expect(isEntryEventPossible("contractChange", "confirmed", "revoke")).toBe(false);
  });
});

describe("in which stages money is entered", () => {
  it.each<[ProjectStage, boolean, boolean]>([
    ["underFundingReview", false, false],
    ["approved", false, true],
    ["procurement", true, true],
    ["implementation", true, true],
    ["accepted", true, true],
    ["operation", true, true],
    ["evaluated", true, true],
    ["archived", false, false],
    ["suspended", false, false],
    ["terminated", false, false],
  ])("%s: contract %s, arrival %s", (stage, contract, arrival) => {
    expect(PROJECT_STAGES[stage]).toBeTruthy();
    expect([isEnterable("contract", stage), isEnterable("payment", stage)]).toEqual([contract, contract]);
    expect(isEnterable("arrival", stage)).toBe(arrival);
  });
});

describe("the table", () => {
  it("uses every state and event, and each step of each kind has a name of its own", () => {
    const used = new Set<string>(ENTRY_LIFECYCLE.flatMap(({ from, to }) => [from, to]));
    expect([...used].sort()).toEqual([...STATES].sort());
    const facts = KINDS.flatMap((kind) => (["enter", ...EVENTS] as const).map((step) => entryFact(kind, step)));
    expect(new Set(facts).size).toBe(facts.length);
    expect(facts).toContain("paymentConfirmed");
  });
  it("is the diagram that is committed", async () => {
    const diagram = toMermaid(ENTRY_LIFECYCLE, { ...ENTRY_STATES, ...ENTRY_EVENTS });
    const page = `# 资金执行登记状态\n\n合同、合同变更、到位资金、支付共用。由 \`app/modules/funding/execution/entry.lifecycle.ts\` 生成，改表后运行 \`npx vitest -u\` 更新。\n\n\`\`\`mermaid\n${diagram}\`\`\`\n`;
    await expect(page).toMatchFileSnapshot("../../../../docs/execution-entry-lifecycle.md");
  });
});
