import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { auditEntries, cloudStandings, domainEvents, outbox, scopeDecisions, systems, units } from "@db/schema";
import { makeCity, makeUnit, type TestCity } from "@tests/support/factories";
import { accepted } from "@tests/support/factories/projects";
import { makeSystem } from "@tests/support/factories/systems";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { addDays, localDate } from "~/kernel/local-date";
import { readMyWork } from "~/modules/desk/read-my-work.server";
import { cloudRates } from "~/modules/systems/index.server";
import { confirmScope, declineScope, withdrawScope } from "~/modules/systems/cloud/scope/decide-scope.server";
import { reconsiderScope } from "~/modules/systems/cloud/scope/propose-by-rule.server";
import { proposeScope } from "~/modules/systems/cloud/scope/propose-scope.server";
import {
  listScopeDecisions,
  readNewScope,
  readScopeDecision,
  readScopePaper,
  readScopeQuery,
} from "~/modules/systems/cloud/scope/scope.queries.server";
import type { ProposeScopeInput } from "~/modules/systems/cloud/scope/scope.schema";

const db = testDatabase();
const TODAY = localDate("2026-07-20");
const PAPER = { name: "论证报告.pdf", mediaType: "application/pdf", bytes: new TextEncoder().encode("%PDF-1.4 论证") };
let city: TestCity;
let filer: Actor;
let first: Actor;
let second: Actor;
beforeAll(async () => {
  city = await makeCity(db);
  filer = await city.as("filer");
  first = await city.as("bureauReviewer");
  second = await city.as("bureauReviewer");
});

type System = typeof systems.$inferSelect;

const codes = (result: { ok: true } | { ok: false; refusals: readonly { code: string }[] }) =>
  result.ok ? ["ok"] : result.refusals.map(({ code }) => code);
const decisionsOf = (systemId: string) =>
  db.select().from(scopeDecisions).where(eq(scopeDecisions.systemId, systemId)).orderBy(scopeDecisions.id);
const openOf = async (systemId: string) => (await decisionsOf(systemId)).find(({ state }) => state === "proposed");
const spansOf = (systemId: string) =>
  db.select().from(cloudStandings).where(eq(cloudStandings.systemId, systemId)).orderBy(cloudStandings.fromOn);
const systemOf = async (id: string): Promise<System> => {
  const [row] = await db.select().from(systems).where(eq(systems.id, id));
  if (!row) throw new Error("no system");
  return row;
};

/** A system of a unit of its own, so that the unit's rate is its alone. */
async function fresh(more: Partial<typeof systems.$inferInsert> = {}, standing = {}) {
  const unitId = await makeUnit(db, city.regionId, "单位");
  const id = await makeSystem({ db, regionId: city.regionId, unitId }, "收费系统", 7, "2026-05-01", more, standing);
  return { id, unitId, filer: await city.as("filer", unitId) };
}
/** What registering or editing does after it wrote the row. */
async function edited(id: string, change: Partial<typeof systems.$inferInsert>, actor = filer, today?: string) {
  await db.update(systems).set(change).where(eq(systems.id, id));
  const system = await systemOf(id);
  await db.transaction((tx) => reconsiderScope(tx, city.ctx(actor, today), system));
}
const countedOn = async (unitId: string, day = TODAY) =>
  (await cloudRates(db, { regionIds: [], unitId, operatorUnitId: null }, day))[0]?.denominator ?? 0;
const special = (systemId: string, more: Partial<ProposeScopeInput> = {}): ProposeScopeInput => ({
  systemId,
  version: 1,
  kind: "special",
  reason: "largeVolume",
  managed: true,
  interfacesOpen: true,
  explanation: "影像数据量大，迁移成本高于重建。",
  ...more,
});
const byRule = (systemId: string): ProposeScopeInput => ({
  ...special(systemId),
  kind: "byRule",
  reason: undefined,
  managed: false,
  interfacesOpen: false,
  explanation: "",
});

