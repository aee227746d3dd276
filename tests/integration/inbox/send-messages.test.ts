import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { and, asc, eq, sql } from "drizzle-orm";

import { messages, outbox, outgoingHosts, robots, sendings } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { allowHost, giveAddress, makeRobot, setFigure } from "@tests/support/factories/messages";
import { startMailServer, startRobot, type MailStandIn, type RobotStandIn } from "@tests/support/message-receivers";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { announce, type Announcement } from "~/modules/inbox/index.server";
import { claimForRobot } from "~/modules/inbox/claim-sendings.server";
import { sendMessages, type SenderSettings } from "~/modules/inbox/send-messages.server";
import { MOST_ATTEMPTS } from "~/modules/inbox/sending.rules";
import { mailerAt, type Mailer } from "~/platform/mail.server";

vi.hoisted(() => {
  // What is only asked for: is there a mail server? Where it is, each test says itself.
  process.env.SMTP_URL = "smtp://127.0.0.1:1";
  process.env.MAIL_FROM = "明镜 <mingjing@test.invalid>";
  process.env.ORIGIN = "https://mingjing.test";
});

const SECRET = "SECtest";
const db = testDatabase();
let city: TestCity;
let filer: Actor;
let leader: Actor;
let mail: MailStandIn;
let robot: RobotStandIn;
let mailer: Mailer;
let settings: SenderSettings;

beforeAll(async () => {
  [mail, robot] = await Promise.all([startMailServer(), startRobot(SECRET)]);
  mailer = mailerAt(mail.url, "明镜 <mingjing@test.invalid>");
  settings = {
    mailer,
    lanes: 2,
    mailBackOff: { firstMs: 0, longestMs: 0 },
    robotBackOff: { firstMs: 0, longestMs: 0 },
    timeoutMs: 2_000,
    leaseMs: 60_000,
  };
});
afterAll(async () => {
  mailer.close();
  await Promise.all([mail.stop(), robot.stop()]);
});
beforeEach(async () => {
  city = await makeCity(db);
  [filer, leader] = [await city.as("filer"), await city.as("unitLead")];
  await giveAddress(city, filer);
  await allowHost(city, robot.host);
  await setFigure(city, "message.robotPerMinute", "20");
});
afterEach(async () => {
  robot.answer = undefined;
  mail.refuse = undefined;
  await db.delete(sendings);
});

const told = () => robot.told.slice(before);
let before = 0;
beforeEach(() => {
  before = robot.told.length;
});

let number = 0;
/** Tells the unit's people of something new. */
const tell = (more: Partial<Announcement> = {}, at = city) =>
  db.transaction((tx) =>
    announce(tx, at.ctx(filer), {
      userIds: [filer.userId, leader.userId],
      title: `请报送月报 ${++number}`,
      href: "/reports?period=2026-06",
      occasion: `test ${number}`,
      unitId: city.unitId,
      channels: ["mail", "unitRobots", "regionRobots"],
      ...more,
    }),
  );
const rowsOf = (robotId?: string) =>
  db
    .select()
    .from(sendings)
    .where(robotId ? eq(sendings.robotId, robotId) : undefined)
    .orderBy(asc(sendings.id));

