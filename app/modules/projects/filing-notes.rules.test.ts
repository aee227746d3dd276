import { describe, expect, it } from "vitest";

import { fen } from "~/kernel/fen";

import { COMPLETE_FILING } from "./filing.fixtures";
import { filingNotes } from "./filing-notes.rules";

const FIGURES = { overrunPercent: 10, cryptoPlanFromLevel: 3 };
const notes = (declared: number, feasibility: number | null, mlpsLevel = 2) =>
  filingNotes(
    {
      ...COMPLETE_FILING,
      money: {
        ...COMPLETE_FILING.money,
        declaredFen: fen(declared),
        feasibilityFen: feasibility === null ? null : fen(feasibility),
      },
      security: { ...COMPLETE_FILING.security, mlpsLevel },
    },
    FIGURES,
  ).map(({ code }) => code);

describe("filingNotes", () => {
  it.each<[string, number, number | null, string[]]>([
    ["exactly the figure above", 110_000_000, 100_000_000, []],
    ["one fen more", 110_000_001, 100_000_000, ["overFeasibility"]],
    ["below the study", 90_000_000, 100_000_000, []],
    ["no study", 110_000_001, null, []],
    ["a study of nothing cannot be exceeded by a share", 110_000_001, 0, []],
  ])("%s", (_name, declared, feasibility, expected) => expect(notes(declared, feasibility)).toEqual(expected));

  it("a system that will be tested, without money for it", () => {
    expect(notes(1, 1, 3)).toEqual(["securityTestUnbudgeted"]);
  });
});
