import { describe, expect, it } from "vitest";

import { fen } from "~/kernel/fen";
import { addDays, localDate } from "~/kernel/local-date";

import { matchRows } from "./match-rows.rules";
import type { MatchFacts } from "./match.types";
import type { SheetRow } from "./read-rows.server";

const TODAY = localDate("2026-07-20");
const DAY = localDate("2026-06-10");
type Project = MatchFacts["projects"][number];
type Contract = MatchFacts["contracts"][number];
type Payment = MatchFacts["payments"][number];

const project = (id: string, more: Partial<Project> = {}): Project => ({
  id,
  code: `XM-${id}`,
  name: `项目${id}`,
  unitName: "市自然资源局",
  stage: "implementation",
  arrivedFen: fen(100_000),
  moneyOpen: true,
  ...more,
});
const contract = (id: string, projectId: string, more: Partial<Contract> = {}): Contract => ({
  id,
  projectId,
  number: `HT-${id}`,
  supplier: `公司${id}`,
  amountFen: fen(50_000),
  signedOn: localDate("2026-01-05"),
  state: "confirmed",
  ...more,
});
const payment = (id: string, contractId: string, more: Partial<Payment> = {}): Payment => ({
  id,
  projectId: "1",
  contractId,
  voucher: `PZ-${id}`,
  amountFen: fen(10_000),
  paidOn: DAY,
  state: "entered",
  own: false,
  ...more,
});
const row = (more: Partial<SheetRow>): SheetRow => ({
  rowNumber: 5,
  voucher: "",
  contractNumber: "",
  projectCode: "",
  projectName: "",
  unitName: "",
  payee: "",
  purpose: "",
  amountText: "",
  amountFen: fen(10_000),
  paidText: "",
  paidOn: DAY,
  ...more,
});

const CITY: MatchFacts = {
  projects: [project("1"), project("2", { name: "项目1", unitName: "市水利局" }), project("3")],
  contracts: [contract("a", "1"), contract("b", "1"), contract("c", "2"), contract("d", "3", { state: "entered" })],
  payments: [
    payment("x", "a"),
    payment("y", "b", { amountFen: fen(7_000) }),
    payment("done", "a", { state: "confirmed", amountFen: fen(4_000), paidOn: localDate("2026-05-01") }),
    payment("back", "a", { state: "returned", amountFen: fen(3_000) }),
  ],
};
const outcome = (more: Partial<SheetRow>, facts: MatchFacts = CITY) => {
  const [found] = matchRows([row(more)], facts, { today: TODAY, dayTolerance: 5 });
  return found?.match === "unmatched" ? found.problem.code : found?.match;
};
const cityWith = (more: Partial<MatchFacts>): MatchFacts => ({ ...CITY, ...more });

describe("a row that cannot be understood", () => {
  it.each<[string, Partial<SheetRow>, string]>([
    ["no number", { amountFen: null }, "amountUnreadable"],
    ["nothing", { amountFen: fen(0) }, "amountNotPositive"],
    ["less than nothing", { amountFen: fen(-1) }, "amountNotPositive"],
    ["no day", { paidOn: null }, "dayUnreadable"],
    ["tomorrow", { paidOn: addDays(TODAY, 1) }, "dayInFuture"],
    ["nothing to look for", {}, "nothingToMatch"],
    ["an unknown voucher alone", { voucher: "PZ-999" }, "nothingToMatch"],
  ])("%s", (_name, more, expected) => {
    expect(outcome(more)).toBe(expected);
  });
});

describe("by voucher", () => {
  it.each<[string, Partial<SheetRow>, string]>([
    ["the entry", { voucher: "PZ-x" }, "confirms"],
    ["in full width and small letters", { voucher: "ｐｚ－x" }, "confirms"],
    ["whatever the day", { voucher: "PZ-x", paidOn: localDate("2026-01-05") }, "confirms"],
    ["one fen more", { voucher: "PZ-x", amountFen: fen(10_001) }, "amountDiffers"],
    ["confirmed before", { voucher: "PZ-done", amountFen: fen(4_000) }, "voucherConfirmed"],
    ["returned to its unit", { voucher: "PZ-back", amountFen: fen(3_000) }, "voucherNotOpen"],
    ["its own contract", { voucher: "PZ-x", contractNumber: "HT-a" }, "confirms"],
    ["another contract", { voucher: "PZ-x", contractNumber: "HT-b" }, "contractDiffers"],
  ])("%s", (_name, more, expected) => {
    expect(outcome(more)).toBe(expected);
  });

  it("entered by the person who applies: somebody else must", () => {
    expect(outcome({ voucher: "PZ-x" }, cityWith({ payments: [payment("x", "a", { own: true })] }))).toBe(
      "otherPerson",
    );
  });
  it("says by how much it differs", () => {
    const [found] = matchRows([row({ voucher: "PZ-x", amountFen: fen(9_000) })], CITY, {
      today: TODAY,
      dayTolerance: 5,
    });
    expect(found).toMatchObject({ problem: { facts: { enteredFen: 10_000, differenceFen: -1_000 } } });
  });
});

