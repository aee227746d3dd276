import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { domainEvents, messages, projects, projectSubmissions, resources, reviews } from "@db/schema";
import { makeCity, makeUnit, type TestCity } from "@tests/support/factories";
import { makeSanction } from "@tests/support/factories/compliance";
import { accepted, makeCompleteDraft, makeDraft, projectRow } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import { DomainError } from "~/kernel/result";
import { applyTransition } from "~/modules/projects/apply-transition.server";
import { declineToSign } from "~/modules/projects/decline-to-sign.server";
import { readFiling } from "~/modules/projects/filing.queries.server";
import { loadProject } from "~/modules/projects/load-project.server";
import { saveDifference } from "~/modules/projects/save-difference.server";
import { saveNoDataStatement } from "~/modules/projects/save-no-data-statement.server";
import { signProject } from "~/modules/projects/sign-project.server";
import { startImplementation } from "~/modules/projects/start-implementation.server";
import { startProcurement } from "~/modules/projects/start-procurement.server";
import { submitProject } from "~/modules/projects/submit-project.server";
import { withdrawProject } from "~/modules/projects/withdraw-project.server";
import { digestOf } from "~/platform/audit/digest";
import { inTransaction, type Ctx } from "~/platform/transaction.server";

const db = testDatabase();
let city: TestCity;
let filer: Ctx;
let lead: Ctx;

beforeAll(async () => {
  city = await makeCity(db);
  filer = city.ctx(await city.as("filer"));
  lead = city.ctx(await city.as("unitLead"));
});

const kindOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "no error",
    (error: unknown) => (error instanceof DomainError ? error.kind : error),
  );

const codesOf = (result: { ok: true } | { ok: false; refusals: readonly { code: string }[] }) =>
  result.ok ? [] : result.refusals.map(({ code }) => code);

async function submitted(name?: string): Promise<{ projectId: string; version: number }> {
  const { id, version } = await makeCompleteDraft(filer, name);
  accepted(await submitProject(filer, { projectId: id, version }));
  return { projectId: id, version: version + 1 };
}

async function signed(): Promise<{ projectId: string; version: number }> {
  const ref = await submitted();
  accepted(await signProject(lead, ref));
  return { ...ref, version: ref.version + 1 };
}

const reviewsOf = (projectId: string) => db.select().from(reviews).where(eq(reviews.projectId, projectId));
const inboxOf = (ctx: Ctx, href: string) =>
  db
    .select()
    .from(messages)
    .where(and(eq(messages.userId, ctx.actor.userId), eq(messages.href, href)));

