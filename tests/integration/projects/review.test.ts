import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import {
  auditEntries,
  domainEvents,
  expertPanels,
  messages,
  outbox,
  projects,
  projectSubmissions,
  reviews,
  userRoles,
} from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { accepted, makeCompleteDraft, projectRow } from "@tests/support/factories/projects";
import {
  linesOf,
  makeDesks,
  makeFormChecked,
  makeUnderFundingReview,
  makeUnderReview,
  submitAndSign,
  type Desks,
} from "@tests/support/factories/review";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { fen } from "~/kernel/fen";
import { concludeFunding } from "~/modules/funding/conclude-funding.server";
import { reviewLines } from "~/modules/funding/review-lines.server";
import { approveProject } from "~/modules/projects/approve-project.server";
import { passReview } from "~/modules/projects/pass-review.server";
import { rejectProject } from "~/modules/projects/reject-project.server";
import { returnForSupplement } from "~/modules/projects/return-for-supplement.server";
import { FORM_CHECK_KEYS } from "~/modules/projects/review/form-check.rules";
import { passFormCheck } from "~/modules/projects/review/pass-form-check.server";
import { passShortcut } from "~/modules/projects/review/pass-shortcut.server";
import { readReviewBench } from "~/modules/projects/review-bench.queries.server";
import { saveGoals } from "~/modules/projects/save-goals.server";
import { localDate } from "~/kernel/local-date";
import { newId } from "~/platform/ids.server";
import { readActor } from "~/platform/sessions.server";

const db = testDatabase();
let city: TestCity;
let desks: Desks;
beforeAll(async () => {
  city = await makeCity(db);
  desks = await makeDesks(city);
});

const stage = async (id: string) => (await projectRow({ db }, id)).stage;
const outcomes = (projectId: string) =>
  db
    .select({
      kind: reviews.kind,
      round: reviews.round,
      outcome: reviews.outcome,
      dueOn: reviews.dueOn,
      lateWorkdays: reviews.lateWorkdays,
      checks: reviews.checks,
    })
    .from(reviews)
    .where(eq(reviews.projectId, projectId))
    .orderBy(reviews.openedAt, reviews.kind);

/** The same person with one more role, as a session would read them. */
async function alsoAs(actor: Actor, role: "bureauReviewer" | "financeReviewer"): Promise<Actor> {
  await db.insert(userRoles).values({ userId: actor.userId, role }).onConflictDoNothing();
  const again = await readActor(db, actor.userId);
  if (!again) throw new Error("the person is gone");
  return again;
}

