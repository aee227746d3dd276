import { describe, expect, it } from "vitest";

import { admitAttachment, type Attached } from "./attachment.rules";

const MB = 1024 * 1024;
const LIMITS = { maxMegabytes: 20, quotaMegabytes: 200 };
const attached = (sha256: string, sizeBytes: number): Attached => ({
  name: `${sha256}.pdf`,
  sha256,
  sizeBytes,
  kind: "application",
});
const full = Array.from({ length: 9 }, (_, n) => attached(`f${n}`, 20 * MB));

describe("admitAttachment", () => {
  it.each<[string, number, string, readonly Attached[], string]>([
    ["exactly the largest size", 20 * MB, "new", [], "accepted"],
    ["one byte more", 20 * MB + 1, "new", [], "fileTooLarge"],
    ["up to the last byte of the quota", 20 * MB, "new", full, "accepted"],
    ["one byte beyond the quota", 20 * MB, "new", [...full, attached("one", 1)], "quotaExceeded"],
    ["the content of another attachment, under another name", 1, "f3", full, "duplicateInProject"],
    [
      "a duplicate is named before a full quota",
      20 * MB,
      "f3",
      [...full, attached("g", 20 * MB)],
      "duplicateInProject",
    ],
  ])("%s", (_name, sizeBytes, sha256, before, expected) => {
    const result = admitAttachment({ name: "申报书.pdf", sha256, sizeBytes }, before, LIMITS);
    expect(result.ok ? "accepted" : result.refusals[0]?.code).toBe(expected);
  });

  it("names the attachment that has the content already", () => {
    const result = admitAttachment({ name: "副本.pdf", sha256: "f0", sizeBytes: 1 }, full, LIMITS);
    expect(result).toMatchObject({
      refusals: [{ facts: { name: "副本.pdf", existing: "f0.pdf", kind: "application" } }],
    });
  });
});