describe("submitting", () => {
  it("freezes what was handed in under a receipt number and asks the leader to sign", async () => {
    const { id, version } = await makeCompleteDraft(filer);
    const { code } = await projectRow(filer, id);
    expect(await submitProject(filer, { projectId: id, version })).toEqual({
      ok: true,
      value: { receiptNumber: `SL-${code}-1` },
    });
    const after = await projectRow(filer, id);
    expect(after).toMatchObject({ stage: "submitted", version: version + 1, dueOn: null });
    const [submission] = await db.select().from(projectSubmissions).where(eq(projectSubmissions.projectId, id));
    expect(submission).toMatchObject({ round: 1, submittedBy: filer.actor.userId, receiptNumber: `SL-${code}-1` });
    const filing = await readFiling(db, after, localDate("2026-07-20"));
    expect(submission?.content).toEqual(JSON.parse(JSON.stringify(filing)));
    expect(submission?.digest).toBe(digestOf(filing));
    expect(await inboxOf(lead, `/projects/${id}`)).toHaveLength(1);
  });

  it("without a catalog is refused with catalogMissing and the stage stays", async () => {
    const { id, version } = await makeCompleteDraft(filer);
    await db.delete(resources).where(eq(resources.projectId, id));
    expect(codesOf(await submitProject(filer, { projectId: id, version }))).toEqual(["catalogMissing"]);
    expect(await projectRow(filer, id)).toMatchObject({ stage: "draft", version });
    expect(await db.select().from(projectSubmissions).where(eq(projectSubmissions.projectId, id))).toEqual([]);
  });

  it("with a no-data statement instead of a catalog is accepted", async () => {
    const { id, version } = await makeCompleteDraft(filer);
    await db.delete(resources).where(eq(resources.projectId, id));
    accepted(await saveNoDataStatement(filer, id, { version, noDataStatement: "只采购终端，不产生数据" }));
    expect((await submitProject(filer, { projectId: id, version: version + 1 })).ok).toBe(true);
  });

  it("an empty draft is told everything that is missing at once", async () => {
    const id = await makeDraft(filer);
    const codes = codesOf(await submitProject(filer, { projectId: id, version: 1 }));
    expect(new Set(codes)).toEqual(
      new Set([
        "missing",
        "milestonesMissing",
        "goalsMissing",
        "linesMissing",
        "catalogMissing",
        "componentsUndecided",
        "attachmentMissing",
      ]),
    );
  });

  it("a sanction on the unit refuses until the day it is lifted", async () => {
    const unitId = await makeUnit(db, city.regionId, "受处理单位");
    const author = city.ctx(await city.as("filer", unitId));
    const { id, version } = await makeCompleteDraft(author);
    const dates = { fromOn: localDate("2026-07-20"), liftedOn: localDate("2026-07-22") };
    await makeSanction(city, { unitId, ...dates });
    await makeSanction(city, { unitId, rung: "rectify", fromOn: localDate("2026-07-01") });
    const on = (day: string) => submitProject(city.ctx(author.actor, day), { projectId: id, version });
    expect(codesOf(await on("2026-07-20"))).toEqual(["unitSanctioned"]);
    expect(codesOf(await on("2026-07-21"))).toEqual(["unitSanctioned"]);
    expect((await on("2026-07-22")).ok).toBe(true);
  });

  it("a near-duplicate of a filed project needs a difference statement; a draft of another does not count", async () => {
    const stranger = city.ctx(await city.as("filer", city.otherUnitId));
    const other = await makeCompleteDraft(stranger, "城市排水防涝监测平台");
    const { id, version } = await makeCompleteDraft(filer, "城市排水防涝监测系统");
    const check = () => submitProject(filer, { projectId: id, version });
    accepted(await submitProject(stranger, { projectId: other.id, version: other.version }));
    const refusal = await check();
    expect(refusal).toMatchObject({
      ok: false,
      refusals: [{ code: "differenceMissing", facts: { name: "城市排水防涝监测平台", count: 1 } }],
    });
    accepted(await saveDifference(filer, id, { version, differenceStatement: "本项目只监测城区泵站" }));
    expect((await submitProject(filer, { projectId: id, version: version + 1 })).ok).toBe(true);
  });

  it("twice from one page takes effect once", async () => {
    const { id, version } = await makeCompleteDraft(filer);
    const outcomes = await Promise.all([1, 2].map(() => kindOf(submitProject(filer, { projectId: id, version }))));
    expect(outcomes.sort()).toEqual(["conflict", "no error"]);
    expect(await db.select().from(projectSubmissions).where(eq(projectSubmissions.projectId, id))).toHaveLength(1);
    expect(await inboxOf(lead, `/projects/${id}`)).toHaveLength(1);
  });

  it("another unit's filer gets 404, the leader 403", async () => {
    const { id, version } = await makeCompleteDraft(filer);
    const stranger = city.ctx(await city.as("filer", city.otherUnitId));
    expect(await kindOf(submitProject(stranger, { projectId: id, version }))).toBe("notFound");
    expect(await kindOf(submitProject(lead, { projectId: id, version }))).toBe("forbidden");
  });
});

