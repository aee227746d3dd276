import type { Submission, SubmissionResult } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { MaxFileSizeExceededError, parseFormData } from "@remix-run/form-data-parser";
import { json, type TypedResponse } from "@remix-run/node";
import type { z } from "zod";

import { DomainError, type Refusal } from "~/kernel/result";

/** Largest upload a form may carry. @unit bytes */
const MAX_UPLOAD_BYTES = 20 * 1024 * 1024;
const MAX_FIELDS = 5_000;
/** Longest list a form may name: conform makes an array as long as the largest index. */
const MAX_LIST_INDEX = 999;

/** A field name that no page of ours sends: a huge list index, conform's own command field, a NUL character. */
function isHostileName(name: string): boolean {
  if (name.includes("\0") || name.startsWith("__")) return true;
  return [...name.matchAll(/\[(\d+)\]/g)].some(([, index = ""]) => index.length > 4 || Number(index) > MAX_LIST_INDEX);
}

/**
 * Reads a posted form, uploads included, under caps. A NUL character, a malformed multipart body or too many fields is
 * the sender's fault and answers 400.
 * @throws DomainError invalid
 */
export async function readForm(request: Request): Promise<FormData> {
  let form: FormData;
  try {
    form = await parseFormData(request, { maxFileSize: MAX_UPLOAD_BYTES, maxFiles: 20 });
  } catch (error) {
    if (error instanceof MaxFileSizeExceededError) throw new DomainError("invalid", "uploadTooLarge");
    throw new DomainError("invalid", "malformedForm");
  }
  let fields = 0;
  for (const [name, value] of form) {
    const text = typeof value === "string" ? value : value.name;
    if (++fields > MAX_FIELDS || isHostileName(name) || text.includes("\0"))
      throw new DomainError("invalid", "malformedForm");
  }
  return form;
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
