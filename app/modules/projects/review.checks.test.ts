import { describe, expect, it } from "vitest";

import { COMPLETE_FILING, PRODUCT_FIGURES, QUIET_SURROUNDINGS } from "./filing.fixtures";
import { filingProblems, type FilingProblem } from "./filing.rules";
import { reviewChecklist, type ReviewCheck } from "./review.checks";

const problem = (code: FilingProblem["code"]): FilingProblem => ({ code, section: "check" });
const failedBy = (...problems: FilingProblem[]): ReviewCheck[] =>
  reviewChecklist(problems)
    .filter((row) => row.problems.length > 0)
    .map(({ check }) => check);

describe("the reviewer's checklist", () => {
  it("passes every check of a complete filing, each with the rule it cites", () => {
    const rows = reviewChecklist(filingProblems(COMPLETE_FILING, QUIET_SURROUNDINGS, PRODUCT_FIGURES));
    expect(rows).toHaveLength(10);
    expect(rows.filter(({ problems, cites }) => problems.length > 0 || !cites)).toEqual([]);
  });

  it.each<[string, FilingProblem[], ReviewCheck[]]>([
    ["no catalog fails the catalog check alone", [problem("catalogMissing")], ["catalog"]],
    ["a sanction", [problem("unitSanctioned")], ["sanction"]],
    ["a missing difference statement", [problem("differenceMissing")], ["duplicate"]],
    ["two codes of one check fail it once", [problem("linesNotTotal"), problem("yearsNotTotal")], ["money"]],
    [
      "several checks, in the list's order",
      [problem("attachmentMissing"), problem("missing")],
      ["complete", "attachments"],
    ],
  ])("%s", (_name, problems, expected) => {
    expect(failedBy(...problems)).toEqual(expected);
  });
});
