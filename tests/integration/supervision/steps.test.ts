import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";

import { domainEvents, messages, supervisionPapers } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { paperFile } from "@tests/support/factories/acceptance";
import {
  itemMaker,
  itemRef,
  itemRow,
  makeSupervisionPeople,
  runDaily,
  slipsOf,
  type SupervisionPeople,
} from "@tests/support/factories/supervision";
import { testDatabase } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import { closeItem } from "~/modules/supervision/close-item.server";
import { extendItem } from "~/modules/supervision/extend-item.server";
import { readItem } from "~/modules/supervision/item.queries.server";
import { readPaper } from "~/modules/supervision/papers/papers.queries.server";
import { acceptPapers } from "~/modules/supervision/papers/store-papers.server";
import { replyItem } from "~/modules/supervision/reply-item.server";
import { reopenItem } from "~/modules/supervision/reopen-item.server";
import { sendBackItem } from "~/modules/supervision/send-back-item.server";
import { urgeItem } from "~/modules/supervision/urge-item.server";
import { urgeItems } from "~/modules/supervision/urge-items.server";
import { verifyItem } from "~/modules/supervision/verify-item.server";

const db = testDatabase();
let city: TestCity;
let people: SupervisionPeople;
let makeItem: ReturnType<typeof itemMaker>;
let id: string;

beforeEach(async () => {
  city = await makeCity(db);
  people = await makeSupervisionPeople(city);
  makeItem = itemMaker(city);
  id = await makeItem("2026-07-24");
});

const ref = () => itemRef(city, id);
const eventsOf = (itemId: string, type: string) =>
  db.$count(domainEvents, and(eq(domainEvents.subjectId, itemId), eq(domainEvents.type, type)));
const told = (itemId: string) =>
  db.$count(messages, and(eq(messages.userId, people.filer.userId), eq(messages.href, `/supervision/${itemId}`)));

describe("urging one item", () => {
  it("moves it, tells the unit, and only once a day", async () => {
    expect(await urgeItem(city.ctx(people.bureau), await ref())).toEqual({ ok: true, value: null });
    expect(await itemRow(city, id)).toMatchObject({ state: "urged", version: 2 });
    expect(await urgeItem(city.ctx(people.bureau), await ref())).toMatchObject({
      refusals: [{ code: "notUrgedToday" }],
    });
    expect(await urgeItem(city.ctx(people.bureau, "2026-07-21"), await ref())).toEqual({ ok: true, value: null });
    expect([await eventsOf(id, "supervisionUrged"), await told(id)]).toEqual([2, 2]);
  });

  it("404 to another unit, forbidden to its own, conflict on a stale page; not while the bureau has it", async () => {
    await expect(urgeItem(city.ctx(people.stranger), await ref())).rejects.toMatchObject({ kind: "notFound" });
    await expect(urgeItem(city.ctx(people.filer), await ref())).rejects.toMatchObject({ kind: "forbidden" });
    await expect(urgeItem(city.ctx(people.bureau), { id, version: 7 })).rejects.toMatchObject({ kind: "conflict" });
    await replyItem(city.ctx(people.filer), { ...(await ref()), reply: "已经办理完毕" });
    expect(await urgeItem(city.ctx(people.bureau), await ref())).toMatchObject({
      refusals: [{ code: "notInThisState" }],
    });
  });

  it("twenty clicks have one effect", async () => {
    const at = await ref();
    const clicks = await Promise.allSettled(Array.from({ length: 20 }, () => urgeItem(city.ctx(people.bureau), at)));
    expect(clicks.filter((click) => click.status === "fulfilled" && click.value.ok)).toHaveLength(1);
    expect(await eventsOf(id, "supervisionUrged")).toBe(1);
  });
});

