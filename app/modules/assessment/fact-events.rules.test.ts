import { describe, expect, it } from "vitest";

import { eventsOf } from "./fact-events.rules";

const row = (subjectId: string, numerator: string) => ({ subjectId, numerator });

describe("eventsOf", () => {
  it.each([
    [
      "two of three reports were late",
      [row("a", "1"), row("b", "0"), row("c", "1")],
      "2",
      [{ key: "a" }, { key: "c" }],
    ],
    ["none was", [row("a", "0")], "0", []],
    ["no rows at all", [], "0", []],
    ["one row counts two occurrences", [row("a", "2")], "2", undefined],
    ["amounts that happen to be 1 fen", [row("a", "1"), row("b", "250")], "251", undefined],
    ["a share", [row("a", "0.5")], "0.5", undefined],
  ])("%s", (_name, rows, total, expected) => {
    expect(eventsOf(rows, total)).toEqual(expected);
  });
});