describe("the way of a filing", () => {
  it("is checked, returned once, supplemented, checked again, passed, cut, concluded and approved", async () => {
    const { id } = await makeFormChecked(city, desks, "2026-07-06");
    const bureau = (today: string) => city.ctx(desks.bureau, today);
    const projectId = id;
    let { version } = await projectRow({ db }, id);

    accepted(await returnForSupplement(bureau("2026-07-08"), { projectId, version, reason: "绩效目标不够量化" }));
    const returned = await projectRow({ db }, id);
    // five working days after Wednesday 8 July
    expect([returned.stage, returned.dueOn]).toEqual(["returned", "2026-07-15"]);

    const filer = city.ctx(desks.filer, "2026-07-14");
    accepted(
      await saveGoals(filer, id, {
        version: returned.version,
        need: "地下管网底数不清，2025年发生破坏事故12起",
        content: "建设管网一张图",
        plannedStartOn: localDate("2026-09-01"),
        plannedEndOn: localDate("2027-06-30"),
        milestones: [{ name: "完成终验", plannedOn: localDate("2027-06-30"), cumulativePercent: 100 }],
        goals: [{ name: "管网入库率", operator: "atLeast", target: "98", measureUnit: "%" }],
      }),
    );
    version = await submitAndSign(filer, city.ctx(desks.lead, "2026-07-14"), id);
    const bench = await readReviewBench(db, desks.bureau, id, localDate("2026-07-14"));
    expect(bench.rounds).toMatchObject({ before: 1, current: 2 });
    expect(bench.rounds.differences).toEqual([
      {
        section: "需求与目标",
        field: "建设必要性",
        before: ["地下管网底数不清"],
        after: ["地下管网底数不清，2025年发生破坏事故12起"],
      },
      {
        section: "需求与目标",
        field: "绩效目标",
        before: ["管网入库率 ≥ 95 %"],
        after: ["管网入库率 ≥ 98 %"],
      },
    ]);
    expect(bench.decisions).toMatchObject([
      { kind: "formCheck", outcome: "approved" },
      { kind: "approval", outcome: "returned", opinion: "绩效目标不够量化" },
    ]);
    // the form check was passed on the day it opened: its three days are whole
    expect(bench.standing).toMatchObject({ desk: "formCheck", remaining: 3, light: "green" });

    accepted(await passFormCheck(bureau("2026-07-14"), { projectId, version, checks: FORM_CHECK_KEYS }));
    version += 1;
    // ten working days, two of them used before the return
    const again = await readReviewBench(db, desks.bureau, id, localDate("2026-07-14"));
    expect(again.standing).toMatchObject({ desk: "approval", remaining: 8 });

    accepted(await passReview(bureau("2026-07-15"), { projectId, version, opinion: "同意" }));
    const finance = city.ctx(desks.finance, "2026-07-16");
    const [first, second] = await linesOf({ db }, id);
    if (!first || !second) throw new Error("two lines were declared");
    accepted(
      await reviewLines(finance, {
        projectId,
        version: version + 1,
        rest: "asDeclared",
        lines: [
          { id: first.id, reviewedFen: fen(180_000_000), reason: "同类系统询价为180万元" },
          { id: second.id, reviewedFen: null, reason: "" },
        ],
      }),
    );
    const totals = accepted(await concludeFunding(finance, { projectId, version: version + 2 }));
    expect(totals).toMatchObject({
      declaredFen: 300_000_000,
      reviewedFen: 280_000_000,
      cutFen: 20_000_000,
      openLines: 0,
    });
    accepted(await approveProject(bureau("2026-07-20"), { projectId, version: version + 3 }));

    const approved = await projectRow({ db }, id);
    expect(approved).toMatchObject({
      stage: "approved",
      declaredFen: 300_000_000,
      reviewedFen: 280_000_000,
      approvedFen: 280_000_000,
      approvedOn: "2026-07-20",
      dueOn: null,
    });
    expect(await outcomes(id)).toMatchObject([
      { kind: "approval", round: 1, outcome: "returned", lateWorkdays: 0 },
      { kind: "formCheck", round: 1, outcome: "approved", checks: [...FORM_CHECK_KEYS] },
      { kind: "approval", round: 2, outcome: "approved" },
      { kind: "formCheck", round: 2, outcome: "approved" },
      { kind: "funding", round: 1, outcome: "approved" },
    ]);
    const events = await db
      .select({ type: domainEvents.type, reason: domainEvents.reason })
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectId, id), eq(domainEvents.type, "projectReturned")));
    expect(events).toEqual([{ type: "projectReturned", reason: "绩效目标不够量化" }]);
    expect(await db.$count(projectSubmissions, eq(projectSubmissions.projectId, id))).toBe(2);
  });

  it("tells the next desk, or the applicant, what to do", async () => {
    const { id, version } = await makeFormChecked(city, desks);
    accepted(await passReview(city.ctx(desks.bureau), { projectId: id, version }));
    const inbox = await db
      .select({ href: messages.href })
      .from(messages)
      .where(and(eq(messages.userId, desks.finance.userId), eq(messages.href, `/funding/${id}`)));
    expect(inbox).toHaveLength(1);
  });
});