describe("the rule, asked anew", () => {
  it.each<[string, Partial<typeof systems.$inferInsert>, object | null]>([
    ["level 3: nothing to decide", { mlpsLevel: 3 }, null],
    ["level 4, where the figure is 4", { mlpsLevel: 4 }, { scope: "out", reason: "highLevel" }],
    ["secret", { secret: true }, { scope: "out", reason: "secretSystem" }],
    ["vertical", { ownership: "provincial" }, { scope: "out", reason: "verticalSystem" }],
    ["no level yet", { mlpsLevel: null }, null],
  ])("%s", async (_name, change, expected) => {
    const { id, unitId } = await fresh();
    await edited(id, change);
    const open = await openOf(id);
    if (expected) expect(open).toMatchObject({ ...expected, state: "proposed", proposedBy: filer.userId });
    else expect(open).toBeUndefined();
    // Whatever it says: until another person confirms, the system counts as before.
    expect(await countedOn(unitId)).toBe(1);
  });

  it("a system of an exempt unit", async () => {
    const { id, unitId } = await fresh();
    await db.update(units).set({ cloudExempt: true }).where(eq(units.id, unitId));
    await edited(id, { contactName: "钱工" });
    expect(await openOf(id)).toMatchObject({ scope: "out", reason: "exemptUnit" });
  });

  it("keeps an equal proposal, replaces one whose facts changed, withdraws one that is not needed any more", async () => {
    const { id } = await fresh();
    await edited(id, { mlpsLevel: 4 });
    const one = await openOf(id);
    await edited(id, { contactName: "王工" });
    expect((await openOf(id))?.id).toBe(one?.id);
    await edited(id, { mlpsLevel: 5 });
    const two = await openOf(id);
    expect(two?.id).not.toBe(one?.id);
    expect(two?.facts).toMatchObject({ mlpsLevel: 5, excludedFromLevel: 4, says: "highLevel", opened: "byRule" });
    await edited(id, { mlpsLevel: 3 });
    expect((await decisionsOf(id)).map(({ state }) => state)).toEqual(["withdrawn", "withdrawn"]);
    expect(await db.$count(domainEvents, eq(domainEvents.subjectId, one?.id ?? ""))).toBe(2);
  });

  it("brings back a system whose reason to be out has gone", async () => {
    const { id, unitId } = await fresh({ mlpsLevel: 4 }, { scope: "out", reason: "highLevel" });
    expect(await countedOn(unitId)).toBe(0);
    await edited(id, { mlpsLevel: 3 });
    const open = await openOf(id);
    expect(open).toMatchObject({ scope: "in", reason: null });
    accepted(await confirmScope(city.ctx(second), { id: open?.id ?? "", version: 1, opinion: "" }));
    expect([await countedOn(unitId, addDays(TODAY, -1)), await countedOn(unitId)]).toEqual([0, 1]);
  });

  it("does not ask again with the facts that were declined, and leaves retired systems alone", async () => {
    const { id } = await fresh();
    await edited(id, { mlpsLevel: 4 });
    const open = await openOf(id);
    accepted(await declineScope(city.ctx(second), { id: open?.id ?? "", version: 1, opinion: "定级有误" }));
    await edited(id, { contactName: "李工" });
    expect(await openOf(id)).toBeUndefined();
    await edited(id, { mlpsLevel: 5 });
    expect(await openOf(id)).toBeDefined();
    const gone = await fresh({ retiredOn: TODAY });
    await edited(gone.id, { mlpsLevel: 4 });
    expect(await decisionsOf(gone.id)).toEqual([]);
  });

  it("leaves a special system special while the rule counts it, and takes it out when the rule does", async () => {
    const { id } = await fresh({}, { scope: "special", reason: "professional", managed: true });
    await edited(id, { contactName: "赵工" });
    expect(await openOf(id)).toBeUndefined();
    await edited(id, { secret: true });
    expect(await openOf(id)).toMatchObject({ scope: "out", reason: "secretSystem" });
  });
});

