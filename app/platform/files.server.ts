import { fileTypeFromBuffer } from "file-type";
import { Disk } from "flydrive";
import { FSDriver } from "flydrive/drivers/fs";
import { eq } from "drizzle-orm";
import { createHash } from "node:crypto";
import path from "node:path";

import type { DatabaseOrTransaction, Transaction } from "@db/client";
import { files } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";

import { env } from "./env.server";
import { newId } from "./ids.server";
import type { Ctx } from "./transaction.server";

/** Largest attachment. @unit bytes */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** What may be attached, by the type its content shows; the name's ending is never believed. */
const ALLOWED: Readonly<Record<string, string>> = {
  "application/pdf": "pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
  "image/png": "png",
  "image/jpeg": "jpg",
};

export type FileRefusalCode = "fileEmpty" | "fileTooLarge" | "fileTypeNotAllowed";

export interface AcceptedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

let disk: Disk | undefined;
const storage = (): Disk =>
  (disk ??= new Disk(new FSDriver({ location: path.join(env().DATA_DIR, "files"), visibility: "private" })));

const refusal = <Code extends FileRefusalCode>(code: Code, name: string) =>
  refuse({ code, field: "file", facts: { name } });

/** Checks an upload by size and by content. */
export async function acceptFile(upload: File): Promise<Result<AcceptedFile, FileRefusalCode>> {
  const name = path.basename(upload.name.replaceAll("\\", "/")).slice(-200);
  if (upload.size === 0) return refusal("fileEmpty", name);
  if (upload.size > MAX_FILE_BYTES) return refusal("fileTooLarge", name);
  const bytes = new Uint8Array(await upload.arrayBuffer());
  const type = await fileTypeFromBuffer(bytes);
  if (!type || !(type.mime in ALLOWED)) return refusal("fileTypeNotAllowed", name);
  return accept({ name, mediaType: type.mime, bytes });
}

/**
 * Stores the bytes and the row of a file. The bytes go first: a row without bytes would be a lie, bytes without a row are
 * only swept up later. Equal contents are kept once.
 */
export async function saveFile(
  tx: Transaction,
  ctx: Pick<Ctx, "actor" | "now">,
  file: AcceptedFile,
  owner: { regionId: string; unitId: string },
): Promise<typeof files.$inferSelect> {
  const sha256 = createHash("sha256").update(file.bytes).digest("hex");
  const storageKey = `${sha256.slice(0, 2)}/${sha256}`;
  if (!(await storage().exists(storageKey))) await storage().put(storageKey, file.bytes);
  const [row] = await tx
    .insert(files)
    .values({
      id: newId(),
      ...owner,
      name: file.name,
      mediaType: file.mediaType,
      sizeBytes: file.bytes.length,
      sha256,
      storageKey,
      uploadedBy: ctx.actor.userId,
      uploadedAt: ctx.now,
    })
    .returning();
  if (!row) throw new Error("file row not written");
  return row;
}

/** The row and bytes of a stored file; undefined when there is no such file. The caller has checked the right to read. */
export async function readFile(
  db: DatabaseOrTransaction,
  fileId: string,
): Promise<{ file: typeof files.$inferSelect; bytes: Uint8Array } | undefined> {
  const [file] = await db.select().from(files).where(eq(files.id, fileId));
  if (!file) return undefined;
  return { file, bytes: await storage().getBytes(file.storageKey) };
}
