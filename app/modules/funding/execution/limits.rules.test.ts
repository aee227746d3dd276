import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { fen, type Fen } from "~/kernel/fen";
import { findTransition } from "~/kernel/lifecycle";
import type { EntryState } from "~/kernel/vocabulary";

import { ENTRY_LIFECYCLE, type EntryEvent, type EntryKind } from "./entry.lifecycle";
import { boundFen, countedTotals, entryProblems, revokeProblems, type Ledger } from "./limits.rules";

interface Row {
  id: string;
  state: EntryState;
  amountFen: Fen;
  contractId: string;
}
const row = (id: string, amount: number, state: EntryState = "confirmed", contractId = "c"): Row => ({
  id,
  state,
  amountFen: fen(amount),
  contractId,
});
const ledger = (more: Partial<Ledger>): Ledger => ({
  limitFen: fen(1_000),
  contracts: [],
  changes: [],
  arrivals: [],
  payments: [],
  ...more,
});
const candidate = (amount: number, contractId: string | null = null, id: string | null = null) => ({
  id,
  amountFen: fen(amount),
  contractId,
});
const codesOf = (refusals: readonly { code: string }[]) => refusals.map(({ code }) => code);

describe("contracts stay within the approved amount", () => {
  it.each<[string, Partial<Ledger>, number, string[]]>([
    ["to the fen", { contracts: [row("a", 400)] }, 600, []],
    ["one fen above", { contracts: [row("a", 400)] }, 601, ["contractsAboveApproved"]],
    ["what waits takes its room too", { contracts: [row("a", 400, "entered")] }, 601, ["contractsAboveApproved"]],
    ["what was returned takes none", { contracts: [row("a", 400, "returned")] }, 1_000, []],
    ["what is void takes none", { contracts: [row("a", 400, "void")] }, 1_000, []],
    [
      "an open rise takes its room",
      { contracts: [row("c", 400)], changes: [row("x", 500, "entered")] },
      501,
      ["contractsAboveApproved"],
    ],
    [
      "an open cut gives no room before it is confirmed",
      { contracts: [row("c", 400)], changes: [row("x", 100, "entered")] },
      601,
      ["contractsAboveApproved"],
    ],
    ["neither approved nor reviewed", { limitFen: null }, 1, ["notApprovedYet"]],
  ])("%s", (_name, more, amount, expected) => {
    expect(codesOf(entryProblems(ledger(more), "contract", candidate(amount), "enter"))).toEqual(expected);
  });

  it("its own row does not count against it when it is confirmed", () => {
    const own = ledger({ contracts: [row("a", 1_000, "entered")] });
    expect(entryProblems(own, "contract", candidate(1_000, null, "a"), "confirm")).toEqual([]);
  });

  it("says both figures", () => {
    expect(entryProblems(ledger({ contracts: [row("a", 400)] }), "contract", candidate(700), "enter")).toEqual([
      {
        code: "contractsAboveApproved",
        field: "amount",
        facts: { limitFen: 1_000, othersFen: 400, amountFen: 700 },
      },
    ]);
  });
});

describe("arrivals stay within the approved amount", () => {
  it.each([
    ["to the fen", 600, []],
    ["one fen above", 601, ["arrivalsAboveApproved"]],
  ])("%s", (_name, amount, expected) => {
    const some = ledger({ arrivals: [row("a", 300), row("b", 100, "entered"), row("d", 900, "void")] });
    expect(codesOf(entryProblems(some, "arrival", candidate(amount), "enter"))).toEqual(expected);
  });
});

describe("a change of a contract", () => {
  const some = ledger({
    contracts: [row("c", 500), row("d", 300), row("e", 100, "entered")],
    payments: [row("p", 200), row("q", 50, "entered"), row("r", 400, "void")],
  });
  it.each([
    ["up to what is left", 600, "c", []],
    ["one fen above what is left", 601, "c", ["contractsAboveApproved"]],
    ["down to what was paid or waits", 250, "c", []],
    ["one fen below", 249, "c", ["changeBelowPaid"]],
    ["of a contract that is not confirmed", 100, "e", ["contractNotConfirmed"]],
    ["of no contract", 100, "z", ["contractNotConfirmed"]],
  ])("%s", (_name, amount, contractId, expected) => {
    expect(codesOf(entryProblems(some, "contractChange", candidate(amount, contractId), "enter"))).toEqual(expected);
  });
  it("a cut fits also after the approved amount was lowered below the contracts", () => {
    const lowered = { ...some, limitFen: fen(600) };
    expect(entryProblems(lowered, "contractChange", candidate(499, "c"), "enter")).toEqual([]);
    expect(codesOf(entryProblems(lowered, "contractChange", candidate(501, "c"), "enter"))).toEqual([
      "contractsAboveApproved",
    ]);
  });
});

describe("a payment", () => {
  const some = ledger({
    contracts: [row("c", 500), row("e", 100, "entered")],
    arrivals: [row("a", 350), row("b", 900, "entered")],
    payments: [row("p", 200), row("q", 50, "entered")],
  });
  it.each<[string, number, string | null, "enter" | "confirm", string[]]>([
    ["up to the contract", 250, "c", "enter", []],
    ["one fen above the contract", 251, "c", "enter", ["paymentsAboveContract"]],
    ["confirmed up to what arrived", 150, "c", "confirm", []],
    ["one fen above what arrived", 151, "c", "confirm", ["paymentsAboveArrived"]],
    ["may be entered before the money arrived", 151, "c", "enter", []],
    ["on a contract that is not confirmed", 1, "e", "enter", ["contractNotConfirmed"]],
    ["without a contract", 1, null, "confirm", ["contractNotConfirmed"]],
  ])("%s", (_name, amount, contractId, step, expected) => {
    expect(codesOf(entryProblems(some, "payment", candidate(amount, contractId), step))).toEqual(expected);
  });
});

