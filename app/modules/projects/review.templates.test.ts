import { describe, expect, it } from "vitest";

import { composeReason, REVIEW_TEMPLATES, type ReviewTemplate } from "./review.templates";

describe("composeReason", () => {
  it.each<[string, ReviewTemplate[], string, string]>([
    ["nothing chosen and only blanks written: no reason", [], "  \n", ""],
    ["free words alone, trimmed", [], " 请补充会议纪要 ", "请补充会议纪要"],
    ["a template alone", ["overlaps"], "", REVIEW_TEMPLATES.overlaps],
    [
      "templates first, one a line, then the free words",
      ["needUnclear", "overlaps"],
      "另见电话沟通",
      `${REVIEW_TEMPLATES.needUnclear}\n${REVIEW_TEMPLATES.overlaps}\n另见电话沟通`,
    ],
  ])("%s", (_name, templates, written, expected) => {
    expect(composeReason(templates, written)).toBe(expected);
  });
});
