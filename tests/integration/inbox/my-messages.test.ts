import { beforeAll, describe, expect, it } from "vitest";

import { eq } from "drizzle-orm";

import { messages } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { notify } from "~/modules/inbox/index.server";
import { listMyMessages, readMessageQuery } from "~/modules/inbox/my-messages.queries.server";
import { openMessage } from "~/modules/inbox/open-message.server";
import { readAllMessages } from "~/modules/inbox/read-all-messages.server";
import { readMessage } from "~/modules/inbox/read-message.server";

const db = testDatabase();
let city: TestCity;
let filer: Actor;
beforeAll(async () => {
  city = await makeCity(db);
  filer = await city.as("filer");
  for (let n = 1; n <= 60; n++) {
    await db.transaction((tx) =>
      notify(tx, city.ctx(filer), { userIds: [filer.userId], title: `消息${n}`, href: `/projects/${n}` }),
    );
  }
});

const list = (question: string, who = filer) =>
  listMyMessages(db, who.userId, readMessageQuery(new URLSearchParams(question)));
const idOf = async (title: string) =>
  (await db.select().from(messages).where(eq(messages.title, title)))[0]?.id ?? expect.fail("no message");

describe("my messages", () => {
  it("come newest first, page by page, and only mine", async () => {
    const first = await list("");
    expect([first.rows.length, first.total, first.rows[0]?.title]).toEqual([50, 60, "消息60"]);
    expect((await list("page=2")).rows.map(({ title }) => title).at(-1)).toBe("消息1");
    expect((await list("page=9")).rows).toEqual([]);
    expect((await list("", await city.as("filer"))).total).toBe(0);
  });

  it("are read one by one, by opening, and all at once; read once they stay so", async () => {
    const [one, two] = [await idOf("消息1"), await idOf("消息2")];
    await readMessage(city.ctx(filer, "2026-07-20"), one);
    await readMessage(city.ctx(filer, "2026-07-21"), one);
    const [row] = await db.select().from(messages).where(eq(messages.id, one));
    expect(row?.readAt).toEqual(city.ctx(filer, "2026-07-20").now);
    expect(await openMessage(city.ctx(filer), two)).toBe("/projects/2");
    expect((await list("state=unread")).total).toBe(58);
    await readAllMessages(city.ctx(filer));
    expect(await list("state=unread")).toMatchObject({ total: 0, unreadCount: 0 });
    expect((await list("q=消息6")).rows.map(({ title }) => title)).toEqual(["消息60", "消息6"]);
  });

  it("of another person are 404", async () => {
    const stranger = city.ctx(await city.as("unitLead"));
    const id = await idOf("消息3");
    await expect(readMessage(stranger, id)).rejects.toMatchObject({ kind: "notFound" });
    await expect(openMessage(stranger, id)).rejects.toMatchObject({ kind: "notFound" });
  });
});