describe("urging many", () => {
  it("passes over what was urged today or is not with the unit", async () => {
    const [other, replied, closed] = [
      await makeItem("2026-07-24", null, { unitId: city.otherUnitId }),
      await makeItem("2026-07-24", null, { state: "replied" }),
      await makeItem("2026-07-24", "2026-07-10"),
    ];
    const ids = [id, other, replied, closed, id];
    expect(await urgeItems(city.ctx(people.bureau), ids)).toEqual({ ok: true, value: { urged: 2, passed: 2 } });
    expect(await urgeItems(city.ctx(people.bureau), ids)).toEqual({ ok: true, value: { urged: 0, passed: 4 } });
    expect([(await itemRow(city, id)).state, (await itemRow(city, other)).state]).toEqual(["urged", "urged"]);
    expect([(await itemRow(city, replied)).state, (await itemRow(city, closed)).state]).toEqual(["replied", "closed"]);
    expect([await told(id), await told(other)]).toEqual([1, 0]);
    expect(await urgeItems(city.ctx(people.bureau), [])).toEqual({ ok: true, value: { urged: 0, passed: 0 } });
  });

  it("is all or nothing when one is out of sight, and not for units", async () => {
    const far = await makeCity(db);
    const elsewhere = await itemMaker(far)("2026-07-24");
    await expect(urgeItems(city.ctx(people.bureau), [id, elsewhere])).rejects.toMatchObject({ kind: "notFound" });
    await expect(urgeItems(city.ctx(people.filer), [id])).rejects.toMatchObject({ kind: "forbidden" });
    await expect(urgeItems(city.ctx(people.stranger), [id])).rejects.toMatchObject({ kind: "notFound" });
    expect((await itemRow(city, id)).state).toBe("accepted");
  });

  it("twenty at once urge each once", async () => {
    const ids = [id, await makeItem("2026-07-27"), await makeItem("2026-07-28")];
    const runs = await Promise.all(Array.from({ length: 20 }, () => urgeItems(city.ctx(people.bureau), ids)));
    expect(runs.reduce((sum, run) => sum + (run.ok ? run.value.urged : 0), 0)).toBe(3);
    for (const each of ids) expect(await eventsOf(each, "supervisionUrged")).toBe(1);
  });
});

