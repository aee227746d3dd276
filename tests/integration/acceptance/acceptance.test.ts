import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import {
  acceptanceDocuments,
  acceptances,
  archiveChecks,
  auditEntries,
  catalogDeliveries,
  domainEvents,
  expertOpinions,
  expertPanels,
  messages,
  milestones,
  outbox,
  projects,
  resources,
} from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import {
  acceptanceRow,
  FINAL_PAPERS,
  INITIAL_PAPERS,
  makeAcceptancePeople,
  makeApplication,
  makeBuilt,
  makeReported,
  makeTriedOut,
  paperFile,
  passArchive,
  type AcceptancePeople,
} from "@tests/support/factories/acceptance";
import { makeResource } from "@tests/support/factories/assessment";
import { makeExpert, giveFor } from "@tests/support/factories/experts";
import { accepted, projectRow } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import { readAcceptancePage, readOpinionSheet, readPaper } from "~/modules/acceptance/acceptance.queries.server";
import { addPaper } from "~/modules/acceptance/add-paper.server";
import { checkArchive } from "~/modules/acceptance/check-archive.server";
import { declineAcceptance } from "~/modules/acceptance/decline-acceptance.server";
import { draftAcceptance } from "~/modules/acceptance/draft-acceptance.server";
import { editAcceptance } from "~/modules/acceptance/edit-acceptance.server";
import { opinionForm } from "~/modules/acceptance/opinion-form";
import { passAcceptance } from "~/modules/acceptance/pass-acceptance.server";
import { removePaper } from "~/modules/acceptance/remove-paper.server";
import { signAcceptance } from "~/modules/acceptance/sign-acceptance.server";
import { submitAcceptance } from "~/modules/acceptance/submit-acceptance.server";
import { turnDownAcceptance } from "~/modules/acceptance/turn-down-acceptance.server";
import { withdrawAcceptance } from "~/modules/acceptance/withdraw-acceptance.server";
import { concludePanel } from "~/modules/experts/conclude-panel.server";
import { convenePanel } from "~/modules/experts/convene-panel.server";
import { CRITERIA_OF } from "~/modules/experts";
import { expertListeners } from "~/modules/experts/index.server";
import { readInvitation, readOpinionAttachment } from "~/modules/experts/opinions.queries.server";
import { latestPanel } from "~/modules/projects/review/latest-panel.queries.server";
import { readStanding } from "~/modules/projects/review/standing.queries.server";
import { completeConstruction } from "~/modules/projects/complete-construction.server";
import { startOperation } from "~/modules/projects/start-operation.server";
import { startTrialRun } from "~/modules/projects/start-trial-run.server";
import { readMyWork } from "~/modules/desk/read-my-work.server";
import { newId } from "~/platform/ids.server";
import { relayOutbox } from "~/platform/outbox.server";

const db = testDatabase();
let city: TestCity;
let people: AcceptancePeople;
beforeAll(async () => {
  city = await makeCity(db);
  people = await makeAcceptancePeople(city);
});

const codes = (result: { ok: true } | { ok: false; refusals: readonly { code: string }[] }) =>
  result.ok ? ["ok"] : result.refusals.map(({ code }) => code);
const filer = () => city.ctx(people.filer);
const bureau = () => city.ctx(people.bureau);
const pass = (ref: { acceptanceId: string; version: number }) => passAcceptance(bureau(), { ...ref, opinion: "同意" });

