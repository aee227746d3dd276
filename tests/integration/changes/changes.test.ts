import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import {
  auditEntries,
  domainEvents,
  messages,
  outbox,
  projectChanges,
  projects,
  ruleFigures,
  userRoles,
} from "@db/schema";
import { makeCity, makeUnit, type TestCity } from "@tests/support/factories";
import {
  BASIS,
  makeChangeable,
  makeChangePeople,
  makeOpen,
  makeSubmitted,
  MOVE,
  type ChangePeople,
} from "@tests/support/factories/changes";
import { arrivalOf, contractOf, makePurses, PAPER } from "@tests/support/factories/execution";
import { accepted, projectRow } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import { addFigureVersion } from "~/modules/administration/add-figure-version.server";
import { listChanges, readBasis, readChange, readChangeQuery } from "~/modules/changes/change.queries.server";
import type { ChangeChecks } from "~/modules/changes/change.rules";
import { decideOnChange } from "~/modules/changes/decide-change.server";
import { declineChange } from "~/modules/changes/decline-change.server";
import { draftChange } from "~/modules/changes/draft-change.server";
import { editChange } from "~/modules/changes/edit-change.server";
import { signChange } from "~/modules/changes/sign-change.server";
import { submitChange } from "~/modules/changes/submit-change.server";
import { withdrawChange } from "~/modules/changes/withdraw-change.server";
import { readMyWork } from "~/modules/desk/read-my-work.server";
import { confirmEntry } from "~/modules/funding/execution/confirm-entry.server";
import { enterEntry } from "~/modules/funding/execution/enter-entry.server";
import { withdrawEntry } from "~/modules/funding/execution/withdraw-entry.server";
import { readActor } from "~/platform/sessions.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
let city: TestCity;
let people: ChangePeople;
beforeAll(async () => {
  city = await makeCity(db);
  people = await makeChangePeople(city);
});

const row = async (id: string) => {
  const [found] = await db.select().from(projectChanges).where(eq(projectChanges.id, id));
  return found ?? expect.fail("no such change");
};
const codes = (result: { ok: true } | { ok: false; refusals: readonly { code: string }[] }) =>
  result.ok ? ["ok"] : result.refusals.map(({ code }) => code);

describe("the way of a filed change", () => {
  it("is drafted, submitted, signed, recorded, and stands on the project", async () => {
    const projectId = await makeChangeable(city);
    const before = await projectRow({ db }, projectId);
    const input = { ...MOVE, newEstimate: fen(95_000_000), newPlannedEndOn: localDate("2027-03-31") };
    const { changeId, version } = await makeOpen(city, people, projectId, input);
    const open = await row(changeId);
    expect(open).toMatchObject({ state: "open", route: "filed", mustBeReported: false, number: 1 });
    // ten working days after Monday 20 July
    expect(open.dueOn).toBe("2026-08-03");
    expect((open.checks as ChangeChecks).route).toMatchObject({
      codes: ["withinLimit"],
      figure: { code: "change.filedPercent", value: "15", inForceFrom: "2020-01-01" },
    });

    accepted(await decideOnChange(city.ctx(people.bureau), { changeId, version, event: "accept", opinion: "" }));
    expect(await row(changeId)).toMatchObject({ state: "accepted", decidedBy: people.bureau.userId, version: 4 });
    expect(await projectRow({ db }, projectId)).toMatchObject({
      approvedFen: 95_000_000,
      plannedEndOn: "2027-03-31",
      version: before.version + 1,
    });
    const [event] = await db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectId, projectId), eq(domainEvents.type, "projectChanged")));
    expect(event?.payload).toMatchObject({ changeId, approvedFen: [100_000_000, 95_000_000] });
    const told = await db.select().from(messages).where(eq(messages.userId, people.filer.userId));
    expect(told.map(({ title }) => title)).toContain("项目变更已同意：智慧管网系统");
    const trail = await db.select().from(auditEntries).where(eq(auditEntries.objectId, changeId));
    expect(trail.map(({ result }) => result)).toEqual([
      "changeDrafted",
      "changeSubmitted",
      "changeSigned",
      "changeAccepted",
    ]);
    expect(await db.$count(outbox, eq(outbox.subjectId, changeId))).toBe(4);
  });

  it("leaves a project's end alone when none was asked for", async () => {
    const projectId = await makeChangeable(city);
    const ref = await makeOpen(city, people, projectId);
    accepted(await decideOnChange(city.ctx(people.bureau), { ...ref, event: "accept", opinion: "" }));
    expect(await projectRow({ db }, projectId)).toMatchObject({ approvedFen: 100_000_000, plannedEndOn: "2026-12-31" });
  });
});