describe("proposeScope", () => {
  it("a special system needs its paper, its explanation and, when managed, the statement", async () => {
    const { id, filer: own } = await fresh();
    const propose = async (input: ProposeScopeInput, file?: typeof PAPER) =>
      codes(await proposeScope(city.ctx(own), input, file));
    expect(await propose(special(id, { explanation: "" }))).toEqual(["explanationMissing", "paperMissing"]);
    expect(await propose(special(id, { interfacesOpen: false }), PAPER)).toEqual(["statementMissing"]);
    expect(await propose(byRule(id))).toEqual(["standsSo"]);
    expect(await decisionsOf(id)).toEqual([]);
    expect(await propose(special(id), PAPER)).toEqual(["ok"]);
    expect(await propose(special(id), PAPER)).toEqual(["alreadyProposed"]);
    expect(await decisionsOf(id)).toHaveLength(1);
  });

  it("what the rule leaves out is not special; a retired system is nothing", async () => {
    const high = await fresh({ mlpsLevel: 4 });
    expect(codes(await proposeScope(city.ctx(high.filer), special(high.id), PAPER))).toEqual(["ruleLeavesOut"]);
    expect(codes(await proposeScope(city.ctx(high.filer), byRule(high.id)))).toEqual(["ok"]);
    const gone = await fresh({ retiredOn: TODAY });
    expect(codes(await proposeScope(city.ctx(gone.filer), special(gone.id), PAPER))).toEqual(["systemRetired"]);
  });

  it("answers 404 to another unit, 403 to its leader, conflict to a stale version", async () => {
    const { id, unitId } = await fresh();
    const stranger = await city.as("filer", city.otherUnitId);
    const lead = await city.as("unitLead", unitId);
    await expect(proposeScope(city.ctx(stranger), special(id), PAPER)).rejects.toMatchObject({ kind: "notFound" });
    await expect(readNewScope(db, stranger, id, TODAY)).rejects.toMatchObject({ kind: "notFound" });
    await expect(proposeScope(city.ctx(lead), special(id), PAPER)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(proposeScope(city.ctx(first), special(id, { version: 7 }), PAPER)).rejects.toMatchObject({
      kind: "conflict",
    });
  });

  it("two at once leave one proposal", async () => {
    const { id, filer: own } = await fresh();
    const both = await Promise.all([
      proposeScope(city.ctx(own), special(id), PAPER),
      proposeScope(city.ctx(first), special(id), PAPER),
    ]);
    expect(both.map(codes).flat().sort()).toEqual(["alreadyProposed", "ok"]);
    expect(await decisionsOf(id)).toHaveLength(1);
  });
});

describe("deciding", () => {
  async function proposed(by: "unit" | "first" = "unit", more: Partial<ProposeScopeInput> = {}) {
    const made = await fresh();
    const actor = by === "unit" ? made.filer : first;
    const { id } = accepted(await proposeScope(city.ctx(actor), special(made.id, more), PAPER));
    return { ...made, decisionId: id };
  }

  it("by another person changes the standing from today, once, with one audit, event and outbox row", async () => {
    const { id, unitId, decisionId } = await proposed();
    const step = { id: decisionId, version: 1, opinion: "同意" };
    accepted(await confirmScope(city.ctx(second), step));
    expect(await spansOf(id)).toMatchObject([
      { scope: "in", toOn: TODAY, decisionId: null },
      { scope: "special", managed: true, fromOn: TODAY, toOn: null, decisionId },
    ]);
    expect([await countedOn(unitId, addDays(TODAY, -1)), await countedOn(unitId)]).toEqual([1, 0]);
    await expect(confirmScope(city.ctx(first), step)).rejects.toMatchObject({ kind: "conflict" });
    expect(codes(await confirmScope(city.ctx(first), { ...step, version: 2 }))).toEqual(["notInThisState"]);
    const confirmed = eq(domainEvents.type, "scopeConfirmed");
    const rows = await Promise.all([
      db.$count(domainEvents, and(eq(domainEvents.subjectId, decisionId), confirmed)),
      db.$count(outbox, and(eq(outbox.subjectId, decisionId), eq(outbox.topic, "scopeConfirmed"))),
      db.$count(auditEntries, and(eq(auditEntries.objectId, decisionId), eq(auditEntries.result, "scopeConfirmed"))),
    ]);
    expect(rows).toEqual([1, 1, 1]);
  });

  it("a special system that is not managed stays in the denominator", async () => {
    const { unitId, decisionId } = await proposed("unit", { managed: false, interfacesOpen: false });
    accepted(await confirmScope(city.ctx(second), { id: decisionId, version: 1, opinion: "" }));
    expect(await countedOn(unitId)).toBe(1);
  });

  it("never by the proposer, nor by somebody who acts for the proposer", async () => {
    const { decisionId } = await proposed("first");
    const step = { id: decisionId, version: 1, opinion: "同意" };
    expect(codes(await confirmScope(city.ctx(first), step))).toEqual(["otherPersonThanBefore"]);
    expect(codes(await declineScope(city.ctx(first), step))).toEqual(["otherPersonThanBefore"]);
  });

  it("not on facts that have changed since", async () => {
    const { id, decisionId } = await proposed();
    await db.update(systems).set({ mlpsLevel: 1 }).where(eq(systems.id, id));
    expect(codes(await confirmScope(city.ctx(second), { id: decisionId, version: 1, opinion: "" }))).toEqual([
      "factsUnchanged",
    ]);
  });

  it("declining needs a reason and changes no standing", async () => {
    const { id, unitId, decisionId } = await proposed();
    expect(codes(await declineScope(city.ctx(second), { id: decisionId, version: 1, opinion: " " }))).toEqual([
      "reasonGiven",
    ]);
    accepted(await declineScope(city.ctx(second), { id: decisionId, version: 1, opinion: "理由不充分" }));
    expect(await spansOf(id)).toHaveLength(1);
    expect(await countedOn(unitId)).toBe(1);
  });

  it("withdrawing: by the unit what it proposed, not what the rule opened", async () => {
    const { filer: own, decisionId } = await proposed();
    accepted(await withdrawScope(city.ctx(own), { id: decisionId, version: 1, opinion: "" }));
    const ruled = await fresh();
    await edited(ruled.id, { mlpsLevel: 4 }, ruled.filer);
    const open = await openOf(ruled.id);
    expect(codes(await withdrawScope(city.ctx(ruled.filer), { id: open?.id ?? "", version: 1, opinion: "" }))).toEqual([
      "proposedByHand",
    ]);
  });

  it("is no matter of another unit, nor of the unit itself", async () => {
    const { filer: own, decisionId } = await proposed("first");
    const stranger = await city.as("filer", city.otherUnitId);
    const step = { id: decisionId, version: 1, opinion: "同意" };
    await expect(confirmScope(city.ctx(stranger), step)).rejects.toMatchObject({ kind: "notFound" });
    await expect(confirmScope(city.ctx(own), step)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(readScopeDecision(db, stranger, decisionId)).rejects.toMatchObject({ kind: "notFound" });
    await expect(readScopePaper(db, stranger, decisionId)).rejects.toMatchObject({ kind: "notFound" });
    expect((await readScopePaper(db, own, decisionId)).file.name).toBe(PAPER.name);
  });

  it("waits on the desk of the bureau's others and is listed first", async () => {
    const { id, filer: own, decisionId } = await proposed("first");
    const waiting = async (actor: Actor) =>
      (await readMyWork({ db, actor, today: TODAY })).some(({ href }) => href === `/cloud/scope/${decisionId}`);
    expect([await waiting(second), await waiting(first), await waiting(own)]).toEqual([true, false, false]);
    const query = readScopeQuery(new URLSearchParams({ system: id }));
    expect((await listScopeDecisions(db, own, query)).rows.map((row) => row.id)).toEqual([decisionId]);
    accepted(await confirmScope(city.ctx(second), { id: decisionId, version: 1, opinion: "" }));
    expect(await waiting(second)).toBe(false);
  });
});
