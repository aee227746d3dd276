import { describe, expect, it } from "vitest";

import { findTransition, toMermaid } from "~/kernel/lifecycle";
import { IMPORT_STATES, keysOf, type ImportState } from "~/kernel/vocabulary";

import { IMPORT_EVENTS, IMPORT_LIFECYCLE, isAtWork, type ImportEvent } from "./import.lifecycle";

const STATES = keysOf(IMPORT_STATES);
const EVENTS = keysOf(IMPORT_EVENTS);

/** Written by hand, not from the table: state → event → next state. Whatever is not here must be refused. */
const EXPECTED: Readonly<Record<ImportState, Readonly<Partial<Record<ImportEvent, ImportState>>>>> = {
  uploaded: { read: "reading", fail: "failed" },
  reading: { read: "reading", askMapping: "mapping", preview: "previewed", fail: "failed" },
  mapping: { map: "reading", discard: "discarded" },
  previewed: { map: "reading", confirm: "importing", discard: "discarded" },
  importing: { finish: "imported", putBack: "previewed" },
  imported: {},
  failed: { discard: "discarded" },
  discarded: {},
};

describe("every state × every event", () => {
  it.each(STATES.flatMap((state) => EVENTS.map((event) => ({ state, event }))))(
    "$state × $event",
    ({ state, event }) => {
      expect(findTransition(IMPORT_LIFECYCLE, state, event)?.to).toBe(EXPECTED[state][event]);
    },
  );
});

describe("the table", () => {
  it("uses every event", () => {
    expect([...new Set<string>(IMPORT_LIFECYCLE.map(({ on }) => on))].sort()).toEqual([...EVENTS].sort());
  });
  it("asks nothing of a person while a process works", () => {
    const asked: readonly string[] = ["map", "confirm", "discard"];
    for (const { from, on } of IMPORT_LIFECYCLE) expect(isAtWork(from) && asked.includes(on)).toBe(false);
  });
  it("is the diagram that is committed", async () => {
    const diagram = toMermaid(IMPORT_LIFECYCLE, { ...IMPORT_STATES, ...IMPORT_EVENTS });
    const page = `# 导入批次状态\n\n由 \`app/modules/catalog/import/import.lifecycle.ts\` 生成，改表后运行 \`npx vitest -u\` 更新。\n\n\`\`\`mermaid\n${diagram}\`\`\`\n`;
    await expect(page).toMatchFileSnapshot("../../../../docs/import-lifecycle.md");
  });
});