describe("extending", () => {
  const extend = async (day: string, reason = "施工条件未具备", today?: string) =>
    extendItem(city.ctx(people.bureau, today), { ...(await ref()), reason, dueOn: localDate(day) });

  it("gives a later day, keeps both in the event, leaves slips and state as they are", async () => {
    await runDaily(city, people.bureau, "2026-07-21");
    expect(await extend("2026-08-14", "施工条件未具备", "2026-07-22")).toEqual({ ok: true, value: null });
    expect(await itemRow(city, id)).toMatchObject({ state: "accepted", dueOn: "2026-08-14" });
    expect(await slipsOf(city)).toEqual(["1 blue"]);
    const { events, colour, slips } = await readItem(db, people.filer, id, localDate("2026-07-22"));
    expect(events[0]).toMatchObject({
      type: "supervisionExtended",
      reason: "施工条件未具备",
      payload: { from: "2026-07-24", to: "2026-08-14" },
    });
    expect([colour, slips.map((slip) => slip.dueOn)]).toEqual(["none", ["2026-07-24"]]);
  });

  it.each([
    ["the same day", "2026-07-24", "原因写明", undefined, ["laterDay"]],
    ["an earlier day", "2026-07-23", "原因写明", undefined, ["laterDay"]],
    ["a later day that has passed", "2026-08-03", "原因写明", "2026-08-04", ["laterDay"]],
    ["no reason", "2026-08-14", " ", undefined, ["reasonGiven"]],
  ])("is refused: %s", async (_name, day, reason, today, codes) => {
    const result = await extend(day, reason, today);
    expect(result.ok ? [] : result.refusals.map(({ code }) => code)).toEqual(codes);
    expect((await itemRow(city, id)).dueOn).toBe("2026-07-24");
  });

  it("is the reviewer's alone: 404, forbidden, conflict, twenty clicks once", async () => {
    const input = { ...(await ref()), reason: "施工条件未具备", dueOn: localDate("2026-08-14") };
    await expect(extendItem(city.ctx(people.stranger), input)).rejects.toMatchObject({ kind: "notFound" });
    await expect(extendItem(city.ctx(people.filer), input)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(extendItem(city.ctx(await city.as("bureauAssessor")), input)).rejects.toMatchObject({
      kind: "forbidden",
    });
    await expect(extendItem(city.ctx(people.bureau), { ...input, version: 7 })).rejects.toMatchObject({
      kind: "conflict",
    });
    const clicks = await Promise.allSettled(
      Array.from({ length: 20 }, () => extendItem(city.ctx(people.bureau), input)),
    );
    expect(clicks.filter((click) => click.status === "fulfilled" && click.value.ok)).toHaveLength(1);
    expect(await eventsOf(id, "supervisionExtended")).toBe(1);
  });
});

describe("papers", () => {
  it("come with each reply and with the closing, round after round, and all stay to be seen", async () => {
    const reply = async (words: string, day: string, name: string) =>
      replyItem(city.ctx(people.filer, day), { ...(await ref()), reply: words, files: [paperFile(name)] });
    await reply("第一次反馈情况", "2026-07-20", "截图");
    await sendBackItem(city.ctx(people.bureau, "2026-07-21"), { ...(await ref()), reason: "材料不全" });
    await reply("第二次反馈情况", "2026-07-22", "补充说明");
    await verifyItem(city.ctx(people.bureau, "2026-07-22"), await ref());
    await closeItem(city.ctx(people.bureau, "2026-07-23"), {
      ...(await ref()),
      proof: "验收单",
      files: [paperFile("验收单")],
    });
    await reopenItem(city.ctx(people.bureau, "2026-07-24"), { ...(await ref()), reason: "复查未落实" });
    await reply("第三次反馈情况", "2026-07-27", "整改报告");
    const { papers, events } = await readItem(db, people.filer, id, localDate("2026-07-27"));
    expect(papers.map(({ name, purpose, round }) => [name, purpose, round])).toEqual([
      ["截图.pdf", "reply", 0],
      ["补充说明.pdf", "reply", 0],
      ["验收单.pdf", "closing", 0],
      ["整改报告.pdf", "reply", 1],
    ]);
    const replies = events.filter(({ type }) => type === "supervisionReplied");
    expect(replies.map(({ reason }) => reason)).toEqual(["第三次反馈情况", "第二次反馈情况", "第一次反馈情况"]);
    expect(replies.map(({ at }) => papers.filter(({ addedAt }) => addedAt.getTime() === at.getTime()).length)).toEqual([
      1, 1, 1,
    ]);
  });

  it("are kept with the step or not at all", async () => {
    const files = [paperFile("截图")];
    const refused = await replyItem(city.ctx(people.filer), { ...(await ref()), reply: " ", files });
    expect(refused).toMatchObject({ refusals: [{ code: "replyGiven" }] });
    const at = { ...(await ref()), reply: "已经办理完毕", files };
    await Promise.allSettled(Array.from({ length: 20 }, () => replyItem(city.ctx(people.filer), at)));
    expect(await db.$count(supervisionPapers, eq(supervisionPapers.itemId, id))).toBe(1);
    // with the bureau now: nothing can be added
    expect(await replyItem(city.ctx(people.filer), { ...at, ...(await ref()) })).toMatchObject({
      refusals: [{ code: "notInThisState" }],
    });
    expect(await db.$count(supervisionPapers, eq(supervisionPapers.itemId, id))).toBe(1);
  });

  it("are served to who may read the item; another unit gets 404", async () => {
    await replyItem(city.ctx(people.filer), { ...(await ref()), reply: "已经办理完毕", files: [paperFile("截图")] });
    const [paper] = await db.select().from(supervisionPapers).where(eq(supervisionPapers.itemId, id));
    const paperId = paper?.id ?? "";
    expect((await readPaper(db, people.bureau, paperId)).file.mediaType).toBe("application/pdf");
    await expect(readPaper(db, people.stranger, paperId)).rejects.toMatchObject({ kind: "notFound" });
  });

  it("are typed by content and not empty", async () => {
    const accepted = async (name: string, content: string) => {
      const form = new FormData();
      form.append("file", new File([content], name));
      const result = await acceptPapers(city.ctx(people.filer), form);
      return result.ok ? result.value.map(({ mediaType }) => mediaType) : result.refusals.map(({ code }) => code);
    };
    expect(await accepted("说明.pdf", "%PDF-1.4 内容")).toEqual(["application/pdf"]);
    expect(await accepted("说明.pdf", "不是文件")).toEqual(["fileTypeNotAllowed"]);
    expect(await accepted("说明.pdf", "")).toEqual(["fileEmpty"]);
    expect(await acceptPapers(city.ctx(people.filer), new FormData())).toEqual({ ok: true, value: [] });
  });
});
