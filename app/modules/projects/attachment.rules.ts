import { refuse, accept, type Result } from "~/kernel/result";

const MEGABYTE = 1024 * 1024;

export type AttachmentCode = "fileTooLarge" | "quotaExceeded" | "duplicateInProject";

/** A file that is to be attached, known by its content. */
export interface Incoming {
  readonly name: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** What is attached already: to a filing, to an acceptance. */
export interface Attached extends Incoming {
  /** of the vocabulary of its place */
  readonly kind: string;
}

/** Figures of the rule table: how large a file, and all of a project's files together, may be. @unit MB */
export interface AttachmentLimits {
  readonly maxMegabytes: number;
  readonly quotaMegabytes: number;
}

/**
 * May this file join the project's attachments? The same content is taken once, whatever its name and kind; a file and all
 * files together keep within their figures.
 * Refuses with fileTooLarge, duplicateInProject, quotaExceeded.
 * @source domain.md §3.7
 */
export function admitAttachment(
  file: Incoming,
  attached: readonly Attached[],
  { maxMegabytes, quotaMegabytes }: AttachmentLimits,
): Result<null, AttachmentCode> {
  const { name } = file;
  if (file.sizeBytes > maxMegabytes * MEGABYTE) {
    return refuse({ code: "fileTooLarge", field: "file", facts: { name, limit: maxMegabytes } });
  }
  const twin = attached.find(({ sha256 }) => sha256 === file.sha256);
  if (twin) {
    return refuse({ code: "duplicateInProject", field: "file", facts: { name, existing: twin.name, kind: twin.kind } });
  }
  const usedBytes = attached.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (usedBytes + file.sizeBytes > quotaMegabytes * MEGABYTE) {
    const facts = { name, limit: quotaMegabytes, usedMegabytes: Math.ceil((usedBytes / MEGABYTE) * 10) / 10 };
    return refuse({ code: "quotaExceeded", field: "file", facts });
  }
  return accept(null);
}
