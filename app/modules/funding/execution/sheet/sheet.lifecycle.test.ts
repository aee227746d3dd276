import { describe, expect, it } from "vitest";

import { findTransition, toMermaid } from "~/kernel/lifecycle";
import { keysOf, PAYMENT_SHEET_STATES } from "~/kernel/vocabulary";

import { SHEET_EVENTS, SHEET_LIFECYCLE } from "./sheet.lifecycle";

describe("the life of a payment sheet", () => {
  it("is read, then applied or discarded, once", () => {
    const to = keysOf(PAYMENT_SHEET_STATES).map((state) =>
      keysOf(SHEET_EVENTS).map((event) => findTransition(SHEET_LIFECYCLE, state, event)?.to),
    );
    expect(to).toEqual([
      ["applied", "discarded"],
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });
  it("is the diagram that is committed", async () => {
    const diagram = toMermaid(SHEET_LIFECYCLE, { ...PAYMENT_SHEET_STATES, ...SHEET_EVENTS });
    const page = `# 国库支付明细表状态\n\n由 \`app/modules/funding/execution/sheet/sheet.lifecycle.ts\` 生成，改表后运行 \`npx vitest -u\` 更新。\n\n\`\`\`mermaid\n${diagram}\`\`\`\n`;
    await expect(page).toMatchFileSnapshot("../../../../../docs/payment-sheet-lifecycle.md");
  });
});