describe("the way to acceptance", () => {
  it("is built, accepted initially, tried out, accepted, delivered, handed over", async () => {
    const projectId = await makeBuilt(city, { completedOn: null });
    const step = async () => ({ projectId, version: (await projectRow({ db }, projectId)).version });
    accepted(await completeConstruction(filer(), { ...(await step()), reason: "" }));
    expect(await projectRow({ db }, projectId)).toMatchObject({ stage: "implementation", completedOn: "2026-07-20" });

    const initial = await makeReported(city, people, projectId, INITIAL_PAPERS);
    expect(await acceptanceRow(db, initial.acceptanceId)).toMatchObject({
      kind: "initial",
      number: 1,
      state: "open",
      // ten working days after Monday 20 July
      dueOn: "2026-08-03",
    });
    accepted(await pass(initial));
    expect((await projectRow({ db }, projectId)).stage).toBe("initialAccepted");
    accepted(await startTrialRun(filer(), await step()));

    const later = "2026-10-20";
    const final = await makeReported(city, people, projectId, FINAL_PAPERS, later);
    await passArchive(city, people, projectId);
    accepted(await passAcceptance(city.ctx(people.bureau, later), { ...final, opinion: "" }));
    expect(await projectRow({ db }, projectId)).toMatchObject({ stage: "accepted", acceptedOn: later });
    expect(await acceptanceRow(db, final.acceptanceId)).toMatchObject({
      state: "passed",
      decidedBy: people.bureau.userId,
      opinion: null,
    });
    expect(await db.$count(catalogDeliveries, eq(catalogDeliveries.projectId, projectId))).toBe(1);
    const sheet = opinionForm(await readOpinionSheet(db, people.filer, { projectId, ...final }), false);
    const said = (what: string) => sheet.table.rows.find(([first]) => first === what)?.[1];
    expect([said("验收结论"), said("专家评审")]).toEqual(["竣工验收通过", "未组织专家评审"]);
    expect(said("档案验收")).toContain("第1次，档案验收合格");
    expect(sheet.signatures?.join()).toContain(people.lead.name);
    const standing = await readStanding(db, await projectRow({ db }, projectId), localDate(later));
    expect(standing).toMatchObject({ completed: true, acceptance: null, panelOpen: false });
    const trail = await db.select().from(auditEntries).where(eq(auditEntries.objectId, final.acceptanceId));
    expect(trail.map(({ result }) => result)).toEqual([
      "acceptanceDrafted",
      "acceptanceEdited",
      ...FINAL_PAPERS.map(() => "acceptancePaperAdded"),
      "acceptanceSubmitted",
      "acceptanceSigned",
      "acceptancePassed",
    ]);
    expect(await db.$count(outbox, eq(outbox.subjectId, final.acceptanceId))).toBe(trail.length);
    const told = await db.select().from(messages).where(eq(messages.userId, people.filer.userId));
    expect(told.map(({ title }) => title)).toContain("竣工验收通过：智慧管网系统");
    accepted(await startOperation(filer(), await step()));
    expect((await projectRow({ db }, projectId)).stage).toBe("operation");
  });
});

describe("declaring a project built", () => {
  it("happens once, on an unchanged page, by its own unit", async () => {
    const projectId = await makeBuilt(city, { completedOn: null });
    const ref = { projectId, version: (await projectRow({ db }, projectId)).version, reason: "" };
    const stranger = city.ctx(await city.as("filer", city.otherUnitId));
    await expect(completeConstruction(stranger, ref)).rejects.toMatchObject({ kind: "notFound" });
    await expect(completeConstruction(bureau(), ref)).rejects.toMatchObject({ kind: "forbidden" });
    accepted(await completeConstruction(filer(), ref));
    await expect(completeConstruction(filer(), ref)).rejects.toMatchObject({ kind: "conflict" });
    expect(codes(await completeConstruction(filer(), { ...ref, version: ref.version + 1 }))).toEqual([
      "notCompletedYet",
    ]);
  });
});

