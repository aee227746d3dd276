import { and, eq } from "drizzle-orm";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import { auditEntries, domainEvents, reviews, ruleFigures } from "@db/schema";
import { seedReference } from "@seeds/reference";
import { makeCity, type TestCity } from "@tests/support/factories";
import { accepted } from "@tests/support/factories/projects";
import { makeDesks, makeUnderReview, type Desks } from "@tests/support/factories/review";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { addFigureVersion } from "~/modules/administration/add-figure-version.server";
import { figuresByTopic, readFigure } from "~/modules/administration/figures.queries.server";
import { withdrawFigureVersion } from "~/modules/administration/withdraw-figure-version.server";
import { loadFigures } from "~/platform/figures.server";
import { canEver } from "~/policy";

const db = testDatabase();
const SOURCE = "测试办〔2026〕2号";
const CODE = "review.formCheckWorkdays";
let city: TestCity;
let desks: Desks;
let admin: Actor;
beforeAll(async () => {
  city = await makeCity(db);
  desks = await makeDesks(city);
  admin = await city.as("systemAdmin");
});
afterEach(() => db.delete(ruleFigures).where(eq(ruleFigures.source, SOURCE)));

const entry = (more: Partial<Parameters<typeof addFigureVersion>[2]> = {}) => ({
  value: "5",
  inForceFrom: localDate("2026-08-01"),
  source: SOURCE,
  reason: "按市里要求调整",
  ...more,
});
const codes = (result: { ok: true } | { ok: false; refusals: readonly { code: string }[] }) =>
  result.ok ? ["ok"] : result.refusals.map(({ code }) => code);
const valueOn = async (day: string) => (await loadFigures(db, localDate(day))).text(CODE);

describe("a new version", () => {
  it("holds from its day on, with who entered it, why and on what basis", async () => {
    const { id } = accepted(await addFigureVersion(city.ctx(admin), CODE, entry()));
    expect([await valueOn("2026-07-31"), await valueOn("2026-08-01")]).toEqual(["3", "5"]);
    const figure = await readFigure(db, CODE, localDate("2026-07-20"));
    expect(figure.versions[0]).toMatchObject({
      value: "5",
      unit: "工作日",
      standing: "future",
      enteredBy: admin.name,
      note: "按市里要求调整",
      source: SOURCE,
    });
    expect(figure.versions[1]).toMatchObject({ standing: "current", nextFrom: "2026-08-01" });
    const [audit] = await db.select().from(auditEntries).where(eq(auditEntries.objectId, id));
    expect(audit).toMatchObject({ result: "figureVersionAdded", reason: "按市里要求调整", actorId: admin.userId });
    expect((await readFigure(db, CODE, localDate("2026-08-01"))).versions[0]?.standing).toBe("current");
  });

  it.each([
    ["today", { inForceFrom: localDate("2026-07-20") }, ["notInFuture"]],
    ["too many days", { value: "61" }, ["outOfBounds"]],
    ["part of a day", { value: "2.5" }, ["tooManyDecimals"]],
    [
      "no number, and from yesterday",
      { value: "三", inForceFrom: localDate("2026-07-19") },
      ["notANumber", "notInFuture"],
    ],
  ])("is refused: %s", async (_name, more, expected) => {
    expect(codes(await addFigureVersion(city.ctx(admin), CODE, entry(more)))).toEqual(expected);
    expect(await db.$count(ruleFigures, eq(ruleFigures.source, SOURCE))).toBe(0);
  });

  it("entered twice for one day, at once or later, stands once", async () => {
    const both = await Promise.all([1, 2].map(() => addFigureVersion(city.ctx(admin), CODE, entry())));
    expect(both.flatMap(codes).sort()).toEqual(["dayTaken", "ok"]);
    expect(codes(await addFigureVersion(city.ctx(admin), CODE, entry({ value: "6" })))).toEqual(["dayTaken"]);
    expect(await db.$count(ruleFigures, eq(ruleFigures.source, SOURCE))).toBe(1);
  });

  it("is for the system administrator only", async () => {
    for (const actor of [desks.filer, desks.bureau, await city.as("auditAdmin"), await city.as("securityAdmin")]) {
      await expect(addFigureVersion(city.ctx(actor), CODE, entry())).rejects.toMatchObject({ kind: "forbidden" });
    }
    await expect(addFigureVersion(city.ctx(admin), "no.such", entry())).rejects.toMatchObject({ kind: "notFound" });
    expect(await db.$count(ruleFigures, eq(ruleFigures.source, SOURCE))).toBe(0);
  });
});

