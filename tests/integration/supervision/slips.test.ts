import { and, eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";

import { auditEntries, domainEvents, messages, outbox, supervisionItems, supervisionSlips } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import {
  clockOn,
  itemMaker,
  itemRef,
  makeSupervisionPeople,
  runDaily,
  slipsOf,
  type SupervisionPeople,
} from "@tests/support/factories/supervision";
import { testDatabase } from "@tests/support/worker-database";
import { keysOf, SLIP_COLOURS, SUPERVISION_STATES } from "~/kernel/vocabulary";
import { closeItem } from "~/modules/supervision/close-item.server";
import { replyItem } from "~/modules/supervision/reply-item.server";
import { sendBackItem } from "~/modules/supervision/send-back-item.server";
import { issueSlips } from "~/modules/supervision/slips/issue-slips.server";
import { itemColour } from "~/modules/supervision/slips/slip-colour.server";
import { slipForm } from "~/modules/supervision/slips/slip-form";
import { raisesSlips, slipBounds, slipColour, slipLimitsOf } from "~/modules/supervision/slips/slips.rules";
import { listSlips, readSlip, readSlipsQuery } from "~/modules/supervision/slips/slips.queries.server";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { renderTableForm } from "~/platform/pdf/render-pdf.server";
import { reopenItem } from "~/modules/supervision/reopen-item.server";
import { verifyItem } from "~/modules/supervision/verify-item.server";
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

const run = async (day: string) => (await runDaily(city, people.bureau, day)).slips;
const told = ({ userId }: { userId: string }) => db.$count(messages, eq(messages.userId, userId));

describe("the daily run", () => {
  it("issues a slip when a limit is near, when it has passed, when it is long past; each once", async () => {
    await makeItem("2026-07-24");
    expect([await run("2026-07-20"), await run("2026-07-21"), await run("2026-07-22")]).toEqual([0, 1, 0]);
    // the day after is a Saturday
    expect([await run("2026-07-25"), await run("2026-07-27"), await run("2026-08-07")]).toEqual([0, 1, 0]);
    expect([await run("2026-08-10"), await run("2026-08-11")]).toEqual([1, 0]);
    expect(await slipsOf(city)).toEqual(["1 blue", "2 orange", "3 red"]);
  });

  it("makes up for what it missed, dated the day of the run, and sends one message of the highest", async () => {
    const id = await makeItem("2026-06-30");
    expect(await run("2026-07-20")).toBe(3);
    const rows = await db.select().from(supervisionSlips).where(eq(supervisionSlips.itemId, id));
    expect(new Set(rows.map(({ issuedOn, dueOn }) => `${issuedOn} ${dueOn}`))).toEqual(
      new Set(["2026-07-20 2026-06-30"]),
    );
    const [message] = await db.select().from(messages).where(eq(messages.userId, people.filer.userId));
    expect(message?.title).toContain("红色督办单（督单〔2026〕3号）");
    expect(message?.title).toContain("已超期 14 个工作日");
    expect([await told(people.filer), await told(people.lead), await told(people.leader)]).toEqual([1, 1, 1]);
    expect([await told(people.stranger), await told(people.bureau)]).toEqual([0, 0]);
  });

  it("the leading group hears of red slips only; each is an event of its item, audited and in the outbox", async () => {
    const id = await makeItem("2026-07-17");
    expect(await run("2026-07-20")).toBe(2);
    expect([await told(people.lead), await told(people.leader)]).toEqual([1, 0]);
    const counts = await Promise.all([
      db.$count(domainEvents, and(eq(domainEvents.subjectId, id), eq(domainEvents.type, "supervisionSlipIssued"))),
      db.$count(auditEntries, and(eq(auditEntries.objectId, id), eq(auditEntries.action, "supervision:urge"))),
      db.$count(outbox, and(eq(outbox.subjectId, id), eq(outbox.topic, "supervisionSlipIssued"))),
    ]);
    expect(counts).toEqual([2, 2, 2]);
  });

  it("two runs at once issue each slip once, and the numbers have no gap", async () => {
    for (let made = 0; made < 12; made++) await makeItem("2026-06-30");
    const clock = clockOn(city, people.bureau, "2026-07-20");
    const only = { regionId: city.regionId, atOnce: 5 };
    const issued = await Promise.all(Array.from({ length: 4 }, () => issueSlips(db, clock, only)));
    expect(issued.reduce((sum, each) => sum + each, 0)).toBe(36);
    const numbers = (await slipsOf(city)).map((slip) => Number(slip.split(" ")[0]));
    expect(numbers).toEqual(Array.from({ length: 36 }, (_, index) => index + 1));
  });

  it("killed midway it keeps whole chunks, and the next run goes on with the next number", async () => {
    for (let made = 0; made < 6; made++) await makeItem("2026-07-23");
    // the fourth slip of this region cannot be written: as if the process had died in the second chunk
    await db.execute(
      sql.raw(`
      create function break_fourth() returns trigger language plpgsql as $$
      begin raise exception 'killed'; end $$;
      create trigger break_fourth before insert on supervision_slips for each row
      when (new.region_id = '${city.regionId}' and new.number = '督单〔2026〕4号') execute function break_fourth()`),
    );
    const clock = clockOn(city, people.bureau, "2026-07-22");
    const only = { regionId: city.regionId, atOnce: 2 };
    try {
      await expect(issueSlips(db, clock, only)).rejects.toThrow();
    } finally {
      await db.execute(sql.raw("drop trigger break_fourth on supervision_slips; drop function break_fourth()"));
    }
    expect(await slipsOf(city)).toEqual(["1 blue", "2 blue"]);
    expect(await told(people.filer)).toBe(2);
    expect(await issueSlips(db, clock, only)).toBe(4);
    expect(await slipsOf(city)).toEqual([1, 2, 3, 4, 5, 6].map((running) => `${running} blue`));
    expect(await told(people.filer)).toBe(6);
  });

  it("while the bureau has it nothing is added; sent back, the clock counts at once; reopened it begins anew", async () => {
    const id = await makeItem("2026-07-24");
    expect(await run("2026-07-21")).toBe(1);
    await replyItem(city.ctx(people.filer, "2026-07-22"), { ...(await itemRef(city, id)), reply: "已经办理完毕" });
    expect(await run("2026-08-10")).toBe(0);
    await sendBackItem(city.ctx(people.bureau, "2026-08-10"), { ...(await itemRef(city, id)), reason: "尚未办结" });
    expect(await run("2026-08-11")).toBe(2);
    await replyItem(city.ctx(people.filer, "2026-08-12"), { ...(await itemRef(city, id)), reply: "已经办理完毕" });
    await verifyItem(city.ctx(people.bureau, "2026-08-12"), await itemRef(city, id));
    await closeItem(city.ctx(people.bureau, "2026-08-12"), { ...(await itemRef(city, id)), proof: "验收单" });
    expect(await run("2026-08-13")).toBe(0);
    await reopenItem(city.ctx(people.bureau, "2026-08-13"), { ...(await itemRef(city, id)), reason: "复查未落实" });
    expect(await run("2026-08-14")).toBe(3);
    expect((await slipsOf(city)).length).toBe(6);
  });
});

describe("the colour of an item", () => {
  it("in the database is what the rule says, for every state and day", async () => {
    const days = ["2026-07-03", "2026-07-05", "2026-07-06", "2026-07-19", "2026-07-20", "2026-07-23", "2026-07-24"];
    for (const state of keysOf(SUPERVISION_STATES)) {
      for (const day of days) await makeItem(day, state === "closed" ? "2026-07-19" : null, { state });
    }
    const { today } = city.ctx(people.bureau);
    const [calendar, figures] = await Promise.all([loadCalendar(db, city.regionId), loadFigures(db, today)]);
    const bounds = slipBounds(calendar, today, slipLimitsOf(figures));
    const rows = await db
      .select({ dueOn: supervisionItems.dueOn, state: supervisionItems.state, colour: await itemColour(db, today) })
      .from(supervisionItems)
      .where(eq(supervisionItems.regionId, city.regionId));
    expect(rows).toHaveLength(49);
    for (const { dueOn, state, colour } of rows) {
      expect([dueOn, state, colour]).toEqual([dueOn, state, raisesSlips(state) ? slipColour(bounds, dueOn) : "none"]);
    }
    expect(new Set(rows.map(({ colour }) => colour))).toEqual(new Set(keysOf(SLIP_COLOURS)));
  });

  it("stays that of the last slip while the item waits for the bureau", async () => {
    const id = await makeItem("2026-07-17");
    await run("2026-07-20");
    await replyItem(city.ctx(people.filer), { ...(await itemRef(city, id)), reply: "已经办理完毕" });
    const { today } = city.ctx(people.filer, "2026-09-01");
    const [row] = await db
      .select({ colour: await itemColour(db, today) })
      .from(supervisionItems)
      .where(eq(supervisionItems.id, id));
    expect(row?.colour).toBe("orange");
  });
});

describe("a slip", () => {
  it("says for ever what it said when it was issued, in the same bytes; another unit gets 404", async () => {
    await makeItem("2026-06-30");
    await run("2026-07-20");
    const scope = scopeFor(people.filer, "supervision:read");
    const { rows, counts } = await listSlips(db, scope, readSlipsQuery(new URLSearchParams("colour=red")));
    expect([rows.map(({ number }) => number), counts]).toEqual([["督单〔2026〕3号"], { blue: 0, orange: 0, red: 1 }]);
    const id = rows[0]?.id ?? "";
    const print = async () => {
      const { content, issuedAt } = await readSlip(db, people.filer, id);
      return { content, bytes: await renderTableForm(slipForm(content, issuedAt, false)) };
    };
    const first = await print();
    expect(first.content).toMatchObject({ colour: "red", over: 14, dueOn: "2026-06-30", issuedOn: "2026-07-20" });
    await db.update(supervisionItems).set({ dueOn: city.ctx(people.bureau, "2026-12-31").today, title: "改名的事项" });
    const second = await print();
    expect(Buffer.from(second.bytes).equals(Buffer.from(first.bytes))).toBe(true);
    await expect(readSlip(db, people.stranger, id)).rejects.toMatchObject({ kind: "notFound" });
    const other = scopeFor(people.stranger, "supervision:read");
    expect((await listSlips(db, other, readSlipsQuery(new URLSearchParams()))).total).toBe(0);
  });

  it("is found by colour, unit, origin and month", async () => {
    await makeItem("2026-07-24", null, { origin: "bulletin" });
    await makeItem("2026-07-24", null, { origin: "instruction", unitId: city.otherUnitId });
    await run("2026-07-21");
    await run("2026-08-11");
    const totalOf = async (question: string) => {
      const scope = scopeFor(people.bureau, "supervision:read");
      return (await listSlips(db, scope, readSlipsQuery(new URLSearchParams(question)))).total;
    };
    expect(await totalOf("")).toBe(6);
    expect(await totalOf("colour=red")).toBe(2);
    expect(await totalOf(`unit=${city.otherUnitId}`)).toBe(3);
    expect(await totalOf("origin=bulletin")).toBe(3);
    expect([await totalOf("from=2026-07&to=2026-07"), await totalOf("from=2026-08")]).toEqual([2, 4]);
    expect(await totalOf("colour=purple&from=nonsense")).toBe(6);
  });
});