describe("announce", () => {
  it("writes the inbox, a mail to whom has an address, and the groups of the unit and the region", async () => {
    const own = await makeRobot(city, { unitId: city.unitId });
    const region = await makeRobot(city);
    await makeRobot(city, { unitId: city.otherUnitId });
    await makeRobot(city, { enabled: false });
    await makeRobot(city, { regionId: city.otherRegionId });
    await tell();
    const rows = await rowsOf();
    expect(rows.map(({ kind, robotId, userId, state }) => [kind, robotId ?? userId, state]).sort()).toEqual(
      [
        ["mail", filer.userId, "waiting"],
        ["robot", own, "waiting"],
        ["robot", region, "waiting"],
      ].sort(),
    );
    expect(rows.find(({ kind }) => kind === "mail")?.body).toContain("https://mingjing.test/reports?period=2026-06");
    expect(await db.$count(messages, eq(messages.title, `请报送月报 ${number}`))).toBe(2);
    expect(await db.$count(outbox, and(eq(outbox.topic, "sendingsQueued"), eq(outbox.regionId, city.regionId)))).toBe(
      1,
    );
  });

  it("reaches nobody outside when no channel is named", async () => {
    await makeRobot(city, { unitId: city.unitId });
    await tell({ channels: [] });
    expect(await rowsOf()).toEqual([]);
    expect(await db.$count(messages, eq(messages.title, `请报送月报 ${number}`))).toBe(2);
  });

  it("tells the same occasion once, ten times at once too", async () => {
    const own = await makeRobot(city, { unitId: city.unitId });
    const occasion = "once";
    await Promise.all(Array.from({ length: 10 }, () => tell({ occasion })));
    expect(await rowsOf()).toHaveLength(2);
    expect(await rowsOf(own)).toHaveLength(1);
    expect(await db.$count(messages, and(eq(messages.userId, filer.userId), eq(messages.occasion, occasion)))).toBe(1);
  });

  it("two robots of one name in two regions are both told of the same occasion", async () => {
    await makeRobot(city, { name: "月报群" });
    await makeRobot(city, { name: "月报群", regionId: city.otherRegionId });
    await tell({ occasion: "same", channels: ["regionRobots"] });
    await db.transaction((tx) =>
      announce(
        tx,
        { actor: { regionId: city.otherRegionId }, now: new Date() },
        { userIds: [], title: "同", href: "/", occasion: "same", channels: ["regionRobots"] },
      ),
    );
    expect(await rowsOf()).toHaveLength(2);
  });

  it("a change that does not happen sends nothing", async () => {
    await makeRobot(city);
    await expect(
      db.transaction(async (tx) => {
        await announce(tx, city.ctx(filer), {
          userIds: [filer.userId],
          title: "不发生",
          href: "/",
          occasion: "never",
          channels: ["mail", "regionRobots"],
        });
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    expect(await rowsOf()).toEqual([]);
  });
});

describe("a robot", () => {
  let id: string;
  beforeEach(async () => {
    id = await makeRobot(city, { url: robot.url, secret: SECRET });
  });

  it("is told with a valid signature, once", async () => {
    await tell({ channels: ["regionRobots"] });
    await sendMessages(db, settings);
    await sendMessages(db, settings);
    expect(told()).toEqual([
      {
        title: `请报送月报 ${number}`,
        text: `[请报送月报 ${number}](https://mingjing.test/reports?period=2026-06)`,
      },
    ]);
    expect(await rowsOf(id)).toMatchObject([{ state: "sent", attempts: 1, lastError: null }]);
  });

  it("gets what waits as one numbered message, the rest as a number", async () => {
    for (let n = 0; n < 23; n++) await tell({ channels: ["regionRobots"] });
    await sendMessages(db, settings);
    expect(told()).toHaveLength(1);
    const [message] = told();
    expect(message?.title).toContain("等 23 条消息");
    expect(message?.text.match(/^\d+\. \[请报送月报 \d+\]/gm)).toHaveLength(20);
    expect(message?.text).toContain("另有 3 条");
    const rows = await rowsOf(id);
    expect(rows.every(({ state }) => state === "sent")).toBe(true);
    expect(new Set(rows.map(({ batchId }) => batchId)).size).toBe(1);
  });

  it("gets no more messages a minute than the figure says, however many senders there are", async () => {
    await setFigure(city, "message.robotPerMinute", "3");
    for (let n = 0; n < 8; n++) {
      await tell({ channels: ["regionRobots"] });
      await Promise.all([sendMessages(db, settings), sendMessages(db, settings), sendMessages(db, settings)]);
    }
    expect(told()).toHaveLength(3);
    expect((await rowsOf(id)).filter(({ state }) => state === "waiting")).toHaveLength(5);
    await db
      .update(sendings)
      .set({ leasedUntil: sql`${sendings.leasedUntil} - interval '61 seconds'` })
      .where(eq(sendings.state, "sent"));
    await sendMessages(db, settings);
    expect(told()).toHaveLength(4);
    expect(told().at(-1)?.title).toContain("等 5 条消息");
  });

  it("two claims at once never hold the same sending", async () => {
    for (let n = 0; n < 5; n++) await tell({ channels: ["regionRobots"] });
    const claims = await Promise.all(
      Array.from({ length: 6 }, () => claimForRobot(db, { leaseMs: 60_000, perMinute: 20 })),
    );
    const ids = claims.flatMap((claim) => claim?.rows.map((row) => row.id) ?? []);
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(5);
  });

  it("what a process that died had taken is sent when its lease runs out", async () => {
    await tell({ channels: ["regionRobots"] });
    await claimForRobot(db, { leaseMs: 60_000, perMinute: 20 });
    await sendMessages(db, settings);
    expect(told()).toEqual([]);
    await db.update(sendings).set({ leasedUntil: sql`clock_timestamp() - interval '1 second'` });
    await sendMessages(db, settings);
    expect(told()).toHaveLength(1);
    expect(await rowsOf(id)).toMatchObject([{ state: "sent", attempts: 2 }]);
  });

  it.each([
    [
      "a wrong secret",
      { status: 200, body: '{"errcode":310000,"errmsg":"sign not match"}' },
      "refused 310000 sign not match",
    ],
    ["an error page", { status: 503, body: "<html>" }, "answered 503"],
    [
      "a redirect, which is not followed",
      { status: 302, body: "", headers: { location: "/elsewhere" } },
      "redirected 302",
    ],
    ["an endless answer", { status: 200, body: "x".repeat(1_000_000) }, "answered 200"],
  ])("%s is tried again", async (_name, answer, lastError) => {
    robot.answer = answer;
    await tell({ channels: ["regionRobots"] });
    await sendMessages(db, { ...settings, robotBackOff: { firstMs: 60_000, longestMs: 60_000 } });
    expect(await rowsOf(id)).toMatchObject([{ state: "retrying", attempts: 1, lastError }]);
  });

  it("is given up after the last attempt", async () => {
    robot.answer = { status: 500, body: "" };
    await tell({ channels: ["regionRobots"] });
    for (let n = 0; n < MOST_ATTEMPTS + 2; n++) await sendMessages(db, settings);
    expect(await rowsOf(id)).toMatchObject([{ state: "dead", attempts: MOST_ATTEMPTS }]);
  });

  it("is not reached once its host is off the list", async () => {
    await db.update(outgoingHosts).set({ removedAt: new Date() }).where(eq(outgoingHosts.regionId, city.regionId));
    await tell({ channels: ["regionRobots"] });
    await sendMessages(db, { ...settings, robotBackOff: { firstMs: 60_000, longestMs: 60_000 } });
    expect(told()).toEqual([]);
    expect(await rowsOf(id)).toMatchObject([{ state: "retrying", lastError: `notAllowed ${robot.host}` }]);
  });

  it("is not reached by another region's list", async () => {
    const other = await makeRobot(city, { url: robot.url, secret: SECRET, regionId: city.otherRegionId });
    await db.transaction((tx) =>
      announce(
        tx,
        { actor: { regionId: city.otherRegionId }, now: new Date() },
        { userIds: [], title: "别处", href: "/", occasion: "elsewhere", channels: ["regionRobots"] },
      ),
    );
    await sendMessages(db, { ...settings, robotBackOff: { firstMs: 60_000, longestMs: 60_000 } });
    expect(told()).toEqual([]);
    expect(await rowsOf(other)).toMatchObject([{ state: "retrying" }]);
  });

  it("a listed name that leads into a private network is not followed", async () => {
    const url = `https://localhost:${new URL(robot.url).port}/robot`;
    await allowHost(city, new URL(url).host);
    await db.update(robots).set({ url }).where(eq(robots.id, id));
    await tell({ channels: ["regionRobots"] });
    await sendMessages(db, { ...settings, robotBackOff: { firstMs: 60_000, longestMs: 60_000 } });
    expect(told()).toEqual([]);
    expect(await rowsOf(id)).toMatchObject([{ state: "retrying", lastError: "connection EPRIVATE" }]);
  });

  it("switched off it is not told; switched on again it gets all as one", async () => {
    await tell({ channels: ["regionRobots"] });
    await tell({ channels: ["regionRobots"] });
    await db.update(robots).set({ enabled: false }).where(eq(robots.id, id));
    await sendMessages(db, settings);
    expect(told()).toEqual([]);
    await db.update(robots).set({ enabled: true }).where(eq(robots.id, id));
    await sendMessages(db, settings);
    expect(told()).toHaveLength(1);
  });
});

describe("a mail", () => {
  const mailed = () => mail.mails.filter(({ to }) => to === `${filer.userId}@test.invalid`);

  it("reaches a real server with subject, words and an absolute address", async () => {
    await tell({ channels: ["mail"] });
    await Promise.all([sendMessages(db, settings), sendMessages(db, settings)]);
    expect(mailed()).toHaveLength(1);
    const source = mailed()[0]?.source ?? "";
    expect(source).toContain("=?UTF-8?");
    expect(source).toMatch(/^From: .*<mingjing@test\.invalid>/m);
    const body = source.slice(source.indexOf("\r\n\r\n")).trim();
    const text = /base64/i.test(source) ? Buffer.from(body, "base64").toString("utf8") : decodeQuoted(body);
    expect(text).toContain(`请报送月报 ${number}`);
    expect(text).toContain("https://mingjing.test/reports?period=2026-06");
    expect(await rowsOf()).toMatchObject([{ state: "sent", attempts: 1 }]);
  });

  it("a line break in a title makes no header", async () => {
    await tell({ channels: ["mail"], title: "甲\r\nBcc: other@test.invalid" });
    await sendMessages(db, settings);
    const [head] = (mailed().at(-1)?.source ?? "").split("\r\n\r\n");
    expect(head).toMatch(/^Subject:/m);
    expect(head).not.toMatch(/^Bcc:/im);
  });

  it.each([
    ["550, the server's last word, is given up at once", 550, "dead"],
    ["451, for now, is tried again", 451, "retrying"],
  ])("%s", async (_name, code, state) => {
    mail.refuse = code;
    await tell({ channels: ["mail"] });
    await sendMessages(db, { ...settings, mailBackOff: { firstMs: 60_000, longestMs: 60_000 } });
    const [row] = await rowsOf();
    expect(row).toMatchObject({ state, attempts: 1 });
    expect(row?.lastError).toContain(`mail ${code} mailbox unavailable`);
  });

  it("waits while no mail server is configured", async () => {
    await tell({ channels: ["mail"] });
    expect(await sendMessages(db, { ...settings, mailer: undefined })).toBe(0);
    expect(await rowsOf()).toMatchObject([{ state: "waiting", attempts: 0 }]);
  });
});

/** Quoted-printable, back to text. */
function decodeQuoted(body: string): string {
  const bytes = body
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
