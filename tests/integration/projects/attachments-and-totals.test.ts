import { and, asc, eq, sql } from "drizzle-orm";
import { text } from "node:stream/consumers";
import { beforeAll, describe, expect, it } from "vitest";

import { attachments, budgetLines, domainEvents, projects } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { accepted, makeCompleteDraft, makeDraft, projectRow } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { fen } from "~/kernel/fen";
import { DomainError } from "~/kernel/result";
import { keysOf, PROJECT_STAGES } from "~/kernel/vocabulary";
import { addAttachment } from "~/modules/projects/add-attachment.server";
import { readAttachment } from "~/modules/projects/attachments.queries.server";
import { removeAttachment } from "~/modules/projects/remove-attachment.server";
import { syncReviewedTotals } from "~/modules/projects/reviewed-totals.server";
import { withdrawProject } from "~/modules/projects/withdraw-project.server";
import type { Ctx } from "~/platform/transaction.server";

const db = testDatabase();
let city: TestCity;
let filer: Ctx;

beforeAll(async () => {
  city = await makeCity(db);
  filer = city.ctx(await city.as("filer"));
});

const kindOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "no error",
    (error: unknown) => (error instanceof DomainError ? error.kind : error),
  );

const file = { name: "申报书.pdf", mediaType: "application/pdf", bytes: new TextEncoder().encode("%PDF-1.4 test") };
const rowsOf = (projectId: string) => db.select().from(attachments).where(eq(attachments.projectId, projectId));

describe("attachments", () => {
  it("are kept with their bytes, and read by whoever may read the project", async () => {
    const id = await makeDraft(filer);
    const { id: attachmentId } = accepted(await addAttachment(filer, id, { kind: "application", file }));
    const read = await readAttachment(db, filer.actor, { projectId: id, attachmentId });
    expect(read.file).toMatchObject({
      name: "申报书.pdf",
      mediaType: "application/pdf",
      uploadedBy: filer.actor.userId,
    });
    expect(await text(read.stream)).toBe("%PDF-1.4 test");
    const stranger = await city.as("filer", city.otherUnitId);
    expect(await kindOf(readAttachment(db, stranger, { projectId: id, attachmentId }))).toBe("notFound");
    const other = await makeDraft(filer);
    expect(await kindOf(readAttachment(db, filer.actor, { projectId: other, attachmentId }))).toBe("notFound");
  });

  it("the same content is taken once, under whatever name and kind, and the one that is there is named", async () => {
    const id = await makeDraft(filer);
    accepted(await addAttachment(filer, id, { kind: "application", file }));
    const again = await addAttachment(filer, id, { kind: "minutes", file: { ...file, name: "副本.pdf" } });
    const facts = { name: "副本.pdf", existing: "申报书.pdf", kind: "application" };
    expect(again).toMatchObject({ refusals: [{ code: "duplicateInProject", facts }] });
    expect(await rowsOf(id)).toHaveLength(1);
  });

  it("two uploads of one content at the same moment leave one attachment", async () => {
    const id = await makeDraft(filer);
    const both = await Promise.all([1, 2].map(() => addAttachment(filer, id, { kind: "application", file })));
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await rowsOf(id)).toHaveLength(1);
  });

  it("content that another project of the unit carries is taken and said so; another unit's is not mentioned", async () => {
    const own = { ...file, bytes: new TextEncoder().encode("%PDF-1.4 shared by two projects") };
    const [first, second] = [await makeDraft(filer), await makeDraft(filer)];
    accepted(await addAttachment(filer, first, { kind: "application", file: own }));
    const name = (await projectRow(filer, first)).name;
    expect(accepted(await addAttachment(filer, second, { kind: "application", file: own })).alsoIn).toBe(name);
    const stranger = city.ctx(await city.as("filer", city.otherUnitId));
    const theirs = await makeDraft(stranger);
    expect(accepted(await addAttachment(stranger, theirs, { kind: "application", file: own })).alsoIn).toBeNull();
  });

  it("removed ones are gone from the filing but stay in the record; a second removal finds nothing", async () => {
    const id = await makeDraft(filer);
    const { id: attachmentId } = accepted(await addAttachment(filer, id, { kind: "application", file }));
    accepted(await removeAttachment(filer, id, attachmentId));
    expect(await rowsOf(id)).toMatchObject([{ id: attachmentId, removedAt: filer.now }]);
    expect(await kindOf(readAttachment(db, filer.actor, { projectId: id, attachmentId }))).toBe("notFound");
    expect(await kindOf(removeAttachment(filer, id, attachmentId))).toBe("notFound");
    const events = await db
      .select({ type: domainEvents.type })
      .from(domainEvents)
      .where(and(eq(domainEvents.subjectId, id), sql`${domainEvents.type} like 'attachment%'`))
      .orderBy(asc(domainEvents.id));
    expect(events.map(({ type }) => type)).toEqual(["attachmentAdded", "attachmentRemoved"]);
  });

  it("another unit gets 404, the leader 403, and a closed filing takes none", async () => {
    const id = await makeDraft(filer);
    const stranger = city.ctx(await city.as("filer", city.otherUnitId));
    const lead = city.ctx(await city.as("unitLead"));
    const { id: attachmentId } = accepted(await addAttachment(filer, id, { kind: "application", file }));
    expect(await kindOf(addAttachment(stranger, id, { kind: "other", file }))).toBe("notFound");
    expect(await kindOf(removeAttachment(stranger, id, attachmentId))).toBe("notFound");
    expect(await kindOf(addAttachment(lead, id, { kind: "other", file }))).toBe("forbidden");
    accepted(await withdrawProject(filer, { projectId: id, version: 1, reason: "不再建设" }));
    expect(await addAttachment(filer, id, { kind: "other", file })).toMatchObject({
      ok: false,
      refusals: [{ code: "notEditable" }],
    });
    expect(await removeAttachment(filer, id, attachmentId)).toMatchObject({ ok: false });
  });
});

describe("syncReviewedTotals", () => {
  it("is nothing until every line is reviewed, then the sum of the reviewed amounts", async () => {
    const { id } = await makeCompleteDraft(filer);
    const lines = await db
      .select()
      .from(budgetLines)
      .where(eq(budgetLines.projectId, id))
      .orderBy(asc(budgetLines.position));
    const [first, second] = lines;
    const review = (lineId: string | undefined, amount: number) =>
      db
        .update(budgetLines)
        .set({ reviewedFen: fen(amount) })
        .where(eq(budgetLines.id, lineId ?? ""));
    const sync = () => db.transaction((tx) => syncReviewedTotals(tx, id));

    await review(first?.id, 150_000_000);
    expect(await sync()).toBeNull();
    expect((await projectRow(filer, id)).reviewedFen).toBeNull();
    await review(second?.id, 0);
    expect(await sync()).toBe(150_000_000);
    expect((await projectRow(filer, id)).reviewedFen).toBe(150_000_000);
  });

  it("a project without lines has no reviewed total", async () => {
    const id = await makeDraft(filer);
    expect(await db.transaction((tx) => syncReviewedTotals(tx, id))).toBeNull();
  });
});

describe("the database", () => {
  it("accepts every stage of the vocabulary and no other", async () => {
    const id = await makeDraft(filer);
    for (const stage of keysOf(PROJECT_STAGES)) await db.update(projects).set({ stage }).where(eq(projects.id, id));
    await expect(db.execute(sql`update projects set stage = 'invented' where id = ${id}`)).rejects.toThrow();
  });
});