describe("signing", () => {
  it("opens the form check with three working days and registers the catalog entries", async () => {
    const ref = await submitted();
    const reviewer = city.ctx(await city.as("bureauReviewer"));
    accepted(await signProject(lead, ref));
    // Monday 20 July 2026 + 3 working days
    expect(await projectRow(filer, ref.projectId)).toMatchObject({ stage: "underReview", dueOn: "2026-07-23" });
    expect(await reviewsOf(ref.projectId)).toMatchObject([
      { kind: "formCheck", round: 1, dueOn: "2026-07-23", closedAt: null },
    ]);
    const [resource] = await db.select().from(resources).where(eq(resources.projectId, ref.projectId));
    expect(resource).toMatchObject({ state: "registered", registeredBy: lead.actor.userId });
    expect(await inboxOf(reviewer, `/projects/${ref.projectId}/review`)).toHaveLength(1);
  });

  it("who submitted may not sign, whatever roles the person holds", async () => {
    const ref = await submitted();
    const both = { ...filer, actor: { ...filer.actor, roles: ["filer", "unitLead"] as const } };
    expect(codesOf(await signProject(both, ref))).toEqual(["otherPersonThanBefore"]);
    expect(await reviewsOf(ref.projectId)).toEqual([]);
  });

  it("twice from one page takes effect once", async () => {
    const ref = await submitted();
    const outcomes = await Promise.all([1, 2].map(() => kindOf(signProject(lead, ref))));
    expect(outcomes.sort()).toEqual(["conflict", "no error"]);
    expect(await reviewsOf(ref.projectId)).toHaveLength(1);
  });

  it("a draft cannot be signed; another unit's leader gets 404, the filer 403", async () => {
    const draft = { projectId: await makeDraft(filer), version: 1 };
    expect(codesOf(await signProject(lead, draft))).toEqual(["notInThisStage"]);
    const ref = await submitted();
    const stranger = city.ctx(await city.as("unitLead", city.otherUnitId));
    expect(await kindOf(signProject(stranger, ref))).toBe("notFound");
    expect(await kindOf(signProject(filer, ref))).toBe("forbidden");
  });
});

describe("declining to sign", () => {
  it("gives the filing back with its reason; the next round has the next receipt number", async () => {
    const ref = await submitted();
    accepted(await declineToSign(lead, { ...ref, reason: "请补充测算依据" }));
    const draft = await projectRow(filer, ref.projectId);
    expect(draft.stage).toBe("draft");
    const [event] = await db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectId, ref.projectId), eq(domainEvents.type, "projectSigningDeclined")));
    expect(event?.reason).toBe("请补充测算依据");
    expect(await inboxOf(filer, `/projects/${ref.projectId}/check`)).toHaveLength(1);
    const again = accepted(await submitProject(filer, { projectId: ref.projectId, version: draft.version }));
    expect(again.receiptNumber).toMatch(/-2$/);
  });

  it.each([
    ["no reason", ""],
    ["only spaces", "  "],
  ])("%s is refused", async (_name, reason) => {
    const ref = await submitted();
    expect(codesOf(await declineToSign(lead, { ...ref, reason }))).toEqual(["reasonGiven"]);
    expect((await projectRow(filer, ref.projectId)).stage).toBe("submitted");
  });

  it("a stale page is a conflict; another unit's leader gets 404", async () => {
    const ref = await submitted();
    const stranger = city.ctx(await city.as("unitLead", city.otherUnitId));
    const reason = "理由";
    expect(await kindOf(declineToSign(lead, { ...ref, version: ref.version - 1, reason }))).toBe("conflict");
    expect(await kindOf(declineToSign(stranger, { ...ref, reason }))).toBe("notFound");
  });
});

describe("withdrawing", () => {
  it("under review closes the desk's turn without an outcome", async () => {
    const ref = await signed();
    accepted(await withdrawProject(filer, { ...ref, reason: "年度计划调整" }));
    expect(await projectRow(filer, ref.projectId)).toMatchObject({ stage: "withdrawn", dueOn: null });
    expect(await reviewsOf(ref.projectId)).toMatchObject([{ outcome: null, reviewerId: null, closedAt: filer.now }]);
  });

  it("is final, stale pages conflict, other units get 404", async () => {
    const id = await makeDraft(filer);
    const ref = { projectId: id, version: 1, reason: "重复申报" };
    const stranger = city.ctx(await city.as("filer", city.otherUnitId));
    expect(await kindOf(withdrawProject(stranger, ref))).toBe("notFound");
    accepted(await withdrawProject(filer, ref));
    expect(await kindOf(withdrawProject(filer, ref))).toBe("conflict");
    expect(codesOf(await withdrawProject(filer, { ...ref, version: 2 }))).toEqual(["notInThisStage"]);
  });
});

