import { createHash } from "node:crypto";
import { openAsBlob } from "node:fs";
import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";

import { env } from "./env.server";
import { newId } from "./ids.server";

/** Largest file that is taken in at all; what a page allows is a rule figure and not above this. @unit bytes */
export const MAX_UPLOAD_BYTES = 100 * 1024 * 1024;
/** What a broken-off upload or a stopped process left behind is swept away after this. @unit ms */
const STALE_AFTER_MS = 24 * 3_600_000;

/** An upload between the network and its place: bytes in a temporary file, digest taken while they came in. */
export interface StagedUpload {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** longer than anything that is taken in; its bytes were not kept */
  readonly tooLarge: boolean;
}

const STAGED = new WeakMap<File, StagedUpload>();
let swept: Promise<void> | undefined;

const folder = (): string => path.join(env().DATA_DIR, "uploads");

/**
 * Writes an upload to a temporary file as it comes in, never holding more than a chunk of it, and returns a File whose
 * bytes are read from there. Whoever stages discards it.
 */
export async function stageUpload(
  chunks: AsyncIterable<Uint8Array>,
  { name, mediaType }: { name: string; mediaType: string },
): Promise<File> {
  await mkdir(folder(), { recursive: true });
  await (swept ??= sweep());
  const target = path.join(folder(), newId());
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const handle = await open(target, "wx");
  try {
    for await (const chunk of chunks) {
      sizeBytes += chunk.length;
      // What is too long is read to its end, so that the sender gets an answer, and not kept.
      if (sizeBytes > MAX_UPLOAD_BYTES) continue;
      hash.update(chunk);
      await handle.write(chunk);
    }
  } catch (error) {
    await handle.close();
    await rm(target, { force: true });
    throw error;
  }
  await handle.close();
  const tooLarge = sizeBytes > MAX_UPLOAD_BYTES;
  const file = new File(tooLarge ? [] : [await openAsBlob(target)], name, { type: mediaType });
  STAGED.set(file, { path: target, sizeBytes, sha256: hash.digest("hex"), tooLarge });
  return file;
}

/** How an upload lies on disk. A File that did not come through a form is staged now. */
export async function stagedUpload(file: File): Promise<StagedUpload> {
  const known = STAGED.get(file);
  if (known) return known;
  const staged = STAGED.get(
    await stageUpload(Readable.fromWeb(file.stream() as ReadableStream), { name: file.name, mediaType: file.type }),
  );
  if (!staged) throw new Error("the upload was not staged");
  STAGED.set(file, staged);
  return staged;
}

/** Removes the temporary files of uploads; those that were stored have moved away already. */
export async function discardUploads(values: Iterable<unknown>): Promise<void> {
  for (const value of values) {
    const staged = value instanceof File ? STAGED.get(value) : undefined;
    if (staged) await rm(staged.path, { force: true });
  }
}

async function sweep(): Promise<void> {
  for (const name of await readdir(folder())) {
    const file = path.join(folder(), name);
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > STALE_AFTER_MS) await rm(file, { force: true });
  }
}
