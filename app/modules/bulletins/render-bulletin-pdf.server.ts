import { and, eq, isNull } from "drizzle-orm";

import type { Database } from "@db/client";
import { bulletins, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { readFile, saveFile } from "~/platform/files.server";
import { businessTime } from "~/platform/installation.server";
import { renderOfficialDocument } from "~/platform/pdf/render-pdf.server";
import type { Ctx } from "~/platform/transaction.server";

import { contentOf, type Bulletin } from "./load-bulletin.server";
import { toOfficialDocumentView } from "./official-view.server";

interface Sheet {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * The PDF of a published bulletin: made once and stored, from then on the stored file, so that a reprint is identical.
 * May be called any number of times and by several at once; the first to finish wins.
 * @source domain.md §10, GB/T 9704-2012
 */
export async function bulletinPdf(db: Database, bulletinId: string): Promise<Sheet> {
  const bulletin = await readPublished(db, bulletinId);
  const fileId = bulletin.pdfFileId ?? (await render(db, bulletin));
  const stored = await readFile(db, fileId);
  if (!stored) throw new Error(`the PDF of bulletin ${bulletinId} is not stored`);
  return { name: stored.file.name, bytes: stored.bytes };
}

/** A draft as it would print, marked as such and kept nowhere. */
export async function draftPdf(draft: Bulletin, { today, now }: Pick<Ctx, "today" | "now">): Promise<Sheet> {
  const content = contentOf(draft);
  const bytes = await renderOfficialDocument(
    toOfficialDocumentView(content, {
      ...headOf(content.issuerName),
      number: `${draft.series}〔${today.slice(0, 4)}〕  号`,
      signedOn: today,
      printedOn: today,
      headerNote: "拟稿 未经签发",
      signedAt: now.toISOString(),
    }),
  );
  return { name: `拟稿 ${content.title}.pdf`, bytes };
}

async function readPublished(db: Database, bulletinId: string): Promise<Bulletin> {
  const [row] = await db.select().from(bulletins).where(eq(bulletins.id, bulletinId));
  if (row?.state !== "published") throw new Error(`bulletin ${bulletinId} is not published`);
  return row;
}

const headOf = (issuerName: string) => ({ issuerMark: `${issuerName}文件`, printedBy: issuerName });

async function render(db: Database, bulletin: Bulletin): Promise<string> {
  const { number, signedOn, signedBy, publishedAt } = bulletin;
  if (number === null || signedOn === null || signedBy === null || publishedAt === null) {
    throw new Error(`published bulletin ${bulletin.id} lacks what signing gives it`);
  }
  const content = contentOf(bulletin);
  const { demonstration } = await businessTime(db);
  const bytes = await renderOfficialDocument(
    toOfficialDocumentView(content, {
      ...headOf(content.issuerName),
      number,
      signedOn,
      printedOn: signedOn,
      headerNote: demonstration ? "演示数据" : undefined,
      signedAt: publishedAt.toISOString(),
    }),
  );
  const signer = await readSigner(db, signedBy);
  return db.transaction(async (tx) => {
    const [locked] = await tx
      .select({ pdfFileId: bulletins.pdfFileId })
      .from(bulletins)
      .where(eq(bulletins.id, bulletin.id))
      .for("update");
    if (locked?.pdfFileId) return locked.pdfFileId;
    const file = await saveFile(
      tx,
      { actor: signer, now: publishedAt },
      { name: `${number} ${content.title}.pdf`, mediaType: "application/pdf", bytes },
      { regionId: bulletin.regionId, unitId: signer.unitId },
    );
    await tx
      .update(bulletins)
      .set({ pdfFileId: file.id })
      .where(and(eq(bulletins.id, bulletin.id), isNull(bulletins.pdfFileId)));
    return file.id;
  });
}

/** In whose name the file is kept: the signer's, also when their account has been closed since. */
async function readSigner(db: Database, userId: string): Promise<Actor> {
  const [row] = await db.select().from(users).where(eq(users.id, userId));
  if (!row) throw new Error(`no signer ${userId}`);
  const { username, name, unitId, regionId } = row;
  return { userId, username, name, unitId, unitName: "", regionId, regionIds: [], roles: [] };
}
