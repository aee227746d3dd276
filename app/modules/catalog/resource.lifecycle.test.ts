import { getTableConfig, PgDialect } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";

import { resourceRevisions, resources } from "@db/schema";
import { decideStep, toMermaid, type Transition } from "~/kernel/lifecycle";
import { keysOf, RESOURCE_STATES, REVISION_STATES, type ResourceState, type RevisionState } from "~/kernel/vocabulary";

import {
  RESOURCE_EVENT_FACTS,
  RESOURCE_EVENTS,
  RESOURCE_LIFECYCLE,
  REVISION_EVENT_FACTS,
  REVISION_EVENTS,
  REVISION_LIFECYCLE,
  type ResourceEvent,
  type RevisionEvent,
} from "./resource.lifecycle";

/** Written by hand, not from the table: state → event → next state. Whatever is not here must be refused. */
const ENTRY: Readonly<Record<ResourceState, Readonly<Partial<Record<ResourceEvent, ResourceState>>>>> = {
  draft: { register: "registered", sendBack: "draft", abandon: "withdrawn" },
  registered: { publish: "published", decline: "draft" },
  published: { suspend: "suspended", withdraw: "withdrawn" },
  suspended: { resume: "published", withdraw: "withdrawn" },
  withdrawn: {},
};
const CHANGE: Readonly<Record<RevisionState, Readonly<Partial<Record<RevisionEvent, RevisionState>>>>> = {
  draft: { register: "registered", sendBack: "declined", drop: "dropped" },
  registered: { publish: "published", decline: "declined" },
  published: {},
  declined: {},
  dropped: {},
};

const guardsOf = (table: readonly Transition[], state: string, event: string) =>
  table.find((row) => row.from === state && row.on === event)?.guards ?? [];

const valuesOf = (table: typeof resources | typeof resourceRevisions, name: string) => {
  const check = getTableConfig(table).checks.find((each) => each.name === name);
  const { sql } = new PgDialect().sqlToQuery(check?.value ?? expect.fail(`no check ${name}`));
  return [...sql.matchAll(/'(\w+)'/g)].map(([, value]) => value);
};

interface Life {
  readonly name: string;
  readonly table: readonly Transition[];
  readonly states: readonly string[];
  readonly events: readonly string[];
  readonly expected: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly facts: readonly string[];
  /** the values that the database's check constraint allows */
  readonly stored: readonly (string | undefined)[];
}

describe.each<Life>([
  {
    name: "an entry",
    table: RESOURCE_LIFECYCLE,
    states: keysOf(RESOURCE_STATES),
    events: keysOf(RESOURCE_EVENTS),
    expected: ENTRY,
    facts: Object.values(RESOURCE_EVENT_FACTS),
    stored: valuesOf(resources, "resources_state_check"),
  },
  {
    name: "a change",
    table: REVISION_LIFECYCLE,
    states: keysOf(REVISION_STATES),
    events: keysOf(REVISION_EVENTS),
    expected: CHANGE,
    facts: Object.values(REVISION_EVENT_FACTS),
    stored: valuesOf(resourceRevisions, "resource_revisions_state_check"),
  },
])("the life of $name", ({ table, states, events, expected, facts, stored }) => {
  it.each(states.flatMap((state) => events.map((event) => [state, event] as const)))("%s × %s", (state, event) => {
    const decision = decideStep(table, state, event, guardsOf(table, state, event));
    const to = expected[state]?.[event];
    if (to) expect(decision).toMatchObject({ ok: true, value: { to } });
    else expect(decision).toEqual({ ok: false, refusals: [{ code: "notInThisState", facts: { state, event } }] });
  });
  it.each(
    table.filter(({ guards = [] }) => guards.length > 0).map((row) => [row.from, row.on, row.guards ?? []] as const),
  )("%s × %s asks for its guards", (from, on, guards) => {
    const decision = decideStep(table, from, on, []);
    expect(decision.ok ? [] : decision.refusals.map(({ code }) => code)).toEqual([...guards]);
  });
  it("agrees with the database's check constraint", () => expect(stored).toEqual(states));
  it("records every event under a name of its own", () => expect(new Set(facts).size).toBe(events.length));
});

it("is the diagram that is committed", async () => {
  const entry = toMermaid(RESOURCE_LIFECYCLE, { ...RESOURCE_STATES, ...RESOURCE_EVENTS });
  const change = toMermaid(REVISION_LIFECYCLE, { ...REVISION_STATES, ...REVISION_EVENTS });
  const page = `# 资源目录条目生命周期\n\n由 \`app/modules/catalog/resource.lifecycle.ts\` 生成，改表后运行 \`npx vitest -u\` 更新。\n\n\`\`\`mermaid\n${entry}\`\`\`\n\n## 修订(下一版)\n\n\`\`\`mermaid\n${change}\`\`\`\n`;
  await expect(page).toMatchFileSnapshot("../../../docs/resource-lifecycle.md");
});
