import { and, asc, eq } from "drizzle-orm";
import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";

import {
  auditEntries,
  domainEvents,
  fundingPlanAdjustments,
  fundingPlans,
  fundingSources,
  messages,
  outbox,
  projects,
  units,
  yearSplits,
} from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { accepted, makeDraft } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { fen, type Fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import { confirmAdjustment } from "~/modules/funding/plan/confirm-adjustment.server";
import { declineAdjustment } from "~/modules/funding/plan/decline-adjustment.server";
import { exportedPlans, listPlans, readPlan, readPlanQuery } from "~/modules/funding/plan/plan.queries.server";
import { planSheet } from "~/modules/funding/plan/plan-sheet.server";
import { proposeAdjustment } from "~/modules/funding/plan/propose-adjustment.server";
import { withdrawAdjustment } from "~/modules/funding/plan/withdraw-adjustment.server";
import { newId } from "~/platform/ids.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
const TODAY = localDate("2026-07-20");
let city: TestCity;
let finance: Actor;
let colleague: Actor;
beforeEach(async () => {
  city = await makeCity(db);
  finance = await city.as("financeReviewer");
  colleague = await city.as("financeReviewer");
});

interface Proposed {
  readonly version?: number | null;
  readonly after?: number;
  readonly reason?: string;
  readonly basis?: string;
  readonly unitId?: string;
  readonly by?: Actor;
}

const propose = ({
  version = null,
  after = 500,
  reason = "年初预算",
  basis = "鹤财预〔2026〕1号",
  ...more
}: Proposed = {}) =>
  proposeAdjustment(city.ctx(more.by ?? finance), {
    unitId: more.unitId ?? city.unitId,
    year: 2026,
    source: "cityBudget",
    version,
    afterFen: after as Fen,
    reason,
    basis,
  });

async function planRow() {
  const [plan] = await db.select().from(fundingPlans).where(eq(fundingPlans.regionId, city.regionId));
  return plan;
}

const adjustmentsOf = () =>
  db
    .select()
    .from(fundingPlanAdjustments)
    .where(eq(fundingPlanAdjustments.regionId, city.regionId))
    .orderBy(asc(fundingPlanAdjustments.number));

/** What waits, as its page shows it. */
async function waiting() {
  const adjustment = (await adjustmentsOf()).find(({ state }) => state === "proposed");
  if (!adjustment) throw new Error("nothing waits");
  return { adjustmentId: adjustment.id, version: adjustment.version };
}

/** A plan whose first amount is in force. */
async function standingPlan(after = 500) {
  accepted(await propose({ after }));
  accepted(await confirmAdjustment(city.ctx(colleague), await waiting()));
  const plan = await planRow();
  if (!plan) throw new Error("no plan");
  return plan;
}

describe("proposeAdjustment", () => {
  it("makes the plan with nothing in it, adjustment 1 from 0, and tells the colleagues", async () => {
    const { planId } = accepted(await propose());
    expect(await planRow()).toMatchObject({ id: planId, amountFen: 0, year: 2026, source: "cityBudget" });
    expect(await adjustmentsOf()).toMatchObject([
      { number: 1, beforeFen: 0, afterFen: 500, state: "proposed", proposedBy: finance.userId, reason: "年初预算" },
    ]);
    const told = (userId: string) =>
      db.$count(messages, and(eq(messages.userId, userId), eq(messages.href, `/funding/plan/${planId}`)));
    expect(await Promise.all([told(colleague.userId), told(finance.userId)])).toEqual([1, 0]);
    const rows = await Promise.all([
      db.$count(auditEntries, and(eq(auditEntries.objectId, planId), eq(auditEntries.action, "plan:propose"))),
      db.$count(domainEvents, and(eq(domainEvents.subjectId, planId), eq(domainEvents.type, "planAdjustmentProposed"))),
      db.$count(outbox, and(eq(outbox.subjectId, planId), eq(outbox.topic, "planAdjustmentProposed"))),
    ]);
    expect(rows).toEqual([1, 1, 1]);
  });

  it.each<[string, Proposed, string, string]>([
    ["the same amount", { after: 500 }, "planUnchanged", "after"],
    ["less than nothing", { after: -1 }, "planNegative", "after"],
    ["no reason", { reason: " " }, "reasonMissing", "reason"],
    ["no paper", { basis: "" }, "basisMissing", "basis"],
  ])("is refused for %s, at its field", async (_name, more, code, field) => {
    const { version } = await standingPlan(500);
    const result = await propose({ version, after: 600, ...more });
    expect(result).toMatchObject({ ok: false, refusals: [{ code, field }] });
    expect(await adjustmentsOf()).toHaveLength(1);
  });

  it("a first plan of nothing is refused and leaves no plan behind", async () => {
    expect(await propose({ after: 0 })).toMatchObject({ ok: false, refusals: [{ code: "planUnchanged" }] });
    expect(await planRow()).toBeUndefined();
  });

  it("is refused while another waits, and for a unit that was closed", async () => {
    accepted(await propose());
    const plan = await planRow();
    expect(await propose({ version: plan?.version ?? 0, after: 7 })).toMatchObject({
      refusals: [{ code: "adjustmentOpen", facts: { number: 1 } }],
    });
    await db
      .update(units)
      .set({ closedOn: localDate("2026-01-01") })
      .where(eq(units.id, city.otherUnitId));
    expect(await propose({ unitId: city.otherUnitId })).toMatchObject({ refusals: [{ code: "unitClosed" }] });
  });

  it("a stale version is a conflict; of two first proposals at once one is taken", async () => {
    const { version } = await standingPlan();
    await expect(propose({ version: version - 1, after: 7 })).rejects.toMatchObject({ kind: "conflict" });
    await expect(propose({ version: null, after: 7 })).rejects.toMatchObject({ kind: "conflict" });
    const twice = await Promise.allSettled([1, 2].map(() => propose({ unitId: city.otherUnitId })));
    expect(twice.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await adjustmentsOf()).toHaveLength(2);
  });

  it("who is not finance gets 403, another region's finance and an unknown unit 404", async () => {
    for (const role of ["bureauReviewer", "leader", "auditor"] as const)
      await expect(propose({ by: await city.as(role) })).rejects.toMatchObject({ kind: "forbidden" });
    await expect(propose({ by: await city.as("filer") })).rejects.toMatchObject({ kind: "forbidden" });
    const stranger = await (await makeCity(db)).as("financeReviewer");
    await expect(propose({ by: stranger })).rejects.toMatchObject({ kind: "notFound" });
    await expect(propose({ unitId: newId() })).rejects.toMatchObject({ kind: "notFound" });
  });
});

describe("deciding an adjustment", () => {
  it("a second person confirms: the plan is what it proposed, and its proposer is told", async () => {
    const { planId } = accepted(await propose());
    accepted(await confirmAdjustment(city.ctx(colleague), { ...(await waiting()), opinion: "与预算批复一致" }));
    expect(await planRow()).toMatchObject({ amountFen: 500 });
    expect(await adjustmentsOf()).toMatchObject([
      { state: "confirmed", decidedBy: colleague.userId, opinion: "与预算批复一致" },
    ]);
    const told = and(eq(messages.userId, finance.userId), eq(messages.href, `/funding/plan/${planId}`));
    expect(await db.$count(messages, told)).toBe(1);
    const confirmed = and(eq(domainEvents.subjectId, planId), eq(domainEvents.type, "planAdjustmentConfirmed"));
    expect(await db.$count(domainEvents, confirmed)).toBe(1);
  });

  it("nobody confirms or declines his own, nor for a colleague who proposed it", async () => {
    accepted(await propose());
    const ref = await waiting();
    const standIn: Actor = {
      ...colleague,
      delegations: [{ fromUserId: finance.userId, fromName: finance.name, role: "financeReviewer" }],
    };
    for (const actor of [finance, standIn]) {
      const refusal = { ok: false, refusals: [{ code: "otherPersonThanBefore" }] };
      expect(await confirmAdjustment(city.ctx(actor), ref)).toMatchObject(refusal);
      expect(await declineAdjustment(city.ctx(actor), { ...ref, opinion: "不同意" })).toMatchObject(refusal);
    }
    expect(await planRow()).toMatchObject({ amountFen: 0 });
  });

  it("is declined with a reason only; the plan stays and can be proposed again", async () => {
    const { version } = await standingPlan(500);
    accepted(await propose({ version, after: 900 }));
    const ref = await waiting();
    expect(await declineAdjustment(city.ctx(colleague), { ...ref, opinion: " " })).toMatchObject({
      refusals: [{ code: "reasonGiven" }],
    });
    accepted(await declineAdjustment(city.ctx(colleague), { ...ref, opinion: "没有财力" }));
    const plan = await planRow();
    expect(plan).toMatchObject({ amountFen: 500 });
    accepted(await propose({ version: plan?.version ?? 0, after: 600 }));
    expect((await adjustmentsOf()).map(({ number, state }) => [number, state])).toEqual([
      [1, "confirmed"],
      [2, "declined"],
      [3, "proposed"],
    ]);
  });

  it("its proposer withdraws it, nobody else", async () => {
    accepted(await propose());
    const ref = await waiting();
    expect(await withdrawAdjustment(city.ctx(colleague), ref)).toMatchObject({ refusals: [{ code: "ownProposal" }] });
    accepted(await withdrawAdjustment(city.ctx(finance), ref));
    const [adjustment] = await adjustmentsOf();
    expect(adjustment?.state).toBe("withdrawn");
    expect(await planRow()).toMatchObject({ amountFen: 0 });
  });

  it("sent twice at once it has one effect; decided, it is decided no more", async () => {
    accepted(await propose());
    const ref = await waiting();
    const twice = await Promise.allSettled([1, 2].map(() => confirmAdjustment(city.ctx(colleague), ref)));
    expect(twice.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await planRow()).toMatchObject({ amountFen: 500 });
    const later = { ...ref, version: ref.version + 1 };
    const refusal = { refusals: [{ code: "notInThisState" }] };
    expect(await declineAdjustment(city.ctx(colleague), { ...later, opinion: "x" })).toMatchObject(refusal);
    expect(await withdrawAdjustment(city.ctx(finance), later)).toMatchObject(refusal);
    await expect(confirmAdjustment(city.ctx(colleague), ref)).rejects.toMatchObject({ kind: "conflict" });
  });

  it("who is not finance gets 403, another region's finance 404", async () => {
    accepted(await propose());
    const ref = await waiting();
    await expect(confirmAdjustment(city.ctx(await city.as("bureauReviewer")), ref)).rejects.toMatchObject({
      kind: "forbidden",
    });
    const stranger = await (await makeCity(db)).as("financeReviewer");
    await expect(confirmAdjustment(city.ctx(stranger), ref)).rejects.toMatchObject({ kind: "notFound" });
    const other = await city.as("filer", city.otherUnitId);
    await expect(withdrawAdjustment(city.ctx(other), ref)).rejects.toMatchObject({ kind: "notFound" });
  });
});

describe("eighty steps in any order", () => {
  it("leave the plan at the sum of its confirmed adjustments, each beginning where the last one ended", async () => {
    const steps = fc.sample(
      fc.record({
        kind: fc.constantFrom("propose", "propose", "confirm", "confirm", "confirm", "decline", "withdraw"),
        after: fc.integer({ min: -5, max: 1_000 }),
        isColleague: fc.boolean(),
      }),
      { numRuns: 80, seed: 20260720 },
    );
    for (const { kind, after, isColleague } of steps) {
      const actor = isColleague ? colleague : finance;
      const open = (await adjustmentsOf()).find(({ state }) => state === "proposed");
      if (kind === "propose") await propose({ version: (await planRow())?.version ?? null, after, by: actor });
      else if (open) {
        const ref = { adjustmentId: open.id, version: open.version };
        if (kind === "confirm") await confirmAdjustment(city.ctx(actor), ref);
        if (kind === "decline") await declineAdjustment(city.ctx(actor), { ...ref, opinion: "不同意" });
        if (kind === "withdraw") await withdrawAdjustment(city.ctx(actor), ref);
      }
      const confirmed = (await adjustmentsOf()).filter(({ state }) => state === "confirmed");
      let amount = 0;
      for (const { beforeFen, afterFen, proposedBy, decidedBy } of confirmed) {
        expect(beforeFen).toBe(amount);
        expect(decidedBy).not.toBe(proposedBy);
        amount = afterFen;
      }
      expect((await planRow())?.amountFen ?? 0).toBe(amount);
    }
    expect((await adjustmentsOf()).filter(({ state }) => state === "confirmed").length).toBeGreaterThan(3);
  });
});

describe("the list of plans", () => {
  /** An approved project of the unit: two years, two sources, cut by a tenth. */
  async function approvedProject(unitId: string) {
    const projectId = await makeDraft(city.ctx(await city.as("filer", unitId)));
    const own = { projectId, regionId: city.regionId };
    await db
      .update(projects)
      .set({ stage: "approved", approvedFen: fen(900), approvedOn: localDate("2026-03-01") })
      .where(eq(projects.id, projectId));
    await db.insert(yearSplits).values([
      { ...own, year: 2026, amountFen: fen(600) },
      { ...own, year: 2027, amountFen: fen(400) },
    ]);
    await db.insert(fundingSources).values([
      { ...own, source: "cityBudget", amountFen: fen(750) },
      { ...own, source: "superior", amountFen: fen(250) },
    ]);
    return projectId;
  }
  const ask = (text = "") => readPlanQuery(new URLSearchParams(text), TODAY);
  const scope = () => scopeFor(finance, "funding:read");

  it("sets plans beside what approved projects need that year from that source", async () => {
    await approvedProject(city.unitId);
    await standingPlan(500);
    const { rows, totals, total } = await listPlans(db, scope(), ask(), TODAY);
    // 900 × 600 ÷ 1000 = 540, three quarters of it from the city's budget
    expect(rows).toMatchObject([
      { unitId: city.unitId, source: "cityBudget", amountFen: 500, neededFen: 405, projects: 1, sanctioned: false },
      { unitId: city.unitId, source: "superior", amountFen: null, planId: null, neededFen: 135 },
    ]);
    expect(totals).toMatchObject({ plannedFen: 500, neededFen: 540, arrivedFen: 0, paidFen: 0, waiting: 0 });
    expect(total).toBe(2);
  });

  it("keeps to the year, the unit and the source that were asked for, and to the actor's sight", async () => {
    await approvedProject(city.unitId);
    await approvedProject(city.otherUnitId);
    await standingPlan(500);
    const shown = async (text: string, who = scope()) =>
      (await listPlans(db, who, ask(text), TODAY)).rows.map((row) => [row.unitId, row.source, row.neededFen]);
    expect(await shown("year=2027&source=cityBudget")).toEqual(
      expect.arrayContaining([
        [city.unitId, "cityBudget", 270],
        [city.otherUnitId, "cityBudget", 270],
      ]),
    );
    expect(await shown(`unit=${city.otherUnitId}&source=superior`)).toEqual([[city.otherUnitId, "superior", 135]]);
    expect(await shown("year=2031")).toEqual([]);
    const filer = scopeFor(await city.as("filer", city.otherUnitId), "funding:read");
    expect((await shown("", filer)).map(([unitId]) => unitId)).toEqual([city.otherUnitId, city.otherUnitId]);
    const stranger = scopeFor(await (await makeCity(db)).as("financeReviewer"), "funding:read");
    expect(await shown("", stranger)).toEqual([]);
  });

  it("a plan is read with its history; not from outside", async () => {
    const { id } = await standingPlan(500);
    const read = await readPlan(db, finance, id, TODAY);
    expect(read.adjustments).toMatchObject([
      { number: 1, proposerName: finance.name, deciderName: colleague.name, state: "confirmed" },
    ]);
    const other = await city.as("filer", city.otherUnitId);
    await expect(readPlan(db, other, id, TODAY)).rejects.toMatchObject({ kind: "notFound" });
  });

  it("goes into a sheet with its totals", async () => {
    await approvedProject(city.unitId);
    const rows = await exportedPlans(db, scope(), ask());
    const { bytes, name } = await planSheet({ year: 2026, rows, today: TODAY, exportedBy: finance.name });
    expect(name).toBe("2026 年度资金计划 2026-07-20.xlsx");
    expect(Buffer.from(bytes).subarray(0, 2).toString()).toBe("PK");
  });
});
