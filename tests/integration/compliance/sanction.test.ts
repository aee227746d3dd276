import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { outbox, projects, sanctions } from "@db/schema";
import { makeCity, makeUnit, type TestCity } from "@tests/support/factories";
import { makeProject, UNDER_WAY } from "@tests/support/factories/assessment";
import { BASIS } from "@tests/support/factories/changes";
import { makeSanction } from "@tests/support/factories/compliance";
import { accepted, projectRow } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { readGate } from "~/modules/compliance/index.server";
import { declineSanction } from "~/modules/compliance/sanction/decline-sanction.server";
import { imposeSanction } from "~/modules/compliance/sanction/impose-sanction.server";
import { liftSanction } from "~/modules/compliance/sanction/lift-sanction.server";
import { proposeSanction } from "~/modules/compliance/sanction/propose-sanction.server";
import { remedySanction } from "~/modules/compliance/sanction/remedy-sanction.server";
import { readSanction, readSanctionPaper } from "~/modules/compliance/sanction/sanction.queries.server";
import type { ProposeSanctionInput } from "~/modules/compliance/sanction/sanction.schema";
import { sanctionListeners } from "~/modules/projects/index.server";
import { newId } from "~/platform/ids.server";

const db = testDatabase();
const TODAY = localDate("2026-07-20");
let city: TestCity;
let proposer: Actor;
let imposer: Actor;
beforeAll(async () => {
  city = await makeCity(db);
  proposer = await city.as("bureauReviewer");
  imposer = await city.as("bureauReviewer");
});

const rowOf = async (id: string) => (await db.select().from(sanctions).where(eq(sanctions.id, id)))[0];
const codes = (result: { ok: true } | { ok: false; refusals: readonly { code: string }[] }) =>
  result.ok ? ["ok"] : result.refusals.map(({ code }) => code);
const freshUnit = () => makeUnit(db, city.regionId, `单位${newId()}`);
const input = (unitId: string, more: Partial<ProposeSanctionInput> = {}): ProposeSanctionInput => ({
  unitId,
  rung: "rectify",
  reason: "数据共享不到位",
  demand: "完成资源挂接",
  basis: "",
  dueOn: localDate("2026-08-14"),
  skipReason: "",
  ...more,
});

async function proposed(more: Partial<ProposeSanctionInput> = {}, unitId?: string) {
  const at = unitId ?? (await freshUnit());
  const { id } = accepted(await proposeSanction(city.ctx(proposer), input(at, more)));
  return { id, unitId: at, filer: await city.as("filer", at) };
}
async function standing(more: Partial<ProposeSanctionInput> = {}, unitId?: string) {
  const made = await proposed(more, unitId);
  accepted(await imposeSanction(city.ctx(imposer), { id: made.id, version: 1, opinion: "" }));
  return made;
}