describe("taking back", () => {
  const some = ledger({
    contracts: [row("c", 500), row("d", 300), row("e", 100)],
    changes: [row("x", 400, "entered", "d")],
    arrivals: [row("a", 250), row("b", 100)],
    payments: [row("p", 200), row("q", 50, "entered")],
  });
  it.each<[string, EntryKind, Row, string[]]>([
    ["a contract with payments", "contract", row("c", 500), ["contractHasPayments"]],
    ["a contract with an open change", "contract", row("d", 300), ["contractChangeOpen"]],
    ["a contract with neither", "contract", row("e", 100), []],
    ["an arrival that the rest covers", "arrival", row("b", 100), []],
    ["an arrival that was spent", "arrival", row("a", 250), ["arrivalsBelowPaid"]],
    ["a payment", "payment", row("p", 200), []],
  ])("%s", (_name, kind, entry, expected) => {
    expect(codesOf(revokeProblems(some, kind, entry))).toEqual(expected);
  });
});

describe("under any sequence of edits the sums hold", () => {
  type Mutable = {
    [Key in "contracts" | "changes" | "arrivals" | "payments"]: Row[];
  };
  const LISTS = { contract: "contracts", contractChange: "changes", arrival: "arrivals", payment: "payments" } as const;
  const kinds = fc.constantFrom<EntryKind>("contract", "contractChange", "arrival", "payment");
  const steps = fc.oneof(
    fc.record({
      step: fc.constant("enter" as const),
      kind: kinds,
      amount: fc.integer({ min: 1, max: 300 }),
      on: fc.nat(20),
    }),
    fc.record({
      step: fc.constantFrom<EntryEvent>("correct", "confirm", "confirm", "return", "withdraw", "revoke"),
      kind: kinds,
      amount: fc.integer({ min: 1, max: 300 }),
      on: fc.nat(20),
    }),
  );

  /** The verbs without a database: what the rules permit is done, what they refuse is not. */
  function run(sequence: readonly { step: "enter" | EntryEvent; kind: EntryKind; amount: number; on: number }[]) {
    const money: Mutable = { contracts: [], changes: [], arrivals: [], payments: [] };
    const now = (): Ledger => ({ limitFen: fen(1_000), ...money });
    let made = 0;
    for (const { step, kind, amount, on } of sequence) {
      const list = money[LISTS[kind]];
      const contractId = money.contracts[on % Math.max(1, money.contracts.length)]?.id ?? "";
      if (step === "enter") {
        const oneOpen =
          kind === "contractChange" && list.some((c) => c.contractId === contractId && c.state === "entered");
        if (!oneOpen && entryProblems(now(), kind, candidate(amount, contractId), "enter").length === 0)
          list.push(row(`${kind}${++made}`, amount, "entered", contractId));
        continue;
      }
      const entry = list[on % Math.max(1, list.length)];
      const to = entry && findTransition(ENTRY_LIFECYCLE, entry.state, step)?.to;
      if (!to || (step === "revoke" && kind === "contractChange")) continue;
      const changed = step === "correct" ? { ...entry, amountFen: fen(amount) } : entry;
      const reopened = entry.state === "returned" && kind === "contractChange";
      if (reopened && list.some((c) => c.contractId === entry.contractId && c.state === "entered")) continue;
      const problems =
        step === "correct"
          ? entryProblems(now(), kind, changed, "enter")
          : step === "confirm"
            ? entryProblems(now(), kind, entry, "confirm")
            : step === "revoke"
              ? revokeProblems(now(), kind, entry)
              : [];
      if (problems.length > 0) continue;
      Object.assign(entry, { state: to, amountFen: changed.amountFen });
      const contract = money.contracts.find(({ id }) => id === entry.contractId);
      if (step === "confirm" && kind === "contractChange" && contract) contract.amountFen = entry.amountFen;
    }
    return now();
  }

  it("paid ≤ contract, contracts ≤ approved, arrived ≤ approved, paid ≤ arrived, totals = Σ rows", () => {
    let confirmedPayments = 0;
    fc.assert(
      fc.property(fc.array(steps, { minLength: 60, maxLength: 150, size: "max" }), (sequence) => {
        const after = run(sequence);
        const { contractedFen, arrivedFen, paidFen } = countedTotals(after);
        expect(boundFen(after)).toBeLessThanOrEqual(1_000);
        expect(contractedFen).toBeLessThanOrEqual(1_000);
        expect(arrivedFen).toBeLessThanOrEqual(1_000);
        expect(paidFen).toBeLessThanOrEqual(arrivedFen);
        for (const contract of after.contracts) {
          const paid = after.payments.filter((p) => p.contractId === contract.id && p.state === "confirmed");
          const sum = paid.reduce((s, p) => s + p.amountFen, 0);
          expect(sum).toBeLessThanOrEqual(contract.state === "confirmed" ? contract.amountFen : 0);
          confirmedPayments += paid.length;
        }
        const byHand = after.payments.filter((p) => p.state === "confirmed").reduce((s, p) => s + p.amountFen, 0);
        expect(paidFen).toBe(byHand);
      }),
      { numRuns: 400, seed: 20260720 },
    );
    // Otherwise the sequences would prove nothing.
    expect(confirmedPayments).toBeGreaterThan(20);
  });
});
