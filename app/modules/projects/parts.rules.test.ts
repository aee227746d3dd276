import { describe, expect, it } from "vitest";

import { keysOf, PROJECT_STAGES } from "~/kernel/vocabulary";

import { invitationProblems, isSettled, mayTakeBack, partProblems, type Invitation } from "./parts.rules";

describe("parts", () => {
  it("only what no leader has signed holds the lead up", () => {
    expect(keysOf(PROJECT_STAGES).filter((stage) => !isSettled({ stage }))).toEqual(["draft", "submitted"]);
  });

  it("each unsigned part is named", () => {
    const part = (name: string, stage: "draft" | "approved") => ({ name, unitName: "市水利局", stage });
    expect(partProblems([part("甲", "approved"), part("乙", "draft")])).toEqual([
      { code: "partUnsigned", facts: { name: "乙", unitName: "市水利局" } },
    ]);
  });

  it.each([
    ["a project of its own, submitted", null, "submitted", true],
    ["a part in draft", "lead", "draft", true],
    ["a part that was handed in", "lead", "submitted", false],
    ["a part that came back", "lead", "returned", false],
  ] as const)("taking back: %s", (_name, parentId, stage, expected) => {
    expect(mayTakeBack({ parentId, stage })).toBe(expected);
  });
});

describe("invitationProblems", () => {
  const fits: Invitation = {
    editable: true,
    isPart: false,
    leadUnitId: "lead",
    invitedUnitId: "water",
    partnerUnitIds: ["water"],
    unitsWithPart: [],
  };
  it.each<[string, Partial<Invitation>, string[]]>([
    ["a partner without a part", {}, []],
    ["the lead is handed in", { editable: false }, ["notEditable"]],
    ["a part invites", { isPart: true }, ["partOfAnother"]],
    ["the own unit, though named", { invitedUnitId: "lead", partnerUnitIds: ["lead"] }, ["ownUnit"]],
    ["a unit that is not named", { partnerUnitIds: [] }, ["notPartner"]],
    ["a unit with a part", { unitsWithPart: ["water"] }, ["alreadyInvited"]],
  ])("%s", (_name, change, expected) => {
    expect(invitationProblems({ ...fits, ...change }).map(({ code }) => code)).toEqual(expected);
  });
});
