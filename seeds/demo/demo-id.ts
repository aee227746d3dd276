import { createHash } from "node:crypto";

/**
 * The id of a demonstration row: shaped like a uuid v7, but made from what the row is and when it came about, so that
 * seeding again gives the same rows and ids sort by time as real ones do.
 */
export function demoId(kind: string, name: string, at: Date): string {
  const bytes = createHash("sha256").update(`${kind}\n${name}`).digest().subarray(0, 16);
  bytes.writeUIntBE(at.getTime(), 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