describe("a returned filing", () => {
  it("has five working days; the desk that gets it back has only what was left of its limit", async () => {
    const ref = await signed();
    const reviewer = city.ctx(await city.as("bureauReviewer"), "2026-07-23");
    const returned = await inTransaction(reviewer, async (tx) => {
      const project = await loadProject(tx, reviewer, ref.projectId, "project:review");
      return applyTransition(tx, reviewer, { project, event: "returnForSupplement", reason: "缺少依据" });
    });
    expect(accepted(returned)).toMatchObject({ stage: "returned", dueOn: "2026-07-30" });
    expect(await reviewsOf(ref.projectId)).toMatchObject([
      { outcome: "returned", opinion: "缺少依据", reviewerId: reviewer.actor.userId },
    ]);

    const version = ref.version + 1;
    const later = (ctx: Ctx) => city.ctx(ctx.actor, "2026-07-29");
    accepted(await submitProject(later(filer), { projectId: ref.projectId, version }));
    accepted(await signProject(later(lead), { projectId: ref.projectId, version: version + 1 }));
    // all three working days were used: the desk still gets one after Wednesday 29 July
    expect((await projectRow(filer, ref.projectId)).dueOn).toBe("2026-07-30");
  });

  it("a step that its row does not allow leaves no trace", async () => {
    const ref = await signed();
    const before = await projectRow(filer, ref.projectId);
    const reviewer = city.ctx(await city.as("bureauReviewer"));
    const refused = await inTransaction(reviewer, async (tx) => {
      const project = await loadProject(tx, reviewer, ref.projectId, "project:review");
      return applyTransition(tx, reviewer, { project, event: "returnForSupplement" });
    });
    expect(codesOf(refused)).toEqual(["reasonGiven"]);
    expect(await projectRow(filer, ref.projectId)).toEqual(before);
    expect(await reviewsOf(ref.projectId)).toMatchObject([{ closedAt: null }]);
  });
});

describe("starting", () => {
  async function approved(): Promise<{ projectId: string; version: number }> {
    const id = await makeDraft(filer);
    await db.update(projects).set({ stage: "approved" }).where(eq(projects.id, id));
    return { projectId: id, version: 1 };
  }

  it("procurement, then implementation: the starting day is today, and the event tells progress", async () => {
    const ref = await approved();
    accepted(await startProcurement(filer, ref));
    expect(await projectRow(filer, ref.projectId)).toMatchObject({ stage: "procurement", startedOn: null });
    accepted(await startImplementation(filer, { ...ref, version: 2 }));
    expect(await projectRow(filer, ref.projectId)).toMatchObject({ stage: "implementation", startedOn: "2026-07-20" });
    const [event] = await db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectId, ref.projectId), eq(domainEvents.type, "projectImplementationStarted")));
    expect(event?.payload).toMatchObject({ startedOn: "2026-07-20" });
  });

  it("implementation does not skip procurement; a draft starts nothing", async () => {
    const ref = await approved();
    expect(codesOf(await startImplementation(filer, ref))).toEqual(["notInThisStage"]);
    const draft = { projectId: await makeDraft(filer), version: 1 };
    expect(codesOf(await startProcurement(filer, draft))).toEqual(["notInThisStage"]);
  });

  it("twice from one page is a conflict; another unit gets 404, the leader 403", async () => {
    const ref = await approved();
    const stranger = city.ctx(await city.as("filer", city.otherUnitId));
    expect(await kindOf(startProcurement(stranger, ref))).toBe("notFound");
    expect(await kindOf(startProcurement(lead, ref))).toBe("forbidden");
    accepted(await startProcurement(filer, ref));
    expect(await kindOf(startProcurement(filer, ref))).toBe("conflict");
    expect(await kindOf(startImplementation(stranger, { ...ref, version: 2 }))).toBe("notFound");
    expect(await kindOf(startImplementation(filer, ref))).toBe("conflict");
  });
});
