import path from "node:path";
import { describe, expect, it } from "vitest";

import { projectRoot } from "@db/project-root";
import { decideStep, toMermaid, type Transition } from "~/kernel/lifecycle";

/** A lifecycle as its test sees it: the table, the words and facts of its events, and what a person expects of it. */
export interface LifecycleUnderTest<State extends string, Event extends string, Guard extends string> {
  readonly table: readonly Transition<State, Event, string, Guard>[];
  /** every state with its word on screen */
  readonly states: Readonly<Record<State, string>>;
  /** every event with its word on screen */
  readonly events: Readonly<Record<Event, string>>;
  /** the domain event that each of them is recorded as */
  readonly facts: Readonly<Record<Event, string>>;
  /** written by hand, not from the table: state → event → next state; whatever is not here must be refused */
  readonly expected: Readonly<Record<State, Readonly<Partial<Record<Event, State>>>>>;
  /** name of the boundary, state, event, and the guards without which the step is refused */
  readonly guards: readonly (readonly [name: string, state: State, event: Event, codes: readonly Guard[]])[];
  readonly diagram: { readonly title: string; readonly source: string; readonly file: string };
}

/**
 * Tests a lifecycle in full: every state × every event against what was written by hand, each guard by itself missing,
 * that no state, event or fact is left over, one permission per event, and that the committed diagram is the table's.
 */
export function testLifecycle<State extends string, Event extends string, Guard extends string>({
  table,
  states,
  events,
  facts,
  expected,
  guards,
  diagram,
}: LifecycleUnderTest<State, Event, Guard>): void {
  const [allStates, allEvents] = [Object.keys(states) as State[], Object.keys(events) as Event[]];
  const allGuards = [...new Set(table.flatMap((row) => row.guards ?? []))];

  describe("every state × every event", () => {
    it.each(allStates.flatMap((state) => allEvents.map((event) => ({ state, event }))))(
      "$state × $event",
      ({ state, event }) => {
        const decision = decideStep(table, state, event, allGuards);
        const to = expected[state][event];
        if (to) expect(decision).toMatchObject({ ok: true, value: { to } });
        else expect(decision).toEqual({ ok: false, refusals: [{ code: "notInThisState", facts: { state, event } }] });
      },
    );
  });

  describe("guards", () => {
    it.each(guards)("%s", (_name, state, event, codes) => {
      expect(decideStep(table, state, event, [])).toEqual({ ok: false, refusals: codes.map((code) => ({ code })) });
    });
    it("each is in a row above", () => {
      expect([...new Set(guards.flatMap(([, , , codes]) => codes))].sort()).toEqual([...allGuards].sort());
    });
  });

  describe("the table", () => {
    it("uses every state and event, asks one permission per event, and records each under its own name", () => {
      expect([...new Set(table.flatMap(({ from, to }) => [from, to]))].sort()).toEqual([...allStates].sort());
      expect([...new Set(table.map(({ on }) => on))].sort()).toEqual([...allEvents].sort());
      for (const event of allEvents)
        expect(new Set(table.filter(({ on }) => on === event).map(({ action }) => action)).size).toBe(1);
      expect(new Set(Object.values(facts)).size).toBe(allEvents.length);
    });
    it("is the diagram that is committed", async () => {
      const drawn = toMermaid(table, { ...states, ...events });
      const page = `# ${diagram.title}\n\n由 \`${diagram.source}\` 生成，改表后运行 \`npx vitest -u\` 更新。\n\n\`\`\`mermaid\n${drawn}\`\`\`\n`;
      await expect(page).toMatchFileSnapshot(path.join(projectRoot(), "docs", diagram.file));
    });
  });
}
