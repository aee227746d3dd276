import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";

import { matchMention, membersOn, type UnitDirectory } from "./match-units.rules";

const day = localDate;
const EVER = day("2010-01-01");
const unit = (id: string, name: string, former?: { name: string; until: string }, closedOn: string | null = null) => ({
  id,
  name,
  closedOn: closedOn === null ? null : day(closedOn),
  names: former
    ? [
        { name: former.name, fromOn: EVER, toOn: day(former.until) },
        { name, fromOn: day("2019-03-28"), toOn: null },
      ]
    : [{ name, fromOn: EVER, toOn: null }],
});

const directory: UnitDirectory = {
  units: [
    unit("reform", "市发展和改革局"),
    unit("land", "市自然资源局", { name: "市国土资源局", until: "2019-03-27" }),
    unit("water", "市水利局"),
    unit("market", "市市场监督管理局"),
    unit("old", "市粮食局", undefined, "2020-01-01"),
    unit("east", "东镇人民政府"),
    unit("science1", "市科学与技术局"),
    unit("science2", "市科学和技术局"),
  ],
  groups: [
    {
      name: "各镇(街)政府",
      members: [
        { unitId: "east", fromOn: EVER, toOn: day("2026-02-10") },
        { unitId: "water", fromOn: day("2026-02-11"), toOn: null },
      ],
    },
    { name: "市直各部门", members: [] },
  ],
};
const on = day("2026-02-10");
const match = (kind: "unit" | "group", name: string, date = on) => {
  const { mention, unitId, doubt, kind: found } = matchMention({ kind, name }, "lead", directory, date);
  return [found, mention, unitId, doubt?.code ?? null];
};

describe("whom a name means", () => {
  it.each([
    ["today's name", "市水利局", ["unit", "市水利局", "water", null]],
    ["a name that begins with 市场", "市市场监督管理局", ["unit", "市市场监督管理局", "market", null]],
    ["spaces and full width do not matter", "市 水利局", ["unit", "市 水利局", "water", null]],
    ["a former name, long after the change", "市国土资源局", ["unit", "市国土资源局", "land", "unitRenamed"]],
    ["a unit that has ended", "市粮食局", ["unit", "市粮食局", "old", "unitClosed"]],
    ["nearly a name is a candidate only", "市发展改革局", ["unit", "市发展改革局", null, "unitAlike"]],
    ["政府 for 人民政府", "东镇政府", ["unit", "东镇政府", null, "unitAlike"]],
    ["nearly two names is none", "市科学技术局", ["unit", "市科学技术局", null, "unitUnknown"]],
    ["a stranger", "肇庆海关", ["unit", "肇庆海关", null, "unitUnknown"]],
  ])("%s", (_name, name, expected) => expect(match("unit", name)).toEqual(expected));

  it("the name of the plan's day leaves no doubt, the last day of it included", () => {
    expect(match("unit", "市国土资源局", day("2019-03-27"))).toEqual(["unit", "市国土资源局", "land", null]);
    expect(match("unit", "市国土资源局", day("2019-03-28"))[3]).toBe("unitRenamed");
  });

  it.each([
    ["in full-width brackets, under the group's own name", "各镇（街）政府", ["group", "各镇(街)政府", null, null]],
    ["that had no members", "市直各部门", ["group", "市直各部门", null, "groupEmpty"]],
    ["that the region does not know", "各区政府", ["group", "各区政府", null, "groupUnknown"]],
  ])("a group %s", (_name, name, expected) => expect(match("group", name)).toEqual(expected));

  it("names the candidate", () => {
    expect(matchMention({ kind: "unit", name: "市发展改革局" }, "responsible", directory, on).doubt).toEqual({
      code: "unitAlike",
      facts: { list: "responsible", name: "市发展改革局", candidate: "市发展和改革局" },
    });
  });
});

describe("the members of a group", () => {
  it.each([
    ["on the last day of one", "2026-02-10", ["east"]],
    ["on the first day of the next", "2026-02-11", ["water"]],
    ["before anybody belonged to it", "2009-12-31", []],
  ])("%s", (_name, date, expected) => {
    const [group] = directory.groups;
    expect(group && membersOn(group, day(date))).toEqual(expected);
  });
});