describe("the way of an approval", () => {
  const dearer = { ...MOVE, newEstimate: fen(120_000_000) };

  it("needs an opinion, then raises the estimate", async () => {
    const projectId = await makeChangeable(city, { feasibilityFen: fen(100_000_000) });
    const ref = await makeOpen(city, people, projectId, dearer);
    expect(await row(ref.changeId)).toMatchObject({ route: "approval", mustBeReported: true });
    const bureau = city.ctx(people.bureau);
    expect(codes(await decideOnChange(bureau, { ...ref, event: "accept", opinion: " " }))).toEqual(["opinionGiven"]);
    expect((await projectRow({ db }, projectId)).approvedFen).toBe(100_000_000);
    accepted(await decideOnChange(bureau, { ...ref, event: "accept", opinion: "已报市政府同意" }));
    expect((await projectRow({ db }, projectId)).approvedFen).toBe(120_000_000);
  });

  it("refused with a reason, leaves the project as it was and lets it ask again", async () => {
    const projectId = await makeChangeable(city);
    const ref = await makeOpen(city, people, projectId, dearer);
    const bureau = city.ctx(people.bureau);
    expect(codes(await decideOnChange(bureau, { ...ref, event: "refuse", opinion: "" }))).toEqual(["reasonGiven"]);
    accepted(await decideOnChange(bureau, { ...ref, event: "refuse", opinion: "测算依据不足" }));
    expect(await row(ref.changeId)).toMatchObject({ state: "refused", opinion: "测算依据不足" });
    expect((await projectRow({ db }, projectId)).approvedFen).toBe(100_000_000);
    const again = accepted(await draftChange(city.ctx(people.filer), projectId, MOVE));
    expect((await row(again.id)).number).toBe(2);
  });

  it("is not accepted for a project that was stopped meanwhile", async () => {
    const projectId = await makeChangeable(city);
    const ref = await makeOpen(city, people, projectId, dearer);
    await db.update(projects).set({ stage: "terminated" }).where(eq(projects.id, projectId));
    const decided = await decideOnChange(city.ctx(people.bureau), { ...ref, event: "accept", opinion: "同意" });
    expect(codes(decided)).toEqual(["projectNotChangeable"]);
    expect((await row(ref.changeId)).state).toBe("open");
  });

  it("is not accepted when the estimate is another than it was measured against", async () => {
    const projectId = await makeChangeable(city);
    const ref = await makeOpen(city, people, projectId, dearer);
    await db
      .update(projects)
      .set({ approvedFen: fen(90_000_000) })
      .where(eq(projects.id, projectId));
    const decided = await decideOnChange(city.ctx(people.bureau), { ...ref, event: "accept", opinion: "同意" });
    expect(codes(decided)).toEqual(["estimateMoved"]);
    expect((await row(ref.changeId)).state).toBe("open");
  });
});

