import type { Submission, SubmissionResult } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { json, type TypedResponse } from "@remix-run/node";
import busboy from "busboy";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import type { z } from "zod";

import { DomainError, type Refusal } from "~/kernel/result";
import { discardUploads, stageUpload } from "~/platform/uploads.server";

const MAX_FIELDS = 5_000;
const MAX_FILES = 20;
/** Longest single text, and all texts of a form together: what is typed, not uploaded. @unit bytes */
const MAX_FIELD_BYTES = 1024 * 1024;
const MAX_TEXT_BYTES = 4 * 1024 * 1024;
/** Longest list a form may name: conform makes an array as long as the largest index. */
const MAX_LIST_INDEX = 999;

/** A field name that no page of ours sends: a huge list index, conform's own command field, a NUL character. */
function isHostileName(name: string): boolean {
  if (name.includes("\0") || name.startsWith("__")) return true;
  return [...name.matchAll(/\[(\d+)\]/g)].some(([, index = ""]) => index.length > 4 || Number(index) > MAX_LIST_INDEX);
}

const malformed = () => new DomainError("invalid", "malformedForm");

/**
 * Reads a posted form under caps. Uploads go to temporary files as they come in and are read from there; whoever calls
 * this discards them (discardUploads). A NUL character, a malformed multipart body, too many fields or a file where none
 * is taken is the sender's fault and answers 400.
 * @throws DomainError invalid
 */
export async function readForm(request: Request, { uploads = true }: { uploads?: boolean } = {}): Promise<FormData> {
  const form = new FormData();
  if (!request.body) return form;
  const entries: { name: string; value: string | Promise<File> }[] = [];
  try {
    await parseBody(request, uploads, entries);
    for (const { name, value } of entries) form.append(name, typeof value === "string" ? value : await value);
  } catch {
    const staged = await Promise.allSettled(entries.map(({ value }) => Promise.resolve(value)));
    await discardUploads(staged.map((upload) => (upload.status === "fulfilled" ? upload.value : undefined)));
    throw malformed();
  }
  return form;
}

/** Runs the parser over the body; every field and file that comes is checked and put into `entries`, in order. */
async function parseBody(
  request: Request,
  uploads: boolean,
  entries: { name: string; value: string | Promise<File> }[],
): Promise<void> {
  let textBytes = 0;
  const parser = busboy({
    headers: Object.fromEntries(request.headers),
    defParamCharset: "utf8",
    limits: { fields: MAX_FIELDS, files: MAX_FILES, fieldSize: MAX_FIELD_BYTES },
  });
  await new Promise<void>((resolve, reject) => {
    const body = Readable.fromWeb(request.body as ReadableStream);
    const fail = () => {
      body.destroy();
      parser.destroy();
      reject(malformed());
    };
    parser.on("field", (name, value, { nameTruncated, valueTruncated }) => {
      textBytes += value.length;
      if (nameTruncated || valueTruncated || textBytes > MAX_TEXT_BYTES || isHostileName(name) || value.includes("\0"))
        return fail();
      entries.push({ name, value });
    });
    parser.on("file", (name, chunks, { filename = "", mimeType }) => {
      // A body that breaks off ends the file with an error before anyone reads it: unheard, it would end the process.
      chunks.on("error", fail);
      if (!uploads || isHostileName(name) || filename.includes("\0")) return fail();
      const file = stageUpload(chunks, { name: filename, mediaType: mimeType });
      file.catch(fail);
      entries.push({ name, value: file });
    });
    for (const limit of ["fieldsLimit", "filesLimit", "partsLimit"] as const) parser.on(limit, fail);
    parser.on("error", fail);
    body.on("error", fail);
    parser.on("close", resolve);
    body.pipe(parser);
  });
}

/** Parses a form with its schema; the result keeps what was typed for the reply. */
export function parseForm<S extends z.ZodType>(form: FormData, schema: S) {
  return parseWithZod(form, { schema });
}

export interface FormReply {
  readonly form: SubmissionResult<string[]>;
}

/** 422 with what the schema found wrong, and everything that was typed. */
export function invalid(submission: Submission<unknown, string[]>): TypedResponse<FormReply> {
  return json({ form: submission.reply() }, { status: 422 });
}

/** 422 with the sentences of a verb's refusals at their fields, and everything that was typed. */
export function refused<Code extends string>(
  submission: Pick<Submission<unknown, string[]>, "reply">,
  refusals: readonly Refusal<Code>[],
  say: (refusal: Refusal<Code>) => string,
): TypedResponse<FormReply> {
  const fieldErrors: Record<string, string[]> = {};
  const formErrors: string[] = [];
  for (const refusal of refusals) {
    if (refusal.field) (fieldErrors[refusal.field] ??= []).push(say(refusal));
    else formErrors.push(say(refusal));
  }
  return json({ form: submission.reply({ formErrors, fieldErrors }) }, { status: 422 });
}

/** 409 with everything that was typed, when somebody else was faster. */
export const overtaken = (
  submission: Pick<Submission<unknown, string[]>, "reply">,
  message: string,
): TypedResponse<FormReply> => json({ form: submission.reply({ formErrors: [message] }) }, { status: 409 });
