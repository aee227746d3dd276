import { describe, expect, it } from "vitest";

import { fen } from "~/kernel/fen";

import { proposalProblems, type ProposalCode } from "./plan.rules";

describe("proposalProblems", () => {
  it.each<[string, number, number, string, string, ProposalCode[]]>([
    ["a first plan", 0, 1, "年初预算", "鹤财预〔2026〕1号", []],
    ["one fen more", 100, 101, "追加", "文号", []],
    ["down to nothing", 100, 0, "项目终止", "文号", []],
    ["below nothing", 100, -1, "错", "文号", ["planNegative"]],
    ["as before", 100, 100, "无", "文号", ["planUnchanged"]],
    ["nothing planned, nothing proposed", 0, 0, "无", "文号", ["planUnchanged"]],
    ["blanks are no reason", 100, 200, " \n", "文号", ["reasonMissing"]],
    ["blanks are no paper", 100, 200, "追加", "  ", ["basisMissing"]],
    ["everything at once", 100, 100, "", "", ["planUnchanged", "reasonMissing", "basisMissing"]],
  ])("%s", (_name, before, after, reason, basis, expected) => {
    expect(proposalProblems({ beforeFen: fen(before), afterFen: fen(after), reason, basis })).toEqual(expected);
  });
});
