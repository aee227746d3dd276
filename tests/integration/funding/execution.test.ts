import { and, eq } from "drizzle-orm";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import {
  arrivals,
  auditEntries,
  contractChanges,
  contracts,
  domainEvents,
  messages,
  payments,
  projects,
  sanctions,
} from "@db/schema";
import { makeCity, makeUnit, type TestCity } from "@tests/support/factories";
import {
  arrivalOf,
  changeOf,
  contractOf,
  makePurses,
  makeSpending,
  PAPER,
  paymentOf,
  type Purses,
} from "@tests/support/factories/execution";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import { confirmEntry } from "~/modules/funding/execution/confirm-entry.server";
import { correctEntry } from "~/modules/funding/execution/correct-entry.server";
import { enterEntry } from "~/modules/funding/execution/enter-entry.server";
import type { EntryKind } from "~/modules/funding/execution/entry.lifecycle";
import { countedTotals } from "~/modules/funding/execution/limits.rules";
import { ledgerOf, readLedgerRows } from "~/modules/funding/execution/read-ledger.server";
import { returnEntry } from "~/modules/funding/execution/return-entry.server";
import { revokeEntry } from "~/modules/funding/execution/revoke-entry.server";
import { withdrawEntry } from "~/modules/funding/execution/withdraw-entry.server";
import { newId } from "~/platform/ids.server";

const db = testDatabase();
let city: TestCity;
let purses: Purses;
beforeAll(async () => {
  city = await makeCity(db);
  purses = await makePurses(city);
});
const filer = () => city.ctx(purses.filer);
const finance = () => city.ctx(purses.finance);
const finance2 = () => city.ctx(purses.finance2);
const ref = (kind: EntryKind, entryId: string, version = 1) => ({ kind, entryId, version });
const refusedWith = (...codes: string[]) => ({ ok: false, refusals: codes.map((code) => ({ code })) });

async function confirmedContract(projectId: string, amount: number): Promise<string> {
  const { id } = accepted(await enterEntry(filer(), projectId, contractOf(amount)));
  accepted(await confirmEntry(finance(), ref("contract", id)));
  return id;
}
async function confirmedArrival(projectId: string, amount: number): Promise<string> {
  const { id } = accepted(await enterEntry(finance(), projectId, arrivalOf(amount)));
  accepted(await confirmEntry(filer(), ref("arrival", id)));
  return id;
}
const contractRow = async (id: string) => (await db.select().from(contracts).where(eq(contracts.id, id)))[0];

