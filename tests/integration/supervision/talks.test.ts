import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";

import { auditEntries, domainEvents, messages, supervisionPapers, supervisionTalks } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { paperFile } from "@tests/support/factories/acceptance";
import {
  clockOn,
  itemMaker,
  makeSupervisionPeople,
  runDaily,
  type SupervisionPeople,
} from "@tests/support/factories/supervision";
import { testDatabase } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import { talksCalled } from "~/modules/desk/supervision.work.server";
import { readPaper } from "~/modules/supervision/papers/papers.queries.server";
import { callTalks } from "~/modules/supervision/talks/call-talks.server";
import { holdTalk } from "~/modules/supervision/talks/hold-talk.server";
import { talkForm } from "~/modules/supervision/talks/talk-form";
import { listTalks, readTalk, readTalkNotice, readTalksQuery } from "~/modules/supervision/talks/talks.queries.server";
import { renderTableForm } from "~/platform/pdf/render-pdf.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
let city: TestCity;
let people: SupervisionPeople;
let makeItem: ReturnType<typeof itemMaker>;

beforeEach(async () => {
  city = await makeCity(db);
  people = await makeSupervisionPeople(city);
  makeItem = itemMaker(city);
});

const run = async (day: string) => (await runDaily(city, people.bureau, day)).talks;
const talks = () => db.select().from(supervisionTalks).where(eq(supervisionTalks.regionId, city.regionId));
const onlyTalk = async () => {
  const [talk] = await talks();
  return talk ?? expect.fail("no talk");
};
const reds = async (...dueDays: string[]) => {
  for (const day of dueDays) await makeItem(day);
};
const held = async (more: Partial<Parameters<typeof holdTalk>[1]> = {}) => {
  const { id, version } = await onlyTalk();
  return {
    ...{ id, version, heldOn: localDate("2026-07-20") },
    attendees: "数据局副局长、市自然资源局局长",
    conclusion: "原因是人员不足，八月底前全部办结",
    minutes: [paperFile("约谈纪要")],
    ...more,
  };
};

describe("calling", () => {
  it("the third red in a row calls a talk: numbered, due in ten workdays, told to leader, bureau and leading group", async () => {
    await reds("2026-06-30", "2026-07-01");
    expect(await run("2026-07-20")).toBe(0);
    await reds("2026-07-02");
    expect([await run("2026-07-20"), await run("2026-07-20"), await run("2026-07-21")]).toEqual([1, 0, 0]);
    const talk = await onlyTalk();
    expect(talk).toMatchObject({
      number: "约谈〔2026〕1号",
      state: "called",
      calledOn: "2026-07-20",
      dueOn: "2026-08-03",
    });
    expect(talk.slipIds).toHaveLength(3);
    const toldOf = ({ userId }: { userId: string }) =>
      db.$count(messages, and(eq(messages.userId, userId), eq(messages.href, `/supervision/talks/${talk.id}`)));
    const { lead, bureau, leader, filer, stranger } = people;
    expect(await Promise.all([lead, bureau, leader, filer, stranger].map(toldOf))).toEqual([1, 1, 1, 0, 0]);
    expect(await db.$count(auditEntries, eq(auditEntries.objectId, talk.id))).toBe(1);
  });

  it("an item closed without red in between breaks the row; one closed with red does not", async () => {
    await reds("2026-06-29", "2026-06-30");
    await makeItem("2026-07-01", "2026-07-01");
    await reds("2026-07-02");
    expect(await run("2026-07-20")).toBe(0);
    await reds("2026-07-03");
    expect(await run("2026-07-21")).toBe(0);
    await reds("2026-07-06");
    expect(await run("2026-07-22")).toBe(1);
  });

  it("after a talk counting starts anew", async () => {
    await reds("2026-06-29", "2026-06-30", "2026-07-01");
    expect(await run("2026-07-20")).toBe(1);
    await reds("2026-07-02", "2026-07-03");
    expect(await run("2026-07-23")).toBe(0);
    await reds("2026-07-06");
    expect(await run("2026-07-24")).toBe(1);
    expect((await talks()).map(({ number }) => number).sort()).toEqual(["约谈〔2026〕1号", "约谈〔2026〕2号"]);
  });

  it("reds of two units make no row; a day off calls nothing", async () => {
    await reds("2026-06-29", "2026-06-30");
    await makeItem("2026-07-01", null, { unitId: city.otherUnitId });
    expect(await run("2026-07-20")).toBe(0);
    await reds("2026-07-01");
    await runDaily(city, people.bureau, "2026-07-24");
    await db.delete(supervisionTalks).where(eq(supervisionTalks.regionId, city.regionId));
    expect(await callTalks(db, clockOn(city, people.bureau, "2026-07-25"), { regionId: city.regionId })).toBe(0);
    expect(await callTalks(db, clockOn(city, people.bureau, "2026-07-27"), { regionId: city.regionId })).toBe(1);
  });

  it("twenty runs at once call it once", async () => {
    await reds("2026-06-29", "2026-06-30");
    await runDaily(city, people.bureau, "2026-07-20");
    await reds("2026-07-01");
    const clock = clockOn(city, people.bureau, "2026-07-21");
    await runDaily(city, people.bureau, "2026-07-21");
    await db.delete(supervisionTalks).where(eq(supervisionTalks.regionId, city.regionId));
    const called = await Promise.all(
      Array.from({ length: 20 }, () => callTalks(db, clock, { regionId: city.regionId })),
    );
    expect([called.filter((each) => each === 1).length, (await talks()).length]).toEqual([1, 1]);
  });
});