describe.each([
  ["passFormCheck", passFormCheck, "underReview"],
  ["passShortcut", passShortcut, "underFundingReview"],
  ["passReview", passReview, "underFundingReview"],
  ["returnForSupplement", returnForSupplement, "returned"],
  ["rejectProject", rejectProject, "rejected"],
] as const)("%s", (name, verb, to) => {
  /** on the bureau's desk, at the step that the verb ends */
  const made = async () => {
    if (name === "passReview") return makeFormChecked(city, desks);
    const made = await makeUnderReview(city, desks);
    const grounds = { shortcut: "urgentOrder" as const, shortcutBasis: "市政府第12次常务会议纪要" };
    if (name === "passShortcut") await db.update(projects).set(grounds).where(eq(projects.id, made.id));
    return made;
  };
  const act = (actor: Actor, projectId: string, version: number) =>
    verb(city.ctx(actor), { projectId, version, reason: "材料与申报不符", checks: FORM_CHECK_KEYS });

  it("moves the project with its audit, event and outbox rows", async () => {
    const { id, version } = await made();
    const counts = () =>
      Promise.all([
        db.$count(auditEntries, eq(auditEntries.objectId, id)),
        db.$count(domainEvents, eq(domainEvents.subjectId, id)),
        db.$count(outbox, eq(outbox.subjectId, id)),
      ]);
    const before = await counts();
    expect(await act(desks.bureau, id, version)).toMatchObject({ ok: true });
    expect(await stage(id)).toBe(to);
    expect(await counts()).toEqual(before.map((count) => count + 1));
  });

  it("another region's bureau gets 404", async () => {
    const { id, version } = await made();
    const elsewhere = await makeCity(db);
    await expect(act(await elsewhere.as("bureauReviewer"), id, version)).rejects.toMatchObject({ kind: "notFound" });
    expect(await stage(id)).toBe("underReview");
  });

  it("who sees the project but does not review gets 403", async () => {
    const { id, version } = await made();
    await expect(act(desks.finance, id, version)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(act(desks.filer, id, version)).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("a stale version is a conflict and changes nothing", async () => {
    const { id, version } = await made();
    await expect(act(desks.bureau, id, version - 1)).rejects.toMatchObject({ kind: "conflict" });
    expect(await stage(id)).toBe("underReview");
  });

  it("a form sent twice has one effect", async () => {
    const { id, version } = await made();
    const results = await Promise.allSettled([act(desks.bureau, id, version), act(desks.bureau, id, version)]);
    expect(results.filter((r) => r.status === "fulfilled" && r.value.ok)).toHaveLength(1);
    const closed = (await outcomes(id)).filter(
      ({ kind }) => kind === (name === "passReview" ? "approval" : "formCheck"),
    );
    const expected = {
      underReview: "approved",
      underFundingReview: "approved",
      returned: "returned",
      rejected: "rejected",
    };
    expect(closed.map(({ outcome }) => outcome)).toEqual([expected[to]]);
  });
});

describe("the form check", () => {
  it("is not passed with an item left unticked", async () => {
    const { id, version } = await makeUnderReview(city, desks);
    const checks = FORM_CHECK_KEYS.slice(1);
    for (const verb of [passFormCheck, passShortcut])
      expect(await verb(city.ctx(desks.bureau), { projectId: id, version, checks })).toMatchObject({
        ok: false,
        refusals: [{ code: "checksOpen", facts: { count: 1 } }],
      });
    expect(await projectRow({ db }, id)).toMatchObject({ version });
  });

  it("comes before the opinion, and only once", async () => {
    const { id, version } = await makeUnderReview(city, desks);
    const ctx = city.ctx(desks.bureau);
    expect(await passReview(ctx, { projectId: id, version })).toMatchObject({ refusals: [{ code: "formChecked" }] });
    accepted(await passFormCheck(ctx, { projectId: id, version, checks: FORM_CHECK_KEYS }));
    const again = await passFormCheck(ctx, { projectId: id, version: version + 1, checks: FORM_CHECK_KEYS });
    expect(again).toMatchObject({ refusals: [{ code: "atFormCheck" }] });
    // Monday 20 July + 10 working days
    expect(await projectRow({ db }, id)).toMatchObject({ stage: "underReview", dueOn: "2026-08-03" });
  });

  it.each([
    ["no short-cut was chosen", null, ""],
    ["its basis is blank", "approvedPlan" as const, "  "],
  ])("leads to no short-cut when %s", async (_name, shortcut, shortcutBasis) => {
    const { id, version } = await makeUnderReview(city, desks);
    await db.update(projects).set({ shortcut, shortcutBasis }).where(eq(projects.id, id));
    const result = await passShortcut(city.ctx(desks.bureau), { projectId: id, version, checks: FORM_CHECK_KEYS });
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "shortcutGrounded" }] });
  });

  it("that was closed late says by how many working days", async () => {
    const { id, version } = await makeUnderReview(city, desks, "2026-07-06");
    // due Thursday 9 July, closed Tuesday 14 July
    const ctx = city.ctx(desks.bureau, "2026-07-14");
    accepted(await returnForSupplement(ctx, { projectId: id, version, reason: "附件不清" }));
    expect(await outcomes(id)).toMatchObject([{ kind: "formCheck", dueOn: "2026-07-09", lateWorkdays: 3 }]);
  });
});

