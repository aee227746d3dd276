import { describe, expect, it } from "vitest";

import days2026 from "@seeds/data/calendar/2026.json";
import { toMermaid } from "~/kernel/lifecycle";
import { localDate } from "~/kernel/local-date";
import { keysOf, SUPERVISION_STATES, type SupervisionState } from "~/kernel/vocabulary";
import type { WorkCalendar } from "~/kernel/work-calendar";

import {
  SUPERVISION_EVENT_FACTS,
  SUPERVISION_EVENTS,
  SUPERVISION_LIFECYCLE,
  type SupervisionEvent,
} from "./supervision.lifecycle";
import {
  decideSupervision,
  isSupervisionEventPossible,
  slipColour,
  supervisionAction,
  supervisionNumber,
} from "./supervision.rules";

const STATES = keysOf(SUPERVISION_STATES);
const EVENTS = keysOf(SUPERVISION_EVENTS);
const ALL_GUARDS = ["replyGiven", "reasonGiven", "proofGiven", "otherPersonThanReplier"] as const;

/** Written by hand, not from the table: state → event → next state. Whatever is not here must be refused. */
const EXPECTED: Readonly<Record<SupervisionState, Readonly<Partial<Record<SupervisionEvent, SupervisionState>>>>> = {
  registered: { assign: "assigned" },
  assigned: { accept: "accepted", urge: "urged", reply: "replied" },
  accepted: { urge: "urged", reply: "replied" },
  urged: { accept: "accepted", urge: "urged", reply: "replied" },
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

describe("slipColour", () => {
  const calendar: WorkCalendar = {
    days: new Map(days2026.map((d) => [localDate(d.date), { off: d.isOffDay, name: d.name }])),
    years: new Set([2026]),
  };
  it.each([
    ["four workdays left", "2026-07-24", "2026-07-20", "none"],
    ["three workdays left", "2026-07-24", "2026-07-21", "blue"],
    ["three workdays left, a weekend between", "2026-07-22", "2026-07-17", "blue"],
    ["the due day", "2026-07-24", "2026-07-24", "blue"],
    ["the day after, a Saturday", "2026-07-24", "2026-07-25", "orange"],
    ["ten workdays overdue", "2026-07-24", "2026-08-07", "orange"],
    ["ten workdays and a weekend", "2026-07-24", "2026-08-09", "orange"],
    ["eleven workdays overdue", "2026-07-24", "2026-08-10", "red"],
    ["the National Day holiday does not count", "2026-09-24", "2026-10-13", "orange"],
  ])("%s", (_name, dueOn, today, expected) => {
    expect(slipColour(calendar, localDate(dueOn), localDate(today), { blueWorkdays: 3, redWorkdays: 10 })).toBe(
      expected,
    );
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
