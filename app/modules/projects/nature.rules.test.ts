import { describe, expect, it } from "vitest";

import { COMPLETE_FILING } from "./filing.fixtures";
import type { Filing } from "./filing.types";
import { categoryProblems, classProblems } from "./nature.rules";

type Basics = Filing["basics"];

describe("classProblems", () => {
  it.each<[Basics["nature"], Basics["class"], boolean]>([
    ["new", "softwareSpecial", true],
    ["new", "maintenanceSoftware", false],
    ["rebuild", "businessOperation", false],
    ["rebuild", "infrastructureCommon", true],
    ["maintenance", "maintenanceInfrastructure", true],
    ["maintenance", "softwareGeneral", false],
    ["maintenance", "thirdParty", true],
    ["service", "maintenanceSoftware", true],
    ["service", "softwareGeneral", true],
    [null, "maintenanceSoftware", true],
    ["new", null, true],
  ])("%s × %s", (nature, projectClass, fits) => {
    const found = classProblems({ nature, class: projectClass }).map(({ code }) => code);
    expect(found).toEqual(fits ? [] : ["classContradictsNature"]);
  });
});

describe("categoryProblems", () => {
  const [line] = COMPLETE_FILING.money.lines as [Filing["money"]["lines"][0]];
  it.each<[Basics["nature"], Basics["class"], typeof line.category, string[]]>([
    ["new", "softwareSpecial", "software", []],
    ["new", "softwareSpecial", "maintenance", []],
    ["rebuild", "softwareSpecial", "maintenance", []],
    ["maintenance", "maintenanceSoftware", "maintenance", []],
    ["maintenance", "maintenanceSoftware", "software", ["categoryContradictsNature"]],
    ["service", "thirdParty", "other", []],
    ["service", "thirdParty", "hardware", ["categoryContradictsClass"]],
    [null, null, "software", []],
  ])("%s · %s pays for %s", (nature, projectClass, category, expected) => {
    const found = categoryProblems({ nature, class: projectClass }, [line, { ...line, category }].slice(1));
    expect(found.map(({ code }) => code)).toEqual(expected);
  });

  it("points at the line", () => {
    const found = categoryProblems({ nature: "maintenance", class: null }, [{ ...line, category: "cloud" }, line]);
    expect(found.map(({ field }) => field)).toEqual(["lines[1].category"]);
  });
});
