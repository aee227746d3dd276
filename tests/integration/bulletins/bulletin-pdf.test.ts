import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { bulletins, files, outbox } from "@db/schema";
import { makeAssessedCity, makeEvents, type AssessedCity } from "@tests/support/factories/bulletins";
import { accepted } from "@tests/support/factories/projects";
import { pdfText } from "@tests/support/pdf-text";
import { testDatabase } from "@tests/support/worker-database";
import type { BulletinContent } from "~/modules/bulletins/bulletin.types";
import { bulletinListeners } from "~/modules/bulletins/index.server";
import { findBulletin } from "~/modules/bulletins/load-bulletin.server";
import { bulletinPdf, draftPdf } from "~/modules/bulletins/render-bulletin-pdf.server";
import { signBulletin } from "~/modules/bulletins/sign-bulletin.server";
import { relayOutbox } from "~/platform/outbox.server";
import { stopWorkers } from "~/platform/workers/worker-task.server";

/** The first render of a process unpacks the fonts; the machine may be busy. */
const TIMEOUT_MS = 90_000;

const db = testDatabase();
let city: AssessedCity;
let draftId: string;
beforeAll(async () => {
  city = await makeAssessedCity(db);
  await makeEvents(city);
  draftId = await city.draft(await city.assess());
});
afterAll(stopWorkers);

const plain = (text: string) => text.replace(/\s/g, "");
const filesOf = () => db.$count(files, eq(files.regionId, city.regionId));

describe("the PDF of a bulletin", { timeout: TIMEOUT_MS }, () => {
  it("of a draft carries no number, is marked as a draft and is kept nowhere", async () => {
    const { bytes } = await draftPdf(await findBulletin(db, city.leader, draftId), city.ctx(city.leader));
    const text = plain(pdfText(bytes));
    expect(text).toContain("拟稿未经签发");
    expect(text).toContain("测数政通〔2026〕号");
    expect(await filesOf()).toBe(0);
  });

  it("is made by the event of signing, once, and says the number and every figure of the screen", async () => {
    accepted(await signBulletin(city.ctx(city.leader), draftId, 1));
    await relayOutbox(db, bulletinListeners);
    expect(await filesOf()).toBe(1);
    const [row] = await db.select().from(bulletins).where(eq(bulletins.id, draftId));
    expect(row?.pdfFileId).not.toBeNull();
    expect(row?.version).toBe(2);
    expect(await db.$count(outbox, and(eq(outbox.subjectId, draftId), eq(outbox.topic, "bulletinSigned")))).toBe(1);

    const text = plain(pdfText((await bulletinPdf(db, draftId)).bytes));
    const content = row?.content as BulletinContent;
    const shown = [
      "测数政通〔2026〕1号",
      "测试县市政务服务数据管理局文件",
      "2026年7月20日",
      "附件1",
      ...content.figures.map((figure) => figure.text),
      ...content.annexes.flatMap((annex) => [annex.title, ...annex.rows.flat()]).map(plain),
    ];
    expect(shown.filter((words) => !text.includes(words))).toEqual([]);
  });

  it("a reprint is the stored file, byte for byte, also when ten ask at once", async () => {
    const { bytes } = await bulletinPdf(db, draftId);
    const again = await Promise.all(Array.from({ length: 10 }, () => bulletinPdf(db, draftId)));
    expect(again.every((sheet) => Buffer.compare(sheet.bytes, bytes) === 0)).toBe(true);
    expect(await filesOf()).toBe(1);
  });

  it("made again after its file was forgotten it has the same bytes", async () => {
    const { bytes } = await bulletinPdf(db, draftId);
    await db.update(bulletins).set({ pdfFileId: null }).where(eq(bulletins.id, draftId));
    const racing = await Promise.all([bulletinPdf(db, draftId), bulletinPdf(db, draftId)]);
    expect(racing.every((sheet) => Buffer.compare(sheet.bytes, bytes) === 0)).toBe(true);
    expect(await filesOf()).toBe(2);
  });
});