describe("an open expert panel", () => {
  async function withPanel() {
    const { id, version } = await makeFormChecked(city, desks);
    const { regionId } = await projectRow({ db }, id);
    const ctx = city.ctx(desks.bureau);
    await db.insert(expertPanels).values({
      id: newId(),
      projectId: id,
      regionId,
      state: "open",
      convenedBy: desks.bureau.userId,
      convenedAt: ctx.now,
      dueOn: localDate("2026-07-27"),
    });
    return { id, version, ctx };
  }

  it("holds the pass up", async () => {
    const { id, version, ctx } = await withPanel();
    expect(await passReview(ctx, { projectId: id, version })).toMatchObject({ refusals: [{ code: "noPanelOpen" }] });
    expect((await readReviewBench(db, desks.bureau, id, ctx.today)).standing).toMatchObject({ panelOpen: true });
  });
});

describe("a reason", () => {
  it.each([
    ["returnForSupplement", returnForSupplement],
    ["rejectProject", rejectProject],
  ] as const)("is demanded by %s; blanks are none", async (_name, verb) => {
    const { id, version } = await makeUnderReview(city, desks);
    const result = await verb(city.ctx(desks.bureau), { projectId: id, version, reason: " \n " });
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "reasonGiven" }] });
    expect(await stage(id)).toBe("underReview");
  });
});

describe("two persons", () => {
  it("nobody passes what he submitted himself", async () => {
    const both = { ...desks, filer: await city.as("filer") };
    const { id, version } = await makeFormChecked(city, both);
    const filerAndReviewer = await alsoAs(both.filer, "bureauReviewer");
    const result = await passReview(city.ctx(filerAndReviewer), { projectId: id, version });
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "otherPersonThanBefore" }] });
    expect(await stage(id)).toBe("underReview");
  });

  it("nobody checks what he signed himself, and the bench says so", async () => {
    const both = { ...desks, lead: await city.as("unitLead") };
    const { id, version } = await makeUnderReview(city, both);
    const leadAndReviewer = await alsoAs(both.lead, "bureauReviewer");
    const ctx = city.ctx(leadAndReviewer);
    const result = await passFormCheck(ctx, { projectId: id, version, checks: FORM_CHECK_KEYS });
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "otherPersonThanBefore" }] });
    const { persons } = await readReviewBench(db, leadAndReviewer, id, ctx.today);
    expect(persons).toMatchObject({ signedBy: both.lead.name, mayNotReview: true });
    const bench = await readReviewBench(db, desks.bureau, id, ctx.today);
    expect(bench.persons).toMatchObject({ submittedBy: both.filer.name, mayNotReview: false });
  });

  it("nobody approves what he reviewed for finance himself", async () => {
    const both = { ...desks, finance: await alsoAs(await city.as("bureauReviewer"), "financeReviewer") };
    const { id, version } = await makeUnderFundingReview(city, both);
    const ctx = city.ctx(both.finance);
    const lines = (await linesOf({ db }, id)).map((line) => ({ id: line.id, reviewedFen: null, reason: "" }));
    accepted(await reviewLines(ctx, { projectId: id, version, rest: "asDeclared", lines }));
    accepted(await concludeFunding(ctx, { projectId: id, version: version + 1 }));
    const refusedOne = await approveProject(ctx, { projectId: id, version: version + 2 });
    expect(refusedOne).toMatchObject({ ok: false, refusals: [{ code: "otherPersonThanBefore" }] });
    accepted(await approveProject(city.ctx(desks.bureau), { projectId: id, version: version + 2 }));
    expect(await stage(id)).toBe("approved");
  });
});