describe("the way of a sanction", () => {
  it("stands when a second person imposed it, and is lifted when the remedy was seen", async () => {
    const skip = { rung: "postpone" as const, skipReason: "拒不整改" };
    const { id, unitId, filer } = await proposed(skip);
    expect((await readGate(db, unitId, TODAY)).open).toBe(true);
    await expect(readSanction(db, filer, id, TODAY)).rejects.toMatchObject({ kind: "notFound" });
    accepted(await imposeSanction(city.ctx(imposer), { id, version: 1, opinion: "" }));
    expect((await readGate(db, unitId, TODAY)).open).toBe(false);
    expect((await readSanction(db, filer, id, TODAY)).sanction).toMatchObject({ state: "standing", fromOn: TODAY });
    const remedy = (file?: typeof BASIS) =>
      remedySanction(city.ctx(filer), { id, version: 2, opinion: "已全部挂接" }, file);
    expect(codes(await remedy())).toEqual(["remedyGiven"]);
    accepted(await remedy(BASIS));
    expect((await readSanctionPaper(db, filer, id)).file.name).toBe(BASIS.name);
    expect((await readGate(db, unitId, TODAY)).open).toBe(false);
    const lift = (opinion: string) => liftSanction(city.ctx(imposer), { id, version: 3, event: "lift", opinion });
    expect(codes(await lift(" "))).toEqual(["reasonGiven"]);
    accepted(await lift("已核实"));
    expect(await rowOf(id)).toMatchObject({ state: "lifted", liftedOn: TODAY, decidedBy: imposer.userId });
    expect((await readGate(db, unitId, TODAY)).open).toBe(true);
  });

  it("of the two mild rungs leaves the gate open and is shown", async () => {
    const { unitId } = await standing();
    const gate = await readGate(db, unitId, TODAY);
    expect(gate.open).toBe(true);
    expect(gate.notices.map(({ facts }) => facts.rung)).toEqual(["rectify"]);
  });

  it("climbs the ladder from what was not heeded", async () => {
    const { id, unitId } = await standing();
    const next = (day: string) =>
      proposeSanction(city.ctx(proposer, day), input(unitId, { rung: "criticise", dueOn: localDate("2026-09-30") }));
    expect(codes(await next("2026-08-14"))).toEqual(["rungSkipped"]);
    const { id: second } = accepted(await next("2026-08-17"));
    expect(await rowOf(second)).toMatchObject({ previousId: id, skipReason: null });
  });

  it("is not imposed when the rung below was heeded meanwhile", async () => {
    const { id, unitId, filer } = await standing();
    const later = "2026-08-17";
    const { id: second } = accepted(
      await proposeSanction(city.ctx(proposer, later), input(unitId, { rung: "criticise", dueOn: undefined })),
    );
    accepted(await remedySanction(city.ctx(filer, later), { id, version: 2, opinion: "已整改" }, BASIS));
    const imposed = await imposeSanction(city.ctx(imposer, later), { id: second, version: 1, opinion: "" });
    expect(codes(imposed)).toEqual(["rungSkipped"]);
    accepted(await declineSanction(city.ctx(imposer, later), { id: second, version: 1, opinion: "单位已整改" }));
    expect((await rowOf(second))?.state).toBe("declined");
  });

  it("is sent back when the remedy does not do", async () => {
    const { id, filer } = await standing();
    accepted(await remedySanction(city.ctx(filer), { id, version: 2, opinion: "已整改" }, BASIS));
    const back = (opinion: string) => liftSanction(city.ctx(imposer), { id, version: 3, event: "sendBack", opinion });
    expect(codes(await back(""))).toEqual(["reasonGiven"]);
    accepted(await back("仍有两项未挂接"));
    expect((await rowOf(id))?.state).toBe("standing");
    // the paper of the first report stays until there is a new one
    accepted(await remedySanction(city.ctx(filer), { id, version: 4, opinion: "已补齐" }));
  });

  it("is numbered through the region, also when two are proposed at once", async () => {
    const unitId = await freshUnit();
    const made = await Promise.all([1, 2, 3].map(() => proposeSanction(city.ctx(proposer), input(unitId))));
    const numbers = await Promise.all(made.map(async (result) => (await rowOf(accepted(result).id))?.number ?? 0));
    expect(new Set(numbers).size).toBe(3);
  });
});

