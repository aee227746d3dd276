import { describe, expect, it } from "vitest";

import { hostingProblems, type HostingChoice } from "./hosting.rules";

const choice: HostingChoice = { secret: false, mlpsLevel: 3, hosting: "governmentCloud", exemption: null };

describe("hostingProblems", () => {
  it.each<[string, Partial<HostingChoice>, string[]]>([
    ["nothing chosen yet", { hosting: null }, []],
    ["the government cloud needs no ground", {}, []],
    ["level 4 may stand on the government cloud", { mlpsLevel: 4 }, []],
    ["secret on the government cloud", { secret: true }, ["secretOnCloud"]],
    [
      "secret on another cloud, with its ground",
      { secret: true, hosting: "otherCloud", exemption: "secret" },
      ["secretOnCloud"],
    ],
    ["secret in its own room", { secret: true, hosting: "ownRoom", exemption: "secret" }, []],
    [
      "secrecy as a ground for what is not secret",
      { hosting: "ownRoom", exemption: "secret" },
      ["exemptionContradicted"],
    ],
    ["own room without a ground", { hosting: "ownRoom" }, ["hostingNeedsReason"]],
    ["level 3 with the ground of level 4", { hosting: "ownRoom", exemption: "highLevel" }, ["exemptionContradicted"]],
    ["level 4 with the ground of level 4", { mlpsLevel: 4, hosting: "ownRoom", exemption: "highLevel" }, []],
    ["level 3 on another cloud with special equipment", { hosting: "otherCloud", exemption: "specialEquipment" }, []],
    [
      "level 4 on another cloud",
      { mlpsLevel: 4, hosting: "otherCloud", exemption: "specialEquipment" },
      ["levelTooHighForOtherCloud"],
    ],
    ["built by superiors, hosted there", { hosting: "superiorCloud", exemption: "superiorBuilt" }, []],
    [
      "built by superiors, in an own room",
      { hosting: "ownRoom", exemption: "superiorBuilt" },
      ["exemptionContradicted"],
    ],
  ])("%s", (_name, change, expected) => {
    expect(hostingProblems({ ...choice, ...change }, 4).map(({ code }) => code)).toEqual(expected);
  });
});
