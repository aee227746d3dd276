import { describe, expect, it } from "vitest";

import {
  composeReason,
  REVIEW_TEMPLATE_KEYS,
  REVIEW_TEMPLATES,
  templatesFor,
  type ReviewTemplate,
} from "./review.templates";

const textOf = (key: ReviewTemplate) => REVIEW_TEMPLATES[key].text;

describe("composeReason", () => {
  it.each<[string, ReviewTemplate[], string, string]>([
    ["nothing chosen and only blanks written: no reason", [], "  \n", ""],
    ["free words alone, trimmed", [], " 请补充会议纪要 ", "请补充会议纪要"],
    ["a template alone", ["overlaps"], "", textOf("overlaps")],
    [
      "templates first, one a line, then the free words",
      ["needUnclear", "overlaps"],
      "另见电话沟通",
      `${textOf("needUnclear")}\n${textOf("overlaps")}\n另见电话沟通`,
    ],
    [
      "a sentence that was taken over already is not sent twice",
      ["needUnclear", "overlaps"],
      `${textOf("overlaps")}\n请附图`,
      `${textOf("needUnclear")}\n${textOf("overlaps")}\n请附图`,
    ],
  ])("%s", (_name, templates, written, expected) => {
    expect(composeReason(templates, written)).toBe(expected);
  });
});

describe("templatesFor", () => {
  it.each([
    ["formCheck", "return", "attachmentsIllegible", "needUnclear"],
    ["approval", "return", "needUnclear", "attachmentsIllegible"],
    ["formCheck", "reject", "secretsFound", "duplicate"],
    ["approval", "reject", "duplicate", "secretsFound"],
  ] as const)("%s, %s: offers its own, not the other step's", (step, use, offered, kept) => {
    expect(templatesFor(step, use)).toContain(offered);
    expect(templatesFor(step, use)).not.toContain(kept);
  });
  it("offers every template somewhere", () => {
    const offered = (["formCheck", "approval"] as const).flatMap((step) =>
      (["return", "reject"] as const).flatMap((use) => templatesFor(step, use)),
    );
    expect(new Set(offered)).toEqual(new Set(REVIEW_TEMPLATE_KEYS));
  });
});