describe("a contract", () => {
  it("is entered by the unit and counts once finance confirmed it, each with audit, event and message", async () => {
    const projectId = await makeSpending(city);
    const { id } = accepted(await enterEntry(filer(), projectId, contractOf(60_000), PAPER));
    expect(await contractRow(id)).toMatchObject({
      state: "entered",
      enteredBy: purses.filer.userId,
      amountFen: 60_000,
    });
    expect((await contractRow(id))?.fileId).toBeTruthy();
    const told = and(eq(messages.userId, purses.finance.userId), eq(messages.href, `/funding/entries/contract/${id}`));
    expect(await db.$count(messages, told)).toBe(1);
    accepted(await confirmEntry(finance(), ref("contract", id)));
    expect(await contractRow(id)).toMatchObject({ state: "confirmed", confirmedBy: purses.finance.userId, version: 2 });
    const events = await db.select().from(domainEvents).where(eq(domainEvents.subjectId, id));
    expect(events.map(({ type }) => type)).toEqual(["contractEntered", "contractConfirmed"]);
    expect(events[1]?.payload).toMatchObject({ projectId, amountFen: 60_000 });
    expect(await db.$count(auditEntries, eq(auditEntries.objectId, id))).toBe(2);
  });

  it("above the approved amount is refused with both figures, before and after other contracts", async () => {
    const projectId = await makeSpending(city);
    const alone = await enterEntry(filer(), projectId, contractOf(100_001));
    expect(alone).toMatchObject({
      refusals: [{ code: "contractsAboveApproved", facts: { limitFen: 100_000, othersFen: 0, amountFen: 100_001 } }],
    });
    accepted(await enterEntry(filer(), projectId, contractOf(60_000)));
    expect(await enterEntry(filer(), projectId, contractOf(40_001))).toMatchObject(
      refusedWith("contractsAboveApproved"),
    );
    accepted(await enterEntry(filer(), projectId, contractOf(40_000)));
  });

  it("of two that race to exceed it together, one is refused", async () => {
    const projectId = await makeSpending(city);
    const results = await Promise.all([
      enterEntry(filer(), projectId, contractOf(60_000)),
      enterEntry(filer(), projectId, contractOf(60_000)),
      enterEntry(city.ctx(await city.as("filer")), projectId, contractOf(60_000)),
    ]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject(refusedWith("contractsAboveApproved"));
    expect(await db.$count(contracts, eq(contracts.projectId, projectId))).toBe(1);
  });

  it("before the approval the reviewed amount is the limit; before the procurement none is entered", async () => {
    const reviewed = await makeSpending(city, { approvedFen: null, reviewedFen: fen(500) });
    expect(await enterEntry(filer(), reviewed, contractOf(501))).toMatchObject(refusedWith("contractsAboveApproved"));
    const early = await makeSpending(city, { stage: "approved" });
    expect(await enterEntry(filer(), early, contractOf(1))).toMatchObject(refusedWith("stageNotSpending"));
    const suspended = await makeSpending(city, { stage: "suspended" });
    expect(await enterEntry(filer(), suspended, contractOf(1))).toMatchObject(refusedWith("stageNotSpending"));
  });

  it("tells every field that is wrong at once", async () => {
    const projectId = await makeSpending(city);
    const { id } = accepted(await enterEntry(filer(), projectId, contractOf(1_000, { number: "HT-1" })));
    expect(id).toBeTruthy();
    const notAnOperator = city.otherUnitId;
    const result = await enterEntry(
      filer(),
      projectId,
      contractOf(1_000, {
        number: "HT-1",
        signedOn: localDate("2026-07-21"),
        endsOn: localDate("2026-07-01"),
        operatorUnitId: notAnOperator,
      }),
    );
    expect(result).toMatchObject(refusedWith("dayInFuture", "endsBeforeSigned", "numberTaken", "operatorUnknown"));
    accepted(await enterEntry(filer(), projectId, contractOf(1_000, { operatorUnitId: city.operatorUnitId })));
  });

  it("the same number twice at the same moment: one is told that it is taken", async () => {
    const [one, other] = [await makeSpending(city), await makeSpending(city)];
    const number = newId();
    const results = await Promise.all([one, other].map((id) => enterEntry(filer(), id, contractOf(1_000, { number }))));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject(refusedWith("numberTaken"));
  });

  it("is returned with a reason, corrected by the unit, confirmed; withdrawn with a reason it takes no room", async () => {
    const projectId = await makeSpending(city);
    const { id } = accepted(await enterEntry(filer(), projectId, contractOf(90_000)));
    expect(await returnEntry(finance(), { ...ref("contract", id), reason: " " })).toMatchObject(
      refusedWith("reasonGiven"),
    );
    accepted(await returnEntry(finance(), { ...ref("contract", id), reason: "金额与扫描件不符" }));
    expect(await contractRow(id)).toMatchObject({ state: "returned", stateReason: "金额与扫描件不符" });
    accepted(await correctEntry(filer(), { entryId: id, version: 2 }, contractOf(80_000)));
    expect(await contractRow(id)).toMatchObject({ state: "entered", amountFen: 80_000, stateReason: null, version: 3 });
    accepted(await confirmEntry(finance(), ref("contract", id, 3)));
    const second = accepted(await enterEntry(filer(), projectId, contractOf(20_000)));
    accepted(await withdrawEntry(filer(), { ...ref("contract", second.id), reason: "重复登记" }));
    accepted(await enterEntry(filer(), projectId, contractOf(20_000)));
  });

  it("is revoked while nothing was paid on it", async () => {
    const projectId = await makeSpending(city);
    const [free, paid] = [await confirmedContract(projectId, 1_000), await confirmedContract(projectId, 1_000)];
    accepted(await enterEntry(filer(), projectId, paymentOf(paid, 1)));
    const reason = "合同解除";
    expect(await revokeEntry(finance2(), { ...ref("contract", paid, 2), reason })).toMatchObject({
      refusals: [{ code: "contractHasPayments", facts: { paidFen: 1 } }],
    });
    accepted(await revokeEntry(finance2(), { ...ref("contract", free, 2), reason }));
    expect(await contractRow(free)).toMatchObject({ state: "void", stateReason: reason });
  });

  it("other unit's filer 404, other region's finance 404, bureau 403, unit leader 403", async () => {
    const projectId = await makeSpending(city);
    const { id } = accepted(await enterEntry(filer(), projectId, contractOf(1_000)));
    const foreign = city.ctx(await city.as("filer", city.otherUnitId));
    await expect(enterEntry(foreign, projectId, contractOf(1))).rejects.toMatchObject({ kind: "notFound" });
    const elsewhere = await makeCity(db);
    const stranger = elsewhere.ctx(await elsewhere.as("financeReviewer"));
    await expect(confirmEntry(stranger, ref("contract", id))).rejects.toMatchObject({ kind: "notFound" });
    for (const role of ["bureauReviewer", "unitLead"] as const) {
      const actor = city.ctx(await city.as(role));
      await expect(confirmEntry(actor, ref("contract", id))).rejects.toMatchObject({ kind: "forbidden" });
      await expect(enterEntry(actor, projectId, contractOf(1))).rejects.toMatchObject({ kind: "forbidden" });
    }
    await expect(confirmEntry(filer(), ref("contract", id))).rejects.toMatchObject({ kind: "forbidden" });
    await expect(confirmEntry(finance(), ref("contract", newId()))).rejects.toMatchObject({ kind: "notFound" });
  });

  it("confirmed twice at once has one effect, a stale version is a conflict", async () => {
    const projectId = await makeSpending(city);
    const { id } = accepted(await enterEntry(filer(), projectId, contractOf(1_000)));
    const results = await Promise.allSettled([
      confirmEntry(finance(), ref("contract", id)),
      confirmEntry(finance2(), ref("contract", id)),
    ]);
    expect(results.filter((r) => r.status === "fulfilled" && r.value.ok)).toHaveLength(1);
    expect(results.find((r) => r.status === "rejected")?.reason).toMatchObject({ kind: "conflict" });
    expect(await confirmEntry(finance(), ref("contract", id, 2))).toMatchObject(refusedWith("notInThisState"));
    const confirmed = and(eq(domainEvents.subjectId, id), eq(domainEvents.type, "contractConfirmed"));
    expect(await db.$count(domainEvents, confirmed)).toBe(1);
  });
});

describe("a change of a contract", () => {
  it("alters the contract when finance confirms it, and both figures stay in its history", async () => {
    const projectId = await makeSpending(city);
    const contractId = await confirmedContract(projectId, 60_000);
    const { id } = accepted(await enterEntry(filer(), projectId, changeOf(contractId, 70_000), PAPER));
    expect((await contractRow(contractId))?.amountFen).toBe(60_000);
    accepted(await confirmEntry(finance(), ref("contractChange", id)));
    expect(await contractRow(contractId)).toMatchObject({ amountFen: 70_000, version: 3 });
    const [change] = await db.select().from(contractChanges).where(eq(contractChanges.id, id));
    expect(change).toMatchObject({ number: 1, beforeFen: 60_000, afterFen: 70_000, state: "confirmed" });
    const next = accepted(await enterEntry(filer(), projectId, changeOf(contractId, 65_000), PAPER));
    const [second] = await db.select().from(contractChanges).where(eq(contractChanges.id, next.id));
    expect(second).toMatchObject({ number: 2, beforeFen: 70_000 });
  });

  it("is refused above the approved amount, below what was paid, without paper, without a change, or a second one", async () => {
    const projectId = await makeSpending(city);
    const contractId = await confirmedContract(projectId, 60_000);
    accepted(await enterEntry(filer(), projectId, paymentOf(contractId, 30_000)));
    const enter = (amount: number, paper = true) =>
      enterEntry(filer(), projectId, changeOf(contractId, amount, paper), PAPER);
    expect(await enter(100_001)).toMatchObject(refusedWith("contractsAboveApproved"));
    expect(await enter(29_999)).toMatchObject({
      refusals: [{ code: "changeBelowPaid", facts: { paidFen: 30_000, amountFen: 29_999 } }],
    });
    expect(await enter(50_000, false)).toMatchObject(refusedWith("paperMissing"));
    expect(await enter(60_000)).toMatchObject(refusedWith("changesNothing"));
    accepted(await enter(30_000));
    expect(await enter(40_000)).toMatchObject(refusedWith("changeStillOpen"));
  });
});

describe("money that arrived", () => {
  it("is entered by finance and confirmed by the unit or by a second person of finance, never by the same", async () => {
    const projectId = await makeSpending(city, { stage: "approved" });
    const { id } = accepted(await enterEntry(finance(), projectId, arrivalOf(40_000)));
    expect(await confirmEntry(finance(), ref("arrival", id))).toMatchObject(refusedWith("otherPerson"));
    accepted(await confirmEntry(finance2(), ref("arrival", id)));
    await confirmedArrival(projectId, 60_000);
    expect(await enterEntry(finance(), projectId, arrivalOf(1))).toMatchObject(refusedWith("arrivalsAboveApproved"));
    const tomorrow = arrivalOf(1, { arrivedOn: localDate("2026-07-21") });
    expect(await enterEntry(finance(), projectId, tomorrow)).toMatchObject(
      refusedWith("dayInFuture", "arrivalsAboveApproved"),
    );
    await expect(enterEntry(filer(), projectId, arrivalOf(1))).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("who acts for the person who entered it counts as that person", async () => {
    const projectId = await makeSpending(city);
    const { id } = accepted(await enterEntry(finance(), projectId, arrivalOf(1_000)));
    const deputy = {
      ...purses.finance2,
      delegations: [
        { fromUserId: purses.finance.userId, fromName: purses.finance.name, role: "financeReviewer" as const },
      ],
    } as typeof purses.finance2;
    expect(await confirmEntry(city.ctx(deputy), ref("arrival", id))).toMatchObject(refusedWith("otherPerson"));
  });

  it("is not revoked below what was paid", async () => {
    const projectId = await makeSpending(city);
    const contractId = await confirmedContract(projectId, 50_000);
    const [first, second] = [await confirmedArrival(projectId, 30_000), await confirmedArrival(projectId, 10_000)];
    const { id } = accepted(await enterEntry(filer(), projectId, paymentOf(contractId, 30_000)));
    accepted(await confirmEntry(finance(), ref("payment", id)));
    const reason = "指标收回";
    expect(await revokeEntry(finance2(), { ...ref("arrival", first, 2), reason })).toMatchObject({
      refusals: [{ code: "arrivalsBelowPaid", facts: { restFen: 10_000, paidFen: 30_000 } }],
    });
    expect(await revokeEntry(finance(), { ...ref("arrival", second, 2), reason })).toMatchObject(
      refusedWith("otherPerson"),
    );
    accepted(await revokeEntry(finance2(), { ...ref("arrival", second, 2), reason }));
  });
});

describe("a payment", () => {
  it("is entered on a confirmed contract and counts once finance confirmed it", async () => {
    const projectId = await makeSpending(city);
    const contractId = await confirmedContract(projectId, 50_000);
    await confirmedArrival(projectId, 30_000);
    const { id } = accepted(await enterEntry(filer(), projectId, paymentOf(contractId, 30_000)));
    accepted(await confirmEntry(finance(), ref("payment", id)));
    const [event] = await db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectId, id), eq(domainEvents.type, "paymentConfirmed")));
    expect(event?.payload).toMatchObject({ projectId, contractId, amountFen: 30_000 });
  });

  it("above its contract is refused when entered, above what arrived when confirmed, each with the figures", async () => {
    const projectId = await makeSpending(city);
    const contractId = await confirmedContract(projectId, 50_000);
    await confirmedArrival(projectId, 20_000);
    expect(await enterEntry(filer(), projectId, paymentOf(contractId, 50_001))).toMatchObject({
      refusals: [{ code: "paymentsAboveContract", facts: { limitFen: 50_000, othersFen: 0, amountFen: 50_001 } }],
    });
    const { id } = accepted(await enterEntry(filer(), projectId, paymentOf(contractId, 20_001)));
    expect(await confirmEntry(finance(), ref("payment", id))).toMatchObject({
      refusals: [{ code: "paymentsAboveArrived", facts: { limitFen: 20_000, othersFen: 0, amountFen: 20_001 } }],
    });
  });

  it("a future day, a day before the contract, a voucher used before, a contract not confirmed", async () => {
    const projectId = await makeSpending(city);
    const contractId = await confirmedContract(projectId, 50_000);
    const waiting = accepted(await enterEntry(filer(), projectId, contractOf(1_000)));
    const enter = (more: Parameters<typeof paymentOf>[2], on = contractId) =>
      enterEntry(filer(), projectId, paymentOf(on, 10, more));
    accepted(await enter({ voucher: "PZ-1" }));
    expect(await enter({ voucher: "PZ-1" })).toMatchObject(refusedWith("voucherTaken"));
    const wrong = accepted(await enter({ voucher: "PZ-2" }));
    accepted(await withdrawEntry(filer(), { ...ref("payment", wrong.id), reason: "凭证号登记在了别的合同上" }));
    accepted(await enter({ voucher: "PZ-2" }));
    expect(await enter({ paidOn: localDate("2026-07-21") })).toMatchObject(refusedWith("dayInFuture"));
    expect(await enter({ paidOn: localDate("2026-03-01") })).toMatchObject(refusedWith("paidBeforeSigned"));
    accepted(await enter({ paidOn: localDate("2026-07-20") }));
    expect(await enter({}, waiting.id)).toMatchObject(refusedWith("contractNotConfirmed"));
  });

  it("of two confirmations that together exceed what arrived, one is refused", async () => {
    const projectId = await makeSpending(city);
    const contractId = await confirmedContract(projectId, 50_000);
    await confirmedArrival(projectId, 20_000);
    const [one, other] = [
      accepted(await enterEntry(filer(), projectId, paymentOf(contractId, 15_000))),
      accepted(await enterEntry(filer(), projectId, paymentOf(contractId, 15_000))),
    ];
    const results = await Promise.all([
      confirmEntry(finance(), ref("payment", one.id)),
      confirmEntry(finance2(), ref("payment", other.id)),
    ]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject(refusedWith("paymentsAboveArrived"));
  });

  it("is not confirmed while the project is suspended or the unit's gate is closed, and is when the cause is gone", async () => {
    const unitId = await makeUnit(db, city.regionId, `单位${newId()}`);
    const owner = city.ctx(await city.as("filer", unitId));
    const projectId = await makeSpending(city, { unitId });
    const contract = accepted(await enterEntry(owner, projectId, contractOf(50_000)));
    accepted(await confirmEntry(finance(), ref("contract", contract.id)));
    const arrival = accepted(await enterEntry(finance(), projectId, arrivalOf(50_000)));
    accepted(await confirmEntry(owner, ref("arrival", arrival.id)));
    const { id } = accepted(await enterEntry(owner, projectId, paymentOf(contract.id, 10_000)));
    const sanctionId = newId();
    await db.insert(sanctions).values({
      id: sanctionId,
      regionId: city.regionId,
      unitId,
      number: 1,
      rung: "postpone",
      state: "standing",
      reason: "未按要求共享数据",
      fromOn: localDate("2026-07-01"),
      proposedBy: "a",
      proposedAt: new Date(),
      imposedBy: "b",
    });
    expect(await confirmEntry(finance(), ref("payment", id))).toMatchObject({
      refusals: [{ code: "gateClosed", facts: { count: 1 } }],
    });
    await db
      .update(sanctions)
      .set({ state: "lifted", liftedOn: localDate("2026-07-20") })
      .where(eq(sanctions.id, sanctionId));
    await db.update(projects).set({ stage: "suspended" }).where(eq(projects.id, projectId));
    expect(await confirmEntry(finance(), ref("payment", id))).toMatchObject(refusedWith("projectSuspended"));
    await db.update(projects).set({ stage: "implementation" }).where(eq(projects.id, projectId));
    accepted(await confirmEntry(finance(), ref("payment", id)));
  });
});

describe("under any sequence of edits the sums hold in the database too", () => {
  const KINDS = ["contract", "contractChange", "arrival", "payment"] as const;
  type Step = { readonly step: number; readonly kind: number; readonly amount: number; readonly on: number };

  async function take(projectId: string, { step, kind: k, amount, on }: Step): Promise<boolean> {
    const kind = KINDS[k % KINDS.length] ?? "contract";
    const rows = await readLedgerRows(db, projectId);
    const contractId = rows.contracts[on % Math.max(1, rows.contracts.length)]?.id ?? newId();
    const entering = kind === "arrival" ? finance() : filer();
    const draft = {
      contract: () => contractOf(amount),
      contractChange: () => changeOf(contractId, amount),
      arrival: () => arrivalOf(amount),
      payment: () => paymentOf(contractId, amount),
    }[kind]();
    if (step % 3 === 0) return (await enterEntry(entering, projectId, draft, PAPER)).ok;
    const list = {
      contract: rows.contracts,
      contractChange: rows.changes,
      arrival: rows.arrivals,
      payment: rows.payments,
    };
    const entry = list[kind][on % Math.max(1, list[kind].length)];
    if (!entry) return false;
    const at = { kind, entryId: entry.id, version: entry.version };
    const reason = "随机";
    if (step % 3 === 1) return (await confirmEntry(finance2(), at)).ok;
    switch (step % 12) {
      case 2:
        return (await returnEntry(finance2(), { ...at, reason })).ok;
      case 5:
        return (await withdrawEntry(entering, { ...at, reason })).ok;
      case 8:
        return (await correctEntry(entering, at, draft, PAPER)).ok;
      default:
        return kind !== "contractChange" && (await revokeEntry(finance2(), { ...at, reason })).ok;
    }
  }

  it("paid ≤ contract, contracts ≤ approved, paid ≤ arrived, project totals = Σ rows", async () => {
    let done = 0;
    const step = fc.record({
      step: fc.nat(23),
      kind: fc.nat(3),
      amount: fc.integer({ min: 1, max: 30_000 }),
      on: fc.nat(9),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 60, size: "max" }), async (steps) => {
        const projectId = await makeSpending(city);
        for (const each of steps) done += (await take(projectId, each)) ? 1 : 0;
        const rows = await readLedgerRows(db, projectId);
        const totals = countedTotals(ledgerOf({ approvedFen: fen(100_000), reviewedFen: null }, rows));
        expect(totals.contractedFen).toBeLessThanOrEqual(100_000);
        expect(totals.arrivedFen).toBeLessThanOrEqual(100_000);
        expect(totals.paidFen).toBeLessThanOrEqual(totals.arrivedFen);
        for (const { id, amountFen, state } of rows.contracts) {
          const own = rows.payments.filter((p) => p.contractId === id && p.state === "confirmed");
          const paid = own.reduce((sum, p) => sum + p.amountFen, 0);
          expect(paid).toBeLessThanOrEqual(state === "confirmed" ? amountFen : 0);
          const changes = rows.changes.filter((c) => c.contractId === id && c.state === "confirmed");
          if (changes.length > 0) expect(changes.map((c) => c.afterFen)).toContain(amountFen);
        }
        for (const [kind, table] of Object.entries({ contract: contracts, arrival: arrivals, payment: payments })) {
          const events = await db
            .select()
            .from(domainEvents)
            .where(and(eq(domainEvents.type, `${kind}Entered`)));
          const own = events.filter(({ payload }) => (payload as { projectId?: string }).projectId === projectId);
          expect(own).toHaveLength(await db.$count(table, eq(table.projectId, projectId)));
        }
      }),
      { numRuns: 5, seed: 20260720 },
    );
    // Otherwise the sequences would prove nothing.
    expect(done).toBeGreaterThan(30);
  }, 60_000);
});