describe("a lower estimate", () => {
  const to = (newEstimate: number) => ({ ...MOVE, newEstimate: fen(newEstimate) });

  it("is not submitted below what contracts bind or below what arrived, and both figures are told", async () => {
    const projectId = await makeChangeable(city);
    const { finance, finance2 } = await makePurses(city);
    accepted(await enterEntry(city.ctx(people.filer), projectId, contractOf(80_000_000), PAPER));
    const { id } = accepted(await enterEntry(city.ctx(finance), projectId, arrivalOf(70_000_000)));
    accepted(await confirmEntry(city.ctx(finance2), { kind: "arrival", entryId: id, version: 1 }));
    const filer = city.ctx(people.filer);
    const draft = accepted(await draftChange(filer, projectId, to(69_999_999), BASIS));
    expect(await submitChange(filer, { changeId: draft.id, version: 1 })).toMatchObject({
      refusals: [
        { code: "belowContracts", facts: { newEstimateFen: 69_999_999, boundFen: 80_000_000 } },
        { code: "belowArrivals", facts: { newEstimateFen: 69_999_999, arrivedFen: 70_000_000 } },
      ],
    });
    accepted(await editChange(filer, { changeId: draft.id, version: 1 }, to(79_999_999)));
    expect(codes(await submitChange(filer, { changeId: draft.id, version: 2 }))).toEqual(["belowContracts"]);
    accepted(await editChange(filer, { changeId: draft.id, version: 2 }, to(80_000_000)));
    accepted(await submitChange(filer, { changeId: draft.id, version: 3 }));
  });

  it("is not accepted when a contract came meanwhile, and is once that contract is void", async () => {
    const projectId = await makeChangeable(city);
    const ref = await makeOpen(city, people, projectId, to(60_000_000));
    const filer = city.ctx(people.filer);
    const { id: entryId } = accepted(await enterEntry(filer, projectId, contractOf(60_000_001), PAPER));
    const decide = () => decideOnChange(city.ctx(people.bureau), { ...ref, event: "accept", opinion: "同意" });
    expect(await decide()).toMatchObject({
      refusals: [{ code: "belowContracts", facts: { newEstimateFen: 60_000_000, boundFen: 60_000_001 } }],
    });
    expect((await row(ref.changeId)).state).toBe("open");
    expect((await projectRow({ db }, projectId)).approvedFen).toBe(100_000_000);
    accepted(await withdrawEntry(filer, { kind: "contract", entryId, version: 1, reason: "金额填错" }));
    accepted(await decide());
    expect((await projectRow({ db }, projectId)).approvedFen).toBe(60_000_000);
  });
});

describe("past decisions", () => {
  it("keep the figures they were made by when a figure changes", async () => {
    const projectId = await makeChangeable(city);
    const { changeId, version } = await makeSubmitted(city, people, projectId);
    const admin = city.ctx(await city.as("systemAdmin"));
    accepted(
      await addFigureVersion(admin, "change.filedPercent", {
        value: "10",
        inForceFrom: localDate("2026-07-21"),
        source: "测试办〔2026〕1号",
        reason: "从严",
      }),
    );
    accepted(
      await addFigureVersion(admin, "change.decideWorkdays", {
        value: "5",
        inForceFrom: localDate("2026-08-01"),
        source: "测试办〔2026〕1号",
        reason: "提速",
      }),
    );
    // Signed when 10 % is in force: the change was submitted under 15 % and stays filed.
    accepted(await signChange(city.ctx(people.lead, "2026-07-22"), { changeId, version }));
    const shown = await readChange(db, people.bureau, changeId, localDate("2026-07-22"));
    expect(shown.checks.route).toMatchObject({ route: "filed", figure: { value: "15" } });
    expect(shown.figures.filed.value).toBe("10");
    // The limit that began under ten working days stays after five came into force.
    expect((await row(changeId)).dueOn).toBe("2026-08-05");
    // The same change submitted now goes the other way.
    const other = await makeChangeable(city);
    const later = await makeSubmitted(city, people, other, MOVE, "2026-07-22");
    expect(await row(later.changeId)).toMatchObject({ route: "approval" });
    await db.delete(ruleFigures).where(eq(ruleFigures.source, "测试办〔2026〕1号"));
  });
});