describe("by contract number, amount and day", () => {
  it.each<[string, Partial<SheetRow>, string]>([
    ["the same day", { contractNumber: "HT-a" }, "confirms"],
    ["five days off", { contractNumber: "HT-a", paidOn: addDays(DAY, 5) }, "confirms"],
    [
      "six days off, with a voucher: another payment",
      { contractNumber: "HT-a", voucher: "N", paidOn: addDays(DAY, 6) },
      "enters",
    ],
    ["six days off, without a voucher", { contractNumber: "HT-a", paidOn: addDays(DAY, 6) }, "voucherMissing"],
    ["another amount on that day", { contractNumber: "HT-a", amountFen: fen(9_999) }, "amountDiffers"],
    [
      "as one that is confirmed",
      { contractNumber: "HT-a", amountFen: fen(4_000), paidOn: localDate("2026-05-03") },
      "sameAsConfirmed",
    ],
    ["an unknown contract", { contractNumber: "HT-z" }, "contractUnknown"],
    ["a contract that waits", { contractNumber: "HT-d" }, "contractNotConfirmed"],
    [
      "a day before the contract",
      { contractNumber: "HT-c", voucher: "N", paidOn: localDate("2026-01-04") },
      "paidBeforeSigned",
    ],
    ["the whole contract", { contractNumber: "HT-c", voucher: "N", amountFen: fen(50_000) }, "enters"],
    ["one fen above the contract", { contractNumber: "HT-c", voucher: "N", amountFen: fen(50_001) }, "exceedsContract"],
  ])("%s", (_name, more, expected) => {
    expect(outcome(more)).toBe(expected);
  });
  it("two entries alike: nobody can tell which", () => {
    const twice = cityWith({ payments: [payment("x", "a"), payment("z", "a")] });
    expect(outcome({ contractNumber: "HT-a" }, twice)).toBe("twoCandidates");
    expect(outcome({ contractNumber: "HT-a", voucher: "PZ-z" }, twice)).toBe("confirms");
  });
});

describe("by project and amount", () => {
  it.each<[string, Partial<SheetRow>, string]>([
    ["by its code", { projectCode: "XM-1" }, "confirms"],
    ["by its code, whatever the day", { projectCode: "XM-1", paidOn: localDate("2026-02-02") }, "confirms"],
    ["a name that two have", { projectName: "项目1" }, "projectAmbiguous"],
    ["a name that two have, with the unit", { projectName: "项目 1", unitName: "市自然资源局" }, "confirms"],
    ["an unknown project", { projectName: "无此项目" }, "projectUnknown"],
    ["no entry, one contract", { projectCode: "XM-2", voucher: "N" }, "enters"],
    ["no entry, several contracts", { projectCode: "XM-1", amountFen: fen(1), voucher: "N" }, "contractUnclear"],
    [
      "no entry, several contracts, the payee tells",
      { projectCode: "XM-1", amountFen: fen(1), voucher: "N", payee: "公司b", paidOn: localDate("2026-03-01") },
      "enters",
    ],
    ["no contract that is confirmed", { projectCode: "XM-3", voucher: "N" }, "contractUnclear"],
  ])("%s", (_name, more, expected) => {
    expect(outcome(more)).toBe(expected);
  });
});

describe("what stops a confirmation", () => {
  it.each<[string, Partial<Project>, string]>([
    ["suspended", { stage: "suspended" }, "projectSuspended"],
    ["the gate is closed", { moneyOpen: false }, "gateClosed"],
    ["arrived to the fen", { arrivedFen: fen(14_000) }, "confirms"],
    ["one fen short", { arrivedFen: fen(13_999) }, "exceedsArrivals"],
  ])("%s", (_name, more, expected) => {
    expect(outcome({ voucher: "PZ-x" }, cityWith({ projects: [project("1", more)] }))).toBe(expected);
  });
  it("a closed project takes no new entry", () => {
    const closed = cityWith({ projects: [project("2", { stage: "archived" })] });
    expect(outcome({ contractNumber: "HT-c", voucher: "N" }, closed)).toBe("stageNotSpending");
  });
});

describe("rows of one sheet see each other", () => {
  const codes = (rows: Partial<SheetRow>[], facts = CITY) =>
    matchRows(
      rows.map((more, index) => row({ rowNumber: index + 2, ...more })),
      facts,
      { today: TODAY, dayTolerance: 5 },
    ).map((found) => (found.match === "unmatched" ? found.problem : found.match));

  it("one voucher twice", () => {
    expect(codes([{ voucher: "PZ-x" }, { voucher: "pz-x" }])).toEqual([
      "confirms",
      { code: "duplicateInSheet", facts: { row: 2 } },
    ]);
  });
  it("one payment by its voucher and by its contract", () => {
    expect(codes([{ voucher: "PZ-x" }, { contractNumber: "HT-a" }])).toEqual(["confirms", { code: "voucherMissing" }]);
  });
  it("together above the contract: the first fits", () => {
    const to = { contractNumber: "HT-c", amountFen: fen(30_000) };
    expect(
      codes([
        { ...to, voucher: "N1" },
        { ...to, voucher: "N2", paidOn: localDate("2026-07-01") },
      ]),
    ).toEqual([
      "enters",
      { code: "exceedsContract", facts: { limitFen: 50_000, othersFen: 30_000, amountFen: 30_000 } },
    ]);
  });
  it("together above what arrived: the first fits", () => {
    const poor = cityWith({ projects: [project("1", { arrivedFen: fen(14_000) })] });
    expect(codes([{ voucher: "PZ-x" }, { voucher: "PZ-y", amountFen: fen(7_000) }], poor)).toEqual([
      "confirms",
      { code: "exceedsArrivals", facts: { limitFen: 14_000, othersFen: 14_000, amountFen: 7_000 } },
    ]);
  });
});
