import { randomBytes, randomInt } from "node:crypto";

/** Room of the twelve bits after the version: ids of one millisecond count up in them. */
const SEQUENCE_LIMIT = 0x1000;

let last = { ms: 0, sequence: 0 };

/**
 * A new uuid v7, made in the application so that rows can live in any database node. Ids of one process rise strictly,
 * also within a millisecond: what was written first is read first, in the outbox as in a list of messages.
 */
export function newId(): string {
  const now = Date.now();
  if (now > last.ms) last = { ms: now, sequence: randomInt(0x100) };
  else if (last.sequence + 1 < SEQUENCE_LIMIT) last = { ms: last.ms, sequence: last.sequence + 1 };
  else last = { ms: last.ms + 1, sequence: 0 };

  const bytes = randomBytes(16);
  bytes.writeUIntBE(last.ms, 0, 6);
  bytes.writeUInt16BE(0x7000 | last.sequence, 6);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