describe("who and when", () => {
  it("one change at a time; of two drafts at once one is refused", async () => {
    const projectId = await makeChangeable(city);
    const filer = city.ctx(people.filer);
    const both = await Promise.all([draftChange(filer, projectId, MOVE), draftChange(filer, projectId, MOVE)]);
    expect(both.map(codes).flat().sort()).toEqual(["changeOpen", "ok"]);
  });

  it("only a project between approval and final acceptance", async () => {
    for (const stage of ["draft", "accepted", "suspended", "lapsed"] as const) {
      const projectId = await makeChangeable(city, { stage });
      expect(codes(await draftChange(city.ctx(people.filer), projectId, MOVE))).toEqual(["projectNotChangeable"]);
    }
  });

  it("an incomplete draft is not submitted, and says everything that is missing", async () => {
    const projectId = await makeChangeable(city);
    const filer = city.ctx(people.filer);
    const { id } = accepted(
      await draftChange(filer, projectId, { reasonKind: "other", reason: "", content: "", moved: fen(100_000_001) }),
    );
    expect(codes(await submitChange(filer, { changeId: id, version: 1 }))).toEqual([
      "reasonMissing",
      "contentMissing",
      "movedBeyondEstimate",
      "basisMissing",
    ]);
    accepted(await editChange(filer, { changeId: id, version: 1 }, MOVE, BASIS));
    accepted(await submitChange(filer, { changeId: id, version: 2 }));
    expect(codes(await editChange(filer, { changeId: id, version: 3 }, MOVE))).toEqual(["notEditable"]);
  });

  it("a stale edit is a conflict and a second submit has no effect", async () => {
    const projectId = await makeChangeable(city);
    const filer = city.ctx(people.filer);
    const { id } = accepted(await draftChange(filer, projectId, MOVE, BASIS));
    accepted(await editChange(filer, { changeId: id, version: 1 }, MOVE));
    await expect(editChange(filer, { changeId: id, version: 1 }, MOVE)).rejects.toMatchObject({ kind: "conflict" });
    const both = await Promise.allSettled([1, 2].map(() => submitChange(filer, { changeId: id, version: 2 })));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await db.$count(domainEvents, eq(domainEvents.subjectId, id))).toBe(3);
  });

  it("another unit does not see it, and who may not do a step is refused", async () => {
    const projectId = await makeChangeable(city);
    const ref = await makeSubmitted(city, people, projectId);
    const stranger = city.ctx(await city.as("unitLead", city.otherUnitId));
    await expect(signChange(stranger, ref)).rejects.toMatchObject({ kind: "notFound" });
    await expect(readChange(db, stranger.actor, ref.changeId, stranger.today)).rejects.toMatchObject({
      kind: "notFound",
    });
    await expect(readBasis(db, stranger.actor, ref.changeId)).rejects.toMatchObject({ kind: "notFound" });
    const otherFiler = city.ctx(await city.as("filer", city.otherUnitId));
    await expect(draftChange(otherFiler, projectId, MOVE)).rejects.toMatchObject({ kind: "notFound" });
    await expect(signChange(city.ctx(people.filer), ref)).rejects.toMatchObject({ kind: "forbidden" });
    const lead = city.ctx(people.lead);
    await expect(decideOnChange(lead, { ...ref, event: "accept", opinion: "" })).rejects.toMatchObject({
      kind: "forbidden",
    });
    const auditor = city.ctx(await city.as("auditor"));
    await expect(withdrawChange(auditor, ref)).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("who asked does not sign, and who signed does not decide", async () => {
    const alsoAs = async (userId: string, role: "filer" | "bureauReviewer") => {
      await db.insert(userRoles).values({ userId, role }).onConflictDoNothing();
      return (await readActor(db, userId)) ?? expect.fail("the person is gone");
    };
    const lead = await city.as("unitLead");
    const both = await alsoAs(lead.userId, "filer");
    const projectId = await makeChangeable(city);
    const ref = await makeSubmitted(city, { ...people, filer: both }, projectId);
    expect(codes(await signChange(city.ctx(both), ref))).toEqual(["otherPersonThanBefore"]);
    accepted(await signChange(city.ctx(people.lead), ref));
    const asBureau = await alsoAs(people.lead.userId, "bureauReviewer");
    const decided = await decideOnChange(city.ctx(asBureau), { ...ref, version: 3, event: "accept", opinion: "" });
    expect(codes(decided)).toEqual(["otherPersonThanBefore"]);
  });

  it("a declined change is judged anew, a withdrawn one is over", async () => {
    const projectId = await makeChangeable(city);
    const { changeId, version } = await makeSubmitted(city, people, projectId);
    expect(codes(await declineChange(city.ctx(people.lead), { changeId, version, opinion: "" }))).toEqual([
      "reasonGiven",
    ]);
    accepted(await declineChange(city.ctx(people.lead), { changeId, version, opinion: "附件不清晰" }));
    expect(await row(changeId)).toMatchObject({ state: "draft", route: null, checks: null });
    const filer = city.ctx(people.filer);
    accepted(await withdrawChange(filer, { changeId, version: version + 1 }));
    expect(codes(await withdrawChange(filer, { changeId, version: version + 2 }))).toEqual(["notInThisState"]);
    accepted(await draftChange(filer, projectId, MOVE));
  });

  it("of two bureau persons one decides", async () => {
    const projectId = await makeChangeable(city);
    const ref = await makeOpen(city, people, projectId, { ...MOVE, newEstimate: fen(99_000_000) });
    const second = await city.as("bureauReviewer");
    const both = await Promise.allSettled([
      decideOnChange(city.ctx(people.bureau), { ...ref, event: "accept", opinion: "" }),
      decideOnChange(city.ctx(second), { ...ref, event: "refuse", opinion: "不同意" }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const { state } = await row(ref.changeId);
    expect((await projectRow({ db }, projectId)).approvedFen).toBe(state === "accepted" ? 99_000_000 : 100_000_000);
  });
});

describe("lists and desks", () => {
  it("each desk has what waits for it, and the list keeps to the scope and the question", async () => {
    const quiet = await makeCity(db);
    const hands = await makeChangePeople(quiet);
    const drafted = await makeChangeable(quiet);
    accepted(await draftChange(quiet.ctx(hands.filer), drafted, MOVE));
    const signing = await makeSubmitted(quiet, hands, await makeChangeable(quiet));
    const open = await makeOpen(quiet, hands, await makeChangeable(quiet));
    const work = async (actor: typeof hands.filer) =>
      (await readMyWork(quiet.ctx(actor))).filter(({ kind }) => kind === "变更").map(({ what }) => what);
    expect(await work(hands.filer)).toEqual(["完成变更申请并提交"]);
    expect(await work(hands.lead)).toEqual(["签批项目变更"]);
    expect(await work(hands.bureau)).toEqual(["办理项目变更"]);

    const ask = (actor: typeof hands.filer, search: string) =>
      listChanges(
        db,
        scopeFor(actor, "project:read"),
        readChangeQuery(new URLSearchParams(search)),
        localDate("2026-07-20"),
      );
    const all = await ask(hands.bureau, "");
    expect([all.total, all.rows[0]?.id, all.rows[0]?.remainingWorkdays]).toEqual([3, open.changeId, 10]);
    expect((await ask(hands.bureau, "state=signing")).rows.map(({ id }) => id)).toEqual([signing.changeId]);
    expect((await ask(hands.bureau, "route=filed")).total).toBe(2);
    expect((await ask(hands.bureau, "q=100%25")).total).toBe(0);
    const otherUnitId = await makeUnit(db, quiet.regionId, "市林业局");
    expect((await ask(await quiet.as("filer", otherUnitId), "")).total).toBe(0);
  });
});
