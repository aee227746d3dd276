import { getTableConfig, PgDialect } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";

import { corrections } from "@db/schema";
import { decideStep, toMermaid } from "~/kernel/lifecycle";
import { CORRECTION_STATES, keysOf, type CorrectionState } from "~/kernel/vocabulary";

import {
  CORRECTION_EVENT_FACTS,
  CORRECTION_EVENTS,
  CORRECTION_LIFECYCLE,
  type CorrectionEvent,
  type CorrectionTransition,
} from "./correction.lifecycle";

const STATES = keysOf(CORRECTION_STATES);
const EVENTS = keysOf(CORRECTION_EVENTS);

/** Written by hand, not from the table: state → event → next state. Whatever is not here must be refused. */
const EXPECTED: Readonly<Record<CorrectionState, Readonly<Partial<Record<CorrectionEvent, CorrectionState>>>>> = {
  reported: { confirm: "confirmed", reject: "rejected" },
  confirmed: { fix: "fixed" },
  rejected: { close: "closed", reopen: "reported" },
  fixed: { close: "closed", reopen: "confirmed" },
  closed: {},
};

describe("the way of an error report", () => {
  it.each(STATES.flatMap((state) => EVENTS.map((event) => [state, event] as const)))("%s × %s", (state, event) => {
    const decision = decideStep<CorrectionTransition>(CORRECTION_LIFECYCLE, state, event, ["reasonGiven"]);
    const to = EXPECTED[state][event];
    if (to) expect(decision).toMatchObject({ ok: true, value: { to } });
    else expect(decision).toEqual({ ok: false, refusals: [{ code: "notInThisState", facts: { state, event } }] });
  });
  it.each([
    ["reported", "reject"],
    ["confirmed", "fix"],
    ["fixed", "reopen"],
    ["rejected", "reopen"],
  ] as const)("%s × %s without words is refused", (state, event) => {
    expect(decideStep<CorrectionTransition>(CORRECTION_LIFECYCLE, state, event, [])).toMatchObject({
      ok: false,
      refusals: [{ code: "reasonGiven" }],
    });
  });
  it("records every event under a name of its own", () =>
    expect(new Set(Object.values(CORRECTION_EVENT_FACTS)).size).toBe(EVENTS.length));
  it("agrees with the database's check constraint", () => {
    const check = getTableConfig(corrections).checks.find(({ name }) => name === "corrections_state_check");
    const { sql } = new PgDialect().sqlToQuery(check?.value ?? expect.fail("no check on state"));
    expect([...sql.matchAll(/'(\w+)'/g)].map(([, state]) => state)).toEqual(STATES);
  });
  it("is the diagram that is committed", async () => {
    const diagram = toMermaid(CORRECTION_LIFECYCLE, { ...CORRECTION_STATES, ...CORRECTION_EVENTS });
    const page = `# 数据纠错流程\n\n由 \`app/modules/catalog/correction/correction.lifecycle.ts\` 生成，改表后运行 \`npx vitest -u\` 更新。\n\n\`\`\`mermaid\n${diagram}\`\`\`\n`;
    await expect(page).toMatchFileSnapshot("../../../../docs/correction-lifecycle.md");
  });
});