describe("holding", () => {
  beforeEach(async () => {
    await reds("2026-06-29", "2026-06-30", "2026-07-01");
    await run("2026-07-20");
  });

  it("is recorded with day, people, conclusion and minutes, and leaves the desk", async () => {
    const scope = scopeFor(people.bureau, "supervision:talk");
    expect(await talksCalled(db, scope, "约谈并记录")).toMatchObject([{ dueOn: "2026-08-03" }]);
    expect(await holdTalk(city.ctx(people.bureau), await held())).toEqual({ ok: true, value: null });
    const talk = await onlyTalk();
    expect(talk).toMatchObject({ state: "held", heldOn: "2026-07-20", heldBy: people.bureau.userId, version: 2 });
    expect(await talksCalled(db, scope, "约谈并记录")).toEqual([]);
    const page = await readTalk(db, people.lead, talk.id, localDate("2026-07-20"));
    expect(page).toMatchObject({ remainingWorkdays: null, papers: [{ purpose: "talk", name: "约谈纪要.pdf" }] });
    expect(page.slips).toHaveLength(3);
    expect((await readPaper(db, people.lead, page.papers[0]?.id ?? "")).file.name).toBe("约谈纪要.pdf");
    await expect(readPaper(db, people.stranger, page.papers[0]?.id ?? "")).rejects.toMatchObject({ kind: "notFound" });
  });

  it("is refused for a day to come, before it was called, or without minutes, and nothing is kept", async () => {
    const ctx = city.ctx(people.bureau);
    const codes = async (more: Partial<Parameters<typeof holdTalk>[1]>) => {
      const result = await holdTalk(ctx, await held(more));
      return result.ok ? [] : result.refusals.map(({ code }) => code);
    };
    expect(await codes({ heldOn: localDate("2026-07-21") })).toEqual(["heldInFuture"]);
    expect(await codes({ heldOn: localDate("2026-07-19") })).toEqual(["heldBeforeCalled"]);
    expect(await codes({ minutes: [] })).toEqual(["minutesMissing"]);
    const { id } = await onlyTalk();
    expect(await db.$count(supervisionPapers, eq(supervisionPapers.talkId, id))).toBe(0);
  });

  it("another unit gets 404, the unit itself may not, a stale page is a conflict", async () => {
    const talk = await held();
    await expect(holdTalk(city.ctx(people.stranger), talk)).rejects.toMatchObject({ kind: "notFound" });
    await expect(holdTalk(city.ctx(people.lead), talk)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(holdTalk(city.ctx(await city.as("bureauAssessor")), talk)).rejects.toMatchObject({
      kind: "forbidden",
    });
    await expect(holdTalk(city.ctx(people.bureau), { ...talk, version: 9 })).rejects.toMatchObject({
      kind: "conflict",
    });
    expect((await onlyTalk()).state).toBe("called");
  });

  it("twenty clicks have one effect", async () => {
    const talk = await held();
    const clicks = await Promise.allSettled(Array.from({ length: 20 }, () => holdTalk(city.ctx(people.bureau), talk)));
    expect(clicks.filter((click) => click.status === "fulfilled" && click.value.ok)).toHaveLength(1);
    const facts = and(eq(domainEvents.subjectId, talk.id), eq(domainEvents.type, "supervisionTalkHeld"));
    expect([
      await db.$count(domainEvents, facts),
      await db.$count(supervisionPapers, eq(supervisionPapers.talkId, talk.id)),
    ]).toEqual([1, 1]);
  });

  it("the list and the notice are seen by the unit and the region only; the notice prints the same bytes", async () => {
    const { id } = await onlyTalk();
    const totalFor = async (actor: SupervisionPeople["lead"], question = "") => {
      const query = readTalksQuery(new URLSearchParams(question));
      return (await listTalks(db, scopeFor(actor, "supervision:read"), query, localDate("2026-07-20"))).total;
    };
    expect([await totalFor(people.lead), await totalFor(people.leader), await totalFor(people.stranger)]).toEqual([
      1, 1, 0,
    ]);
    expect([await totalFor(people.bureau, "state=held"), await totalFor(people.bureau, "from=2026-08")]).toEqual([
      0, 0,
    ]);
    const print = async () => {
      const { content, calledAt } = await readTalkNotice(db, people.lead, id);
      return Buffer.from(await renderTableForm(talkForm(content, calledAt, false)));
    };
    const first = await print();
    await holdTalk(city.ctx(people.bureau), await held());
    expect((await print()).equals(first)).toBe(true);
    await expect(readTalkNotice(db, people.stranger, id)).rejects.toMatchObject({ kind: "notFound" });
  });
});