describe("taking a version back", () => {
  it("leaves the value before in force, and its day free for another", async () => {
    const ctx = city.ctx(admin);
    const { id } = accepted(await addFigureVersion(ctx, CODE, entry()));
    accepted(await withdrawFigureVersion(ctx, CODE, { versionId: id, reason: "文号有误" }));
    expect(await valueOn("2026-08-01")).toBe("3");
    const again = await withdrawFigureVersion(ctx, CODE, { versionId: id, reason: "文号有误" });
    expect(codes(again)).toEqual(["alreadyWithdrawn"]);
    accepted(await addFigureVersion(ctx, CODE, entry({ value: "4" })));
    expect(await valueOn("2026-08-01")).toBe("4");
    const { versions } = await readFigure(db, CODE, ctx.today);
    expect(versions.map(({ standing }) => standing)).toEqual(["future", "withdrawn", "current"]);
    expect(versions[1]?.withdrawal).toEqual({ reason: "文号有误", by: admin.name });
    expect(await db.$count(domainEvents, eq(domainEvents.subjectId, id))).toBe(2);
  });

  it("is too late on its day", async () => {
    const { id } = accepted(await addFigureVersion(city.ctx(admin), CODE, entry()));
    const late = await withdrawFigureVersion(city.ctx(admin, "2026-08-01"), CODE, { versionId: id, reason: "迟了" });
    expect(codes(late)).toEqual(["alreadyInForce"]);
    expect(await valueOn("2026-08-01")).toBe("5");
  });

  it("is for the system administrator only, and of the figure it belongs to", async () => {
    const { id } = accepted(await addFigureVersion(city.ctx(admin), CODE, entry()));
    const input = { versionId: id, reason: "试试" };
    await expect(withdrawFigureVersion(city.ctx(desks.bureau), CODE, input)).rejects.toMatchObject({
      kind: "forbidden",
    });
    await expect(withdrawFigureVersion(city.ctx(admin), "lapse.years", input)).rejects.toMatchObject({
      kind: "notFound",
    });
  });

  it("seeding again does not bring it back, nor touch what was entered", async () => {
    await seedReference(db);
    const before = await db.$count(ruleFigures);
    accepted(await addFigureVersion(city.ctx(admin), CODE, entry()));
    await seedReference(db);
    expect(await db.$count(ruleFigures)).toBe(before + 1);
  });
});

describe("a review that has begun", () => {
  it("keeps its limit; one that begins later has the new one", async () => {
    const dueOn = async (projectId: string) => {
      const [turn] = await db
        .select({ dueOn: reviews.dueOn })
        .from(reviews)
        .where(and(eq(reviews.projectId, projectId), eq(reviews.kind, "formCheck")));
      return turn?.dueOn;
    };
    const begun = await makeUnderReview(city, desks, "2026-07-20");
    accepted(await addFigureVersion(city.ctx(admin), CODE, entry({ inForceFrom: localDate("2026-07-21") })));
    const later = await makeUnderReview(city, desks, "2026-07-21");
    // three working days after Monday 20 July, five after Tuesday 21 July
    expect([await dueOn(begun.id), await dueOn(later.id)]).toEqual(["2026-07-23", "2026-07-28"]);
  });
});

describe("reading", () => {
  it("everyone who is judged by the rules may read them", async () => {
    for (const role of [
      "filer",
      "unitLead",
      "bureauReviewer",
      "financeReviewer",
      "leader",
      "auditor",
      "systemAdmin",
    ] as const)
      expect(canEver(await city.as(role), "figure:read"), role).toBe(true);
    for (const role of ["filer", "bureauReviewer", "auditAdmin"] as const)
      expect(canEver(await city.as(role), "admin:system"), role).toBe(false);
  });

  it("lists by topic with the value to come, and finds by word, source and use", async () => {
    accepted(await addFigureVersion(city.ctx(admin), CODE, entry()));
    const today = localDate("2026-07-20");
    const all = await figuresByTopic(db, "", today);
    const review = all.find(({ topic }) => topic === "审核时限");
    const shown = review?.figures.find(({ code }) => code === CODE);
    expect(shown).toMatchObject({
      value: "3",
      inForceFrom: "2020-01-01",
      next: { value: "5", inForceFrom: "2026-08-01" },
    });
    const found = async (q: string) =>
      (await figuresByTopic(db, q, today)).flatMap(({ figures }) => figures.map(({ code }) => code));
    expect(await found("形式审查")).toContain(CODE);
    expect(await found("lapse.years")).toEqual(["lapse.years"]);
    expect(await found("进度灯")).not.toContain(CODE);
    expect(await found("没有这样的参数")).toEqual([]);
    await expect(readFigure(db, "no.such", today)).rejects.toMatchObject({ kind: "notFound" });
  });
});