describe("approveProject", () => {
  it("is refused before finance has concluded", async () => {
    const { id, version } = await makeUnderFundingReview(city, desks);
    const result = await approveProject(city.ctx(desks.bureau), { projectId: id, version });
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "fundingConcluded" }] });
    expect(await projectRow({ db }, id)).toMatchObject({ stage: "underFundingReview", approvedFen: null });
  });

  it("is refused while the bureau itself still reviews", async () => {
    const { id, version } = await makeUnderReview(city, desks);
    const result = await approveProject(city.ctx(desks.bureau), { projectId: id, version });
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "notInThisStage" }] });
  });

  it("finance may not approve", async () => {
    const { id, version } = await makeUnderFundingReview(city, desks);
    await expect(approveProject(city.ctx(desks.finance), { projectId: id, version })).rejects.toMatchObject({
      kind: "forbidden",
    });
  });
});

describe("the review bench", () => {
  it("shows the filing, a passed checklist and no earlier decision in the first round", async () => {
    const { id } = await makeUnderReview(city, desks);
    const bench = await readReviewBench(db, desks.bureau, id, localDate("2026-07-20"));
    expect(bench.checklist.filter(({ problems }) => problems.length > 0)).toEqual([]);
    expect(bench).toMatchObject({
      decisions: [],
      standing: { desk: "formCheck", panelOpen: false, fundingConcluded: false, remaining: 3, light: "green" },
    });
    expect(bench.rounds).toMatchObject({ before: null, differences: [] });
    expect(bench.filing.data.resources).toHaveLength(1);
  });

  it("shows what was decided of similar projects, rejected ones too, and why", async () => {
    const filer = city.ctx(desks.filer);
    const first = await makeCompleteDraft(filer, "水库大坝安全监测平台");
    const version = await submitAndSign(filer, city.ctx(desks.lead), first.id);
    const reason = "与省级平台重复建设";
    accepted(await rejectProject(city.ctx(desks.bureau), { projectId: first.id, version, reason }));
    const second = await makeCompleteDraft(filer, "水库大坝安全监测系统");
    await submitAndSign(filer, city.ctx(desks.lead), second.id);
    const bench = await readReviewBench(db, desks.bureau, second.id, localDate("2026-07-20"));
    expect(bench.others.filter(({ projectId }) => projectId === first.id)).toMatchObject([
      { projectName: "水库大坝安全监测平台", kind: "formCheck", outcome: "rejected", opinion: reason },
    ]);
  });

  it("is not for those who only read", async () => {
    const { id } = await makeUnderReview(city, desks);
    const auditor = await city.as("auditor");
    await expect(readReviewBench(db, auditor, id, localDate("2026-07-20"))).rejects.toMatchObject({
      kind: "forbidden",
    });
  });
});
