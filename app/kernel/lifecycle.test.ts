import { describe, expect, it } from "vitest";

import { eventsFrom, findTransition, toMermaid, type Transition } from "./lifecycle";

const table = [
  { from: "draft", on: "submit", to: "submitted", action: "paper:submit", guards: ["complete"] },
  { from: "submitted", on: "return", to: "draft", action: "paper:review" },
  { from: "submitted", on: "approve", to: "approved", action: "paper:review", effects: ["notify"] },
] as const satisfies Transition[];

describe("findTransition", () => {
  it("gives the listed row with its guards", () => {
    expect(findTransition(table, "draft", "submit")).toMatchObject({ to: "submitted", guards: ["complete"] });
  });

  it.each([
    ["an event of another state", "draft", "approve"],
    ["the same event twice", "submitted", "submit"],
    ["a final state", "approved", "return"],
    ["an unknown state", "archived", "submit"],
    ["an unknown event", "draft", "delete"],
    ["a name that every object has", "constructor", "toString"],
  ])("refuses %s", (_name, state, event) => expect(findTransition(table, state, event)).toBeUndefined());
});

describe("eventsFrom", () => {
  it("lists the rows of a state in table order", () => {
    expect(eventsFrom(table, "submitted").map((row) => row.on)).toEqual(["return", "approve"]);
  });
  it("a final state has none", () => expect(eventsFrom(table, "approved")).toEqual([]));
});

describe("toMermaid", () => {
  it("draws every state once and every row, in words where there are words", () => {
    expect(toMermaid(table, { draft: "草稿", submit: "提交" })).toBe(
      [
        "stateDiagram-v2",
        "  draft : 草稿",
        "  submitted : submitted",
        "  approved : approved",
        "  draft --> submitted : 提交",
        "  submitted --> draft : return",
        "  submitted --> approved : approve",
        "",
      ].join("\n"),
    );
  });
});
