import { describe, expect, it } from "vitest";

import { toMermaid } from "~/kernel/lifecycle";
import { DEMAND_STATES, keysOf, type DemandState } from "~/kernel/vocabulary";

import {
  DEMAND_EVENT_FACTS,
  DEMAND_EVENTS,
  DEMAND_LIFECYCLE,
  type DemandEvent,
  type DemandGuard,
} from "./demand.lifecycle";
import { decideDemand, demandAction, isDemandEventPossible, partyOf } from "./demand.rules";

const STATES = keysOf(DEMAND_STATES);
const EVENTS = keysOf(DEMAND_EVENTS);
const ALL_GUARDS: readonly DemandGuard[] = [
  "appliedForItself",
  "otherPersonThanDrafter",
  "providerNamed",
  "reasonGiven",
  "refusedWithoutBasis",
  "ratingGiven",
];

/** Written by hand, not from the table: state → event → next state. Whatever is not here must be refused. */
const EXPECTED: Readonly<Record<DemandState, Readonly<Partial<Record<DemandEvent, DemandState>>>>> = {
  applied: { sign: "unitReviewed", decline: "returned", withdraw: "withdrawn" },
  unitReviewed: { passCheck: "checked", returnDemand: "returned", withdraw: "withdrawn" },
  returned: { reapply: "applied", withdraw: "withdrawn" },
  checked: { agree: "agreed", refuse: "refused", withdraw: "withdrawn" },
  refused: { overrule: "checked", uphold: "ended" },
  agreed: { deliver: "delivered", withdraw: "withdrawn" },
  delivered: { rate: "ended" },
  ended: {},
  withdrawn: {},
};

describe("every state × every event", () => {
  it.each(STATES.flatMap((state) => EVENTS.map((event) => ({ state, event }))))(
    "$state × $event",
    ({ state, event }) => {
      const decision = decideDemand(state, event, ALL_GUARDS);
      const to = EXPECTED[state][event];
      if (to) expect(decision).toMatchObject({ ok: true, value: { to } });
      else expect(decision).toEqual({ ok: false, refusals: [{ code: "notInThisState", facts: { state, event } }] });
      expect(isDemandEventPossible(state, event)).toBe(to !== undefined);
    },
  );
});

describe("guards", () => {
  it.each<[string, DemandState, DemandEvent, DemandGuard]>([
    ["what a filing brings is signed with the filing", "applied", "sign", "appliedForItself"],
    ["the signer is not who drafted it", "applied", "sign", "otherPersonThanDrafter"],
    ["declining needs a reason", "applied", "decline", "reasonGiven"],
    ["the bureau passes on only what has a provider", "unitReviewed", "passCheck", "providerNamed"],
    ["returning needs a reason", "unitReviewed", "returnDemand", "reasonGiven"],
    ["refusing needs a reason", "checked", "refuse", "reasonGiven"],
    ["a refusal that cites a rule stands", "refused", "overrule", "refusedWithoutBasis"],
    ["overruling needs a reason", "refused", "overrule", "reasonGiven"],
    ["rating needs a rating", "delivered", "rate", "ratingGiven"],
  ])("%s", (_name, state, event, guard) => {
    const others = ALL_GUARDS.filter((each) => each !== guard);
    expect(decideDemand(state, event, others)).toEqual({ ok: false, refusals: [{ code: guard }] });
  });
});

describe("the table", () => {
  it("gives each event one permission, one side, one word and one fact", () => {
    for (const event of EVENTS) {
      const rows = DEMAND_LIFECYCLE.filter(({ on }) => on === event);
      expect([...new Set(rows.map(({ action }) => action))]).toEqual([demandAction(event)]);
      expect(DEMAND_EVENTS[event]).toMatch(/\p{Script=Han}/u);
    }
    expect(new Set(Object.values(DEMAND_EVENT_FACTS)).size).toBe(EVENTS.length);
    expect(EVENTS.filter((event) => partyOf(event) === "provider")).toEqual(["agree", "refuse", "deliver"]);
    expect(EVENTS.filter((event) => partyOf(event) === "bureau")).toEqual([
      "passCheck",
      "returnDemand",
      "overrule",
      "uphold",
    ]);
  });
  it("is the diagram that is committed", async () => {
    const diagram = toMermaid(DEMAND_LIFECYCLE, { ...DEMAND_STATES, ...DEMAND_EVENTS });
    const page = `# 数据需求状态\n\n由 \`app/modules/catalog/demand/demand.lifecycle.ts\` 生成，改表后运行 \`npx vitest -u\` 更新。\n\n\`\`\`mermaid\n${diagram}\`\`\`\n`;
    await expect(page).toMatchFileSnapshot("../../../../docs/demand-lifecycle.md");
  });
});