describe("the papers", () => {
  it("are named one by one until all are there", async () => {
    const projectId = await makeTriedOut(city, { mlpsLevel: 3 });
    const { id: acceptanceId } = accepted(await draftAcceptance(filer(), projectId));
    expect(codes(await submitAcceptance(filer(), { acceptanceId, version: 1 }))).toEqual([
      "statementMissing",
      ...Array.from({ length: 6 }, () => "paperMissing"),
    ]);
    const page = await readAcceptancePage(db, people.filer, projectId, localDate("2026-07-20"));
    expect(page.missing.map(({ code }) => code)).toContain("archiveUnchecked");
  });

  it("are taken once by content, and can be taken off again", async () => {
    const projectId = await makeTriedOut(city);
    const { acceptanceId } = await makeApplication(city, people, projectId, []);
    const file = paperFile("审计报告");
    const first = accepted(await addPaper(filer(), acceptanceId, { kind: "auditReport", file }));
    expect(first.alsoIn).toBeNull();
    expect(codes(await addPaper(filer(), acceptanceId, { kind: "other", file }))).toEqual(["duplicateInProject"]);
    const both = await Promise.all([0, 1].map(() => addPaper(filer(), acceptanceId, { kind: "other", file })));
    expect(both.flatMap(codes)).toEqual(["duplicateInProject", "duplicateInProject"]);
    const stored = await readPaper(db, people.bureau, { projectId, paperId: first.id });
    expect(stored.file.name).toBe("审计报告.pdf");
    accepted(await removePaper(filer(), acceptanceId, first.id));
    await expect(removePaper(filer(), acceptanceId, first.id)).rejects.toMatchObject({ kind: "notFound" });
    await expect(readPaper(db, people.bureau, { projectId, paperId: first.id })).rejects.toMatchObject({
      kind: "notFound",
    });
    const again = accepted(await addPaper(filer(), acceptanceId, { kind: "auditReport", file }));
    expect(await db.$count(acceptanceDocuments, eq(acceptanceDocuments.acceptanceId, acceptanceId))).toBe(2);
    // The same content in another project's acceptance is told of, not refused.
    const other = await makeApplication(city, people, await makeTriedOut(city, { name: "另一个系统" }), []);
    expect(accepted(await addPaper(filer(), other.acceptanceId, { kind: "auditReport", file })).alsoIn).toBe(
      "智慧管网系统",
    );
    const stranger = city.ctx(await city.as("filer", city.otherUnitId));
    await expect(addPaper(stranger, acceptanceId, { kind: "other", file })).rejects.toMatchObject({ kind: "notFound" });
    await expect(removePaper(stranger, acceptanceId, again.id)).rejects.toMatchObject({ kind: "notFound" });
    await expect(readPaper(db, stranger.actor, { projectId, paperId: again.id })).rejects.toMatchObject({
      kind: "notFound",
    });
    await expect(addPaper(bureau(), acceptanceId, { kind: "other", file })).rejects.toMatchObject({
      kind: "forbidden",
    });
  });

  it("stay as they are once submitted", async () => {
    const projectId = await makeBuilt(city);
    const { acceptanceId } = await makeReported(city, people, projectId, INITIAL_PAPERS);
    const [paper] = await db
      .select()
      .from(acceptanceDocuments)
      .where(eq(acceptanceDocuments.acceptanceId, acceptanceId));
    expect(codes(await removePaper(filer(), acceptanceId, paper?.id ?? ""))).toEqual(["notWritable"]);
    expect(codes(await addPaper(filer(), acceptanceId, { kind: "other", file: paperFile("补充") }))).toEqual([
      "notWritable",
    ]);
    expect(codes(await editAcceptance(filer(), { acceptanceId, version: 4, statement: "改" }))).toEqual([
      "notWritable",
    ]);
  });
});

describe("beginning", () => {
  it("one application at a time; of two at once one is refused", async () => {
    const projectId = await makeBuilt(city);
    const both = await Promise.all([draftAcceptance(filer(), projectId), draftAcceptance(filer(), projectId)]);
    expect(both.flatMap(codes).sort()).toEqual(["acceptanceUndecided", "ok"]);
  });
  it("not before the work is declared built, nor in another stage", async () => {
    expect(codes(await draftAcceptance(filer(), await makeBuilt(city, { completedOn: null })))).toEqual([
      "constructionOpen",
    ]);
    expect(codes(await draftAcceptance(filer(), await makeBuilt(city, { stage: "initialAccepted" })))).toEqual([
      "projectNotAcceptable",
    ]);
  });
  it("a stale edit is a conflict", async () => {
    const { acceptanceId } = await makeApplication(city, people, await makeBuilt(city), []);
    await expect(editAcceptance(filer(), { acceptanceId, version: 1, statement: "旧" })).rejects.toMatchObject({
      kind: "conflict",
    });
  });
});

