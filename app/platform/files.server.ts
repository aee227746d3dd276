import { fileTypeFromFile } from "file-type";
import { Disk } from "flydrive";
import { FSDriver } from "flydrive/drivers/fs";
import { eq } from "drizzle-orm";
import { createHash } from "node:crypto";
import path from "node:path";
import type { Readable } from "node:stream";
import { openPromise } from "yauzl";

import type { DatabaseOrTransaction, Transaction } from "@db/client";
import { files } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";

import { env } from "./env.server";
import { newId } from "./ids.server";
import type { Ctx } from "./transaction.server";
import { stagedUpload } from "./uploads.server";

/** What may be attached, by the type its content shows; the name's ending is never believed. */
const ALLOWED: ReadonlySet<string> = new Set([
  "application/pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/ofd",
  "image/png",
  "image/jpeg",
]);
/** The older office formats share one container; only here the name's ending tells which of them it is. */
const COMPOUND = "application/x-cfb";
const COMPOUND_TYPES: Readonly<Record<string, string>> = {
  ".doc": "application/msword",
  ".xls": "application/vnd.ms-excel",
  ".wps": "application/vnd.ms-works",
  ".et": "application/vnd.ms-excel",
};

export type FileRefusalCode = "fileEmpty" | "fileTooLarge" | "fileTypeNotAllowed";

/** A file whose bytes are at hand, such as one that the system itself made. */
export interface MadeFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** An upload that was looked at: typed by its content, with its digest, still in its temporary place. */
export interface AcceptedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly path: string;
}

export type StoredFile = typeof files.$inferSelect;

let disk: Disk | undefined;
const storage = (): Disk =>
  (disk ??= new Disk(new FSDriver({ location: path.join(env().DATA_DIR, "files"), visibility: "private" })));

/**
 * Checks an upload by size and by content.
 * Refuses with fileEmpty, fileTooLarge, fileTypeNotAllowed.
 * @param maxMegabytes the rule figure that holds here @unit MB
 */
export async function acceptFile(
  upload: File,
  { maxMegabytes }: { maxMegabytes: number },
): Promise<Result<AcceptedFile, FileRefusalCode>> {
  const name = path.basename(upload.name.replaceAll("\\", "/")).slice(-200);
  const facts = { name, limit: maxMegabytes };
  const refusal = <Code extends FileRefusalCode>(code: Code) => refuse({ code, field: "file", facts });
  const staged = await stagedUpload(upload);
  if (staged.sizeBytes === 0) return refusal("fileEmpty");
  if (staged.tooLarge || staged.sizeBytes > maxMegabytes * 1024 * 1024) return refusal("fileTooLarge");
  const mediaType = await typeOf(staged.path, name);
  if (!mediaType) return refusal("fileTypeNotAllowed");
  return accept({ name, mediaType, sizeBytes: staged.sizeBytes, sha256: staged.sha256, path: staged.path });
}

async function typeOf(file: string, name: string): Promise<string | undefined> {
  const type = await fileTypeFromFile(file);
  if (type?.mime === COMPOUND) return COMPOUND_TYPES[path.extname(name).toLowerCase()];
  const mime = type?.mime === "application/zip" && (await hasEntry(file, "OFD.xml")) ? "application/ofd" : type?.mime;
  return mime && ALLOWED.has(mime) ? mime : undefined;
}

/** Does a zip hold an entry of this name? That is how an OFD document is known. */
async function hasEntry(file: string, entryName: string): Promise<boolean> {
  try {
    const zip = await openPromise(file, { decodeStrings: false });
    try {
      for await (const entry of zip.eachEntry()) if (entry.fileName.toString() === entryName) return true;
    } finally {
      zip.close();
    }
  } catch {
    // A zip that cannot be listed is no document that can be taken in.
  }
  return false;
}

/** Digest and size of a file's content, whether its bytes are at hand or in their temporary place. */
export const contentOf = (file: MadeFile | AcceptedFile): { sha256: string; sizeBytes: number } =>
  "path" in file
    ? { sha256: file.sha256, sizeBytes: file.sizeBytes }
    : { sha256: createHash("sha256").update(file.bytes).digest("hex"), sizeBytes: file.bytes.length };

/**
 * Stores the bytes and the row of a file. The bytes go first: a row without bytes would be a lie, bytes without a row are
 * only swept up later. Equal contents are kept once.
 */
export async function saveFile(
  tx: Transaction,
  ctx: Pick<Ctx, "actor" | "now">,
  file: MadeFile | AcceptedFile,
  owner: { regionId: string; unitId: string },
): Promise<StoredFile> {
  const { sha256, sizeBytes } = contentOf(file);
  const storageKey = `${sha256.slice(0, 2)}/${sha256}`;
  if (!(await storage().exists(storageKey))) {
    if ("path" in file) await storage().moveFromFs(file.path, storageKey);
    else await storage().put(storageKey, file.bytes);
  }
  const [row] = await tx
    .insert(files)
    .values({
      id: newId(),
      regionId: owner.regionId,
      unitId: owner.unitId,
      name: file.name,
      mediaType: file.mediaType,
      sizeBytes,
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
): Promise<{ file: StoredFile; bytes: Uint8Array } | undefined> {
  const [file] = await db.select().from(files).where(eq(files.id, fileId));
  if (!file) return undefined;
  return { file, bytes: await storage().getBytes(file.storageKey) };
}

/** As readFile, for sending it on: its bytes are read while they are sent. */
export async function openFile(
  db: DatabaseOrTransaction,
  fileId: string,
): Promise<{ file: StoredFile; stream: Readable } | undefined> {
  const [file] = await db.select().from(files).where(eq(files.id, fileId));
  if (!file) return undefined;
  return { file, stream: await storage().getStream(file.storageKey) };
}
