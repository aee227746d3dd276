import { getTableConfig, PgDialect } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";

import { expertPanels } from "@db/schema";
import { toMermaid } from "~/kernel/lifecycle";
import { keysOf, PANEL_STATES, type PanelState } from "~/kernel/vocabulary";

import { SEAT_EVENTS, SEAT_LIFECYCLE, SEAT_STATES, type SeatEvent, type SeatState } from "./opinion.lifecycle";
import { decideSeat } from "./opinion.rules";
import { PANEL_EVENTS, PANEL_LIFECYCLE, type PanelEvent } from "./panel.lifecycle";
import { decidePanel } from "./panel.rules";

/** Written by hand, not from the tables. Whatever is not here must be refused. */
const PANEL: Readonly<Record<PanelState, Readonly<Partial<Record<PanelEvent, PanelState>>>>> = {
  open: { replaceMember: "open", conclude: "concluded", cancel: "cancelled" },
  concluded: {},
  cancelled: {},
};
const SEAT: Readonly<Record<SeatState, Readonly<Partial<Record<SeatEvent, SeatState>>>>> = {
  invited: { accept: "opining", avoid: "avoided", release: "released" },
  opining: { avoid: "avoided", save: "opining", give: "given", release: "released" },
  given: {},
  avoided: {},
  released: {},
};

const PANEL_GUARDS = ["opinionsComplete", "oddAndEnough", "summaryGiven", "deviationReasoned", "reasonGiven"] as const;
const SEAT_GUARDS = ["panelOpen", "reasonGiven", "opinionComplete"] as const;

describe("a panel: every state × every event", () => {
  it.each(keysOf(PANEL_STATES).flatMap((state) => keysOf(PANEL_EVENTS).map((event) => ({ state, event }))))(
    "$state × $event",
    ({ state, event }) => {
      const decision = decidePanel(state, event, PANEL_GUARDS);
      const to = PANEL[state][event];
      if (to) expect(decision).toMatchObject({ ok: true, value: { to } });
      else expect(decision).toMatchObject({ ok: false, refusals: [{ code: "notInThisPanelState" }] });
    },
  );
  it.each(PANEL_GUARDS.slice(0, 4))("concluding without %s is refused by that name", (guard) => {
    const held = PANEL_GUARDS.filter((each) => each !== guard);
    expect(decidePanel("open", "conclude", held)).toEqual({ ok: false, refusals: [{ code: guard }] });
  });
  it("cancelling needs a reason", () => {
    expect(decidePanel("open", "cancel", [])).toEqual({ ok: false, refusals: [{ code: "reasonGiven" }] });
  });
});

describe("a seat: every state × every event", () => {
  it.each(keysOf(SEAT_STATES).flatMap((state) => keysOf(SEAT_EVENTS).map((event) => ({ state, event }))))(
    "$state × $event",
    ({ state, event }) => {
      const decision = decideSeat(state, event, SEAT_GUARDS);
      const to = SEAT[state][event];
      if (to) expect(decision).toMatchObject({ ok: true, value: { to } });
      else expect(decision).toMatchObject({ ok: false, refusals: [{ code: "notInThisSeatState" }] });
    },
  );
  it.each(SEAT_LIFECYCLE)("$from × $on without an open panel is refused", ({ from, on }) => {
    const held = SEAT_GUARDS.filter((guard) => guard !== "panelOpen");
    expect(decideSeat(from, on, held)).toEqual({ ok: false, refusals: [{ code: "panelOpen" }] });
  });
  it("avoiding and releasing need a reason, giving a complete opinion", () => {
    expect(decideSeat("invited", "avoid", ["panelOpen"])).toMatchObject({ refusals: [{ code: "reasonGiven" }] });
    expect(decideSeat("opining", "release", ["panelOpen"])).toMatchObject({ refusals: [{ code: "reasonGiven" }] });
    expect(decideSeat("opining", "give", ["panelOpen"])).toMatchObject({ refusals: [{ code: "opinionComplete" }] });
  });
});

describe("the tables", () => {
  it("agree with the database's check constraint", () => {
    const check = getTableConfig(expertPanels).checks.find(({ name }) => name === "expert_panels_state_check");
    const { sql } = new PgDialect().sqlToQuery(check?.value ?? expect.fail("no check on state"));
    expect([...sql.matchAll(/'(\w+)'/g)].map(([, state]) => state)).toEqual(keysOf(PANEL_STATES));
  });
  it("are the diagrams that are committed", async () => {
    const panel = toMermaid(PANEL_LIFECYCLE, { ...PANEL_STATES, ...PANEL_EVENTS });
    const seat = toMermaid(SEAT_LIFECYCLE, { ...SEAT_STATES, ...SEAT_EVENTS });
    const page = `# 专家评审生命周期\n\n由 \`app/modules/experts/panel.lifecycle.ts\` 和 \`opinion.lifecycle.ts\` 生成，改表后运行 \`npx vitest -u\` 更新。\n\n## 专家组\n\n\`\`\`mermaid\n${panel}\`\`\`\n\n## 专家席位\n\n\`\`\`mermaid\n${seat}\`\`\`\n`;
    await expect(page).toMatchFileSnapshot("../../../docs/panel-lifecycle.md");
  });
});