describe("who and when", () => {
  it("another unit sees nothing, and who may not do a step is refused", async () => {
    const projectId = await makeBuilt(city);
    const ref = await makeReported(city, people, projectId, INITIAL_PAPERS);
    const stranger = city.ctx(await city.as("unitLead", city.otherUnitId));
    await expect(signAcceptance(stranger, ref)).rejects.toMatchObject({ kind: "notFound" });
    await expect(readAcceptancePage(db, stranger.actor, projectId, stranger.today)).rejects.toMatchObject({
      kind: "notFound",
    });
    await expect(draftAcceptance(stranger, projectId)).rejects.toMatchObject({ kind: "notFound" });
    await expect(checkArchive(stranger, projectId, { result: "passed", remark: "", number: 1 })).rejects.toMatchObject({
      kind: "notFound",
    });
    for (const role of ["auditor", "financeReviewer", "bureauAssessor"] as const) {
      const other = city.ctx(await city.as(role));
      await expect(passAcceptance(other, { ...ref, opinion: "" })).rejects.toMatchObject({ kind: "forbidden" });
      await expect(withdrawAcceptance(other, ref)).rejects.toMatchObject({ kind: "forbidden" });
    }
    await expect(checkArchive(filer(), projectId, { result: "passed", remark: "", number: 1 })).rejects.toMatchObject({
      kind: "forbidden",
    });
    await expect(signAcceptance(filer(), ref)).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("nobody signs what he submitted, nor decides what he had a hand in", async () => {
    const projectId = await makeBuilt(city);
    const { acceptanceId, version } = await makeApplication(city, people, projectId, INITIAL_PAPERS);
    accepted(await submitAcceptance(filer(), { acceptanceId, version }));
    await db.update(acceptances).set({ submittedBy: people.lead.userId }).where(eq(acceptances.id, acceptanceId));
    const lead = city.ctx(people.lead);
    expect(codes(await signAcceptance(lead, { acceptanceId, version: 3 }))).toEqual(["otherPersonThanBefore"]);
    await db
      .update(acceptances)
      .set({ state: "open", submittedBy: people.bureau.userId })
      .where(eq(acceptances.id, acceptanceId));
    expect(codes(await pass({ acceptanceId, version: 3 }))).toEqual(["otherPersonThanBefore"]);
    const reason = { acceptanceId, version: 3, opinion: "不符" };
    expect(codes(await turnDownAcceptance(bureau(), { ...reason, event: "fail" }))).toEqual(["otherPersonThanBefore"]);
    expect(codes(await checkArchive(bureau(), projectId, { result: "passed", remark: "", number: 1 }))).toEqual([
      "otherPersonThanBefore",
    ]);
  });

  it("a page that is not the newest is a conflict; pressed twice it happens once", async () => {
    const projectId = await makeBuilt(city);
    const ref = await makeReported(city, people, projectId, INITIAL_PAPERS);
    await expect(pass({ ...ref, version: ref.version - 1 })).rejects.toMatchObject({ kind: "conflict" });
    const both = await Promise.allSettled([pass(ref), pass(ref)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const passed = and(eq(domainEvents.subjectId, projectId), eq(domainEvents.type, "projectInitialAcceptancePassed"));
    expect(await db.$count(domainEvents, passed)).toBe(1);
  });

  it("a project that stands still is not accepted", async () => {
    const projectId = await makeBuilt(city);
    const ref = await makeReported(city, people, projectId, INITIAL_PAPERS);
    await db.update(projects).set({ stage: "suspended" }).where(eq(projects.id, projectId));
    expect(codes(await pass(ref))).toEqual(["projectStandsStill"]);
    for (const event of ["fail", "returnForSupplement"] as const)
      expect(codes(await turnDownAcceptance(bureau(), { ...ref, event, opinion: "缺材料" }))).toEqual([
        "projectStandsStill",
      ]);
    expect((await acceptanceRow(db, ref.acceptanceId)).state).toBe("open");
    accepted(await withdrawAcceptance(filer(), ref));
  });
});

describe("milestones behind their day", () => {
  it("need a word when the project is declared built; those ahead do not", async () => {
    const projectId = await makeBuilt(city, { completedOn: null });
    const row = { projectId, regionId: city.regionId, cumulativePercent: 80, completedOn: null };
    await db.insert(milestones).values([
      { ...row, id: newId(), position: 1, name: "集成测试", plannedOn: localDate("2026-07-20") },
      { ...row, id: newId(), position: 2, name: "初验", plannedOn: localDate("2026-07-21") },
    ]);
    const ref = { projectId, version: (await projectRow({ db }, projectId)).version };
    expect(codes(await completeConstruction(filer(), { ...ref, reason: " " }))).toEqual(["milestonesDoneOrReasoned"]);
    accepted(await completeConstruction(filer(), { ...ref, reason: "测试与上线合并进行" }));
  });
});

describe("the desk", () => {
  it("shows each hand what waits for it", async () => {
    const own = await makeCity(db);
    const hands = await makeAcceptancePeople(own);
    const projectId = await makeTriedOut(own);
    const work = async (actor: AcceptancePeople["filer"]) =>
      (await readMyWork(own.ctx(actor))).filter(({ kind }) => kind === "验收").map(({ what }) => what);
    expect(await work(hands.filer)).toEqual(["申请终验"]);
    const { acceptanceId } = await makeApplication(own, hands, projectId, FINAL_PAPERS);
    expect(await work(hands.filer)).toEqual(["完成验收申请并提交"]);
    accepted(await submitAcceptance(own.ctx(hands.filer), { acceptanceId, version: 2 }));
    expect([await work(hands.filer), await work(hands.lead)]).toEqual([[], ["签批验收申请"]]);
    accepted(await signAcceptance(own.ctx(hands.lead), { acceptanceId, version: 3 }));
    expect([await work(hands.lead), await work(hands.bureau)]).toEqual([[], ["办理验收"]]);
  });
});

describe("turning down", () => {
  it("the leader sends back; the bureau returns, then fails; the next application has the next number", async () => {
    const projectId = await makeBuilt(city);
    const { acceptanceId, version } = await makeApplication(city, people, projectId, INITIAL_PAPERS);
    accepted(await submitAcceptance(filer(), { acceptanceId, version }));
    const lead = city.ctx(people.lead);
    expect(codes(await declineAcceptance(lead, { acceptanceId, version: 3, opinion: " " }))).toEqual(["reasonGiven"]);
    accepted(await declineAcceptance(lead, { acceptanceId, version: 3, opinion: "总结太略" }));
    accepted(await submitAcceptance(filer(), { acceptanceId, version: 4 }));
    accepted(await signAcceptance(lead, { acceptanceId, version: 5 }));
    const returning = { acceptanceId, version: 6, event: "returnForSupplement" as const };
    expect(codes(await turnDownAcceptance(bureau(), { ...returning, opinion: "" }))).toEqual(["reasonGiven"]);
    accepted(await turnDownAcceptance(bureau(), { ...returning, opinion: "缺验收单" }));
    expect(await acceptanceRow(db, acceptanceId)).toMatchObject({
      state: "returned",
      dueOn: null,
      opinion: "缺验收单",
    });
    accepted(await submitAcceptance(filer(), { acceptanceId, version: 7 }));
    accepted(await signAcceptance(lead, { acceptanceId, version: 8 }));
    accepted(await turnDownAcceptance(bureau(), { acceptanceId, version: 9, event: "fail", opinion: "功能未实现" }));
    expect((await projectRow({ db }, projectId)).stage).toBe("implementation");
    expect(codes(await pass({ acceptanceId, version: 10 }))).toEqual(["notInThisState"]);
    const next = accepted(await draftAcceptance(filer(), projectId));
    expect(await acceptanceRow(db, next.id)).toMatchObject({ kind: "initial", number: 2, state: "draft" });
    accepted(await withdrawAcceptance(filer(), { acceptanceId: next.id, version: 1 }));
    expect(codes(await withdrawAcceptance(filer(), { acceptanceId: next.id, version: 2 }))).toEqual(["notInThisState"]);
  });
});

describe("the gate of the final acceptance", () => {
  it("refuses with everything that is missing, and passes when it is there", async () => {
    const projectId = await makeTriedOut(city, {}, "2026-07-01");
    const resourceId = await makeResource(city, "管网数据", {
      projectId,
      sharingType: "conditional",
      state: "published",
    });
    const ref = await makeReported(city, people, projectId, FINAL_PAPERS);
    expect(codes(await pass(ref))).toEqual(["trialRunTooShort", "archiveUnchecked", "entryUnconnected"]);
    await db
      .update(resources)
      .set({ interfaceAttachedOn: localDate("2026-06-01") })
      .where(eq(resources.id, resourceId));
    await db
      .update(domainEvents)
      .set({ at: new Date("2026-06-20T02:00:00Z") })
      .where(and(eq(domainEvents.subjectId, projectId), eq(domainEvents.type, "projectTrialRunStarted")));
    expect(codes(await checkArchive(bureau(), projectId, { result: "failed", remark: "", number: 1 }))).toEqual([
      "remarkGiven",
    ]);
    accepted(await checkArchive(bureau(), projectId, { result: "failed", remark: "缺竣工图", number: 1 }));
    expect(codes(await pass(ref))).toEqual(["archiveFailed", "entryUntested"]);
    expect((await projectRow({ db }, projectId)).stage).toBe("trialRun");
    await db
      .update(resources)
      .set({ testSharedOn: localDate("2026-06-10") })
      .where(eq(resources.id, resourceId));
    await passArchive(city, people, projectId, 2);
    accepted(await pass(ref));
    expect(await projectRow({ db }, projectId)).toMatchObject({ stage: "accepted", acceptedOn: "2026-07-20" });
  });

  it("a passed check of the archive that is followed by a failed one does not count", async () => {
    const projectId = await makeTriedOut(city);
    const ref = await makeReported(city, people, projectId, FINAL_PAPERS);
    await passArchive(city, people, projectId);
    accepted(await checkArchive(bureau(), projectId, { result: "failed", remark: "图纸有误", number: 2 }));
    expect(codes(await pass(ref))).toEqual(["archiveFailed"]);
  });

  it("a check of the archive that is sent twice is one, and waits until the work is built", async () => {
    const projectId = await makeTriedOut(city);
    const send = () => checkArchive(bureau(), projectId, { result: "passed", remark: "", number: 1 });
    const both = await Promise.all([send(), send()]);
    expect(both.flatMap(codes).sort()).toEqual(["checkedMeanwhile", "ok"]);
    expect(await db.$count(archiveChecks, eq(archiveChecks.projectId, projectId))).toBe(1);
    const open = await makeBuilt(city, { completedOn: null });
    expect(codes(await checkArchive(bureau(), open, { result: "passed", remark: "", number: 1 }))).toEqual([
      "projectNotAcceptable",
    ]);
  });
});

describe("experts on an acceptance", () => {
  const experts = () => Promise.all([makeExpert(city), makeExpert(city), makeExpert(city)]);
  const convene = async (projectId: string, who: readonly { userId: string }[]) =>
    convenePanel(bureau(), {
      projectId,
      version: (await projectRow({ db }, projectId)).version,
      expertIds: who.map(({ userId }) => userId),
      questions: "是否具备验收条件",
    });

  it("judge it while it is before the bureau; the decision waits for them", async () => {
    const projectId = await makeBuilt(city);
    const three = await experts();
    expect(codes(await convene(projectId, three))).toEqual(["notUnderReview"]);
    const ref = await makeReported(city, people, projectId, INITIAL_PAPERS);
    expect(codes(await convene(projectId, three.slice(0, 2)))).toEqual(["tooFewExperts"]);
    const { panelId } = accepted(await convene(projectId, three));
    const [panel] = await db.select().from(expertPanels).where(eq(expertPanels.id, panelId));
    expect(panel).toMatchObject({ purpose: "acceptance", state: "open" });
    expect((await acceptanceRow(db, ref.acceptanceId)).panelId).toBe(panelId);
    expect(codes(await pass(ref))).toEqual(["noPanelOpen"]);
    expect(codes(await turnDownAcceptance(bureau(), { ...ref, event: "fail", opinion: "不符" }))).toEqual([
      "noPanelOpen",
    ]);
    for (const expert of three) await giveFor(city, panelId, expert, "agree");
    const [seat] = await db.select().from(expertOpinions).where(eq(expertOpinions.panelId, panelId));
    const expert = three.find(({ userId }) => userId === seat?.expertId) ?? expect.fail("no seat");
    const opinionId = seat?.id ?? "";
    const { acceptance, opinion } = await readInvitation(db, expert, opinionId, localDate("2026-07-20"));
    expect(opinion.criteria).toEqual(CRITERIA_OF.acceptance);
    // Kept are the marks that an acceptance is asked about, no others.
    expect(Object.keys(seat?.marks ?? {}).sort()).toEqual([...CRITERIA_OF.acceptance].sort());
    expect(acceptance).toMatchObject({ kind: "initial", statement: "建成并投入使用" });
    const paperId = acceptance?.papers[0]?.id ?? "";
    const paper = await readOpinionAttachment(db, expert, { opinionId, attachmentId: paperId });
    expect(paper.file.name).toBe("constructionSummary.pdf");
    const elsewhere = await makeApplication(city, people, await makeBuilt(city), ["constructionSummary"]);
    const [foreign] = await db
      .select()
      .from(acceptanceDocuments)
      .where(eq(acceptanceDocuments.acceptanceId, elsewhere.acceptanceId));
    await expect(
      readOpinionAttachment(db, expert, { opinionId, attachmentId: foreign?.id ?? "" }),
    ).rejects.toMatchObject({ kind: "notFound" });
    const conclude = () =>
      concludePanel(bureau(), { panelId, version: 1, verdict: "agree", summary: "具备条件", deviationReason: "" });
    const stop = (stage: "suspended" | "implementation") =>
      db.update(projects).set({ stage }).where(eq(projects.id, projectId));
    await stop("suspended");
    expect(codes(await conclude())).toEqual(["projectSuspended"]);
    await stop("implementation");
    accepted(await conclude());
    accepted(await pass(ref));
    expect((await projectRow({ db }, projectId)).stage).toBe("initialAccepted");
    // The panel on the acceptance is none on the filing.
    expect(await latestPanel(db, projectId)).toBeNull();
  });

  it("are sent home when the application is returned", async () => {
    const projectId = await makeBuilt(city);
    const ref = await makeReported(city, people, projectId, INITIAL_PAPERS);
    const { panelId } = accepted(await convene(projectId, await experts()));
    accepted(await turnDownAcceptance(bureau(), { ...ref, event: "returnForSupplement", opinion: "缺验收单" }));
    await relayOutbox(db, expertListeners);
    const [panel] = await db.select().from(expertPanels).where(eq(expertPanels.id, panelId));
    expect(panel).toMatchObject({ state: "cancelled", cancelReason: "验收申请已办理“退回补正”" });
  });
});