describe("a sanction that stops a project", () => {
  const carryOut = async (id: string) => {
    const [event] = await db.select().from(outbox).where(eq(outbox.subjectId, id)).orderBy(outbox.id);
    const imposed = (await db.select().from(outbox).where(eq(outbox.subjectId, id))).find(
      ({ topic }) => topic === "sanctionImposed",
    );
    expect(event).toBeDefined();
    for (const listen of sanctionListeners.sanctionImposed ?? []) if (imposed) await listen(imposed, db);
  };

  it("halts it through its own lifecycle, once; ends it with the basis", async () => {
    const projectId = await makeProject(city, "智慧城管", UNDER_WAY);
    const skipped = { projectId, skipReason: "存在重大风险" };
    const halt = await standing({ rung: "halt", ...skipped }, city.unitId);
    await carryOut(halt.id);
    expect(await projectRow({ db }, projectId)).toMatchObject({ stage: "suspended", suspendedFrom: "implementation" });
    const { version } = await projectRow({ db }, projectId);
    await carryOut(halt.id);
    expect((await projectRow({ db }, projectId)).version).toBe(version);
    const end = await standing({ rung: "terminate", ...skipped, basis: "市政府常务会议纪要" }, city.unitId);
    await carryOut(end.id);
    expect((await projectRow({ db }, projectId)).stage).toBe("terminated");
    expect((await readGate(db, city.unitId, TODAY)).reasons.every(({ exemptible }) => !exemptible)).toBe(true);
  });

  it("needs a project of the unit that can be stopped", async () => {
    const unitId = await freshUnit();
    const projectId = await makeProject(city, "智慧管网", UNDER_WAY);
    const propose = (more: Partial<ProposeSanctionInput>) =>
      proposeSanction(city.ctx(proposer), input(unitId, { rung: "halt", skipReason: "重大风险", ...more }));
    expect(codes(await propose({}))).toEqual(["projectMissing"]);
    expect(codes(await propose({ projectId }))).toEqual(["projectNotOfUnit"]);
    await db.update(projects).set({ stage: "approved" }).where(eq(projects.id, projectId));
    expect(codes(await propose({ unitId: city.unitId, projectId }))).toEqual(["projectNotStoppable"]);
  });

  it("of a mild rung leaves the project alone", async () => {
    const projectId = await makeProject(city, "智慧路灯", UNDER_WAY);
    const { id } = await standing({ projectId }, city.unitId);
    await carryOut(id);
    expect((await projectRow({ db }, projectId)).stage).toBe("implementation");
  });
});

describe("who may do what", () => {
  it("nobody imposes or declines what he proposed himself", async () => {
    const { id } = await proposed();
    const own = city.ctx(proposer);
    expect(codes(await imposeSanction(own, { id, version: 1, opinion: "" }))).toEqual(["otherPersonThanBefore"]);
    expect(codes(await declineSanction(own, { id, version: 1, opinion: "不妥" }))).toEqual(["otherPersonThanBefore"]);
    expect(codes(await declineSanction(city.ctx(imposer), { id, version: 1, opinion: "" }))).toEqual(["reasonGiven"]);
  });

  it("another unit 404, a role without the permission 403, a stale version a conflict, twice once", async () => {
    const { id, unitId, filer } = await standing();
    const stranger = city.ctx(await city.as("filer", city.otherUnitId));
    const remedy = { id, version: 2, opinion: "已整改" };
    await expect(remedySanction(stranger, remedy, BASIS)).rejects.toMatchObject({ kind: "notFound" });
    await expect(readSanction(db, stranger.actor, id, TODAY)).rejects.toMatchObject({ kind: "notFound" });
    await expect(readSanctionPaper(db, stranger.actor, id)).rejects.toMatchObject({ kind: "notFound" });
    await expect(remedySanction(city.ctx(imposer), remedy, BASIS)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(proposeSanction(city.ctx(filer), input(unitId))).rejects.toMatchObject({ kind: "forbidden" });
    await expect(proposeSanction(city.ctx(filer), input(city.otherUnitId))).rejects.toMatchObject({ kind: "notFound" });
    const assessor = city.ctx(await city.as("bureauAssessor"));
    await expect(imposeSanction(assessor, { id, version: 2, opinion: "" })).rejects.toMatchObject({
      kind: "forbidden",
    });
    await expect(remedySanction(city.ctx(filer), { ...remedy, version: 1 }, BASIS)).rejects.toMatchObject({
      kind: "conflict",
    });
    const twice = await Promise.allSettled([1, 2].map(() => remedySanction(city.ctx(filer), remedy, BASIS)));
    expect(twice.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await db.delete(sanctions).where(eq(sanctions.unitId, unitId));
    await makeSanction(city, { unitId, rung: "rectify", state: "lifted", liftedOn: TODAY });
  });
});
