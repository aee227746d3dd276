import { describe, expect, it } from "vitest";

import { ROLES, type Actor, type Role } from "~/kernel/actor";

import type { Action } from "./actions";
import { actingFor, isDelegable, isSeparated, nameInTrail, ownRoles, samePerson } from "./delegation";
import { can, canEver, scopeFor } from "./policy";

const person = (own: Role[], delegated: [Role, string, string][] = []): Actor => ({
  userId: "li",
  username: "li",
  name: "李四",
  roles: [...own, ...delegated.map(([role]) => role)],
  delegations: delegated.map(([role, fromUserId, fromName]) => ({ role, fromUserId, fromName })),
  unitId: "own-unit",
  unitName: "本单位",
  regionId: "county",
  regionIds: ["county"],
});
const forZhang: [Role, string, string] = ["unitLead", "zhang", "张三"];

describe("for whom a deed is done", () => {
  it.each<[string, Actor, Action, string]>([
    ["without a delegation", person(["filer"]), "project:draft", "李四"],
    ["what only the delegated role permits", person(["filer"], [forZhang]), "project:sign", "李四（代张三）"],
    ["what an own role permits too", person(["filer"], [forZhang]), "project:withdraw", "李四"],
    ["what only the own role permits", person(["filer"], [forZhang]), "project:submit", "李四"],
    ["what no role permits", person(["filer"], [forZhang]), "project:approve", "李四"],
    [
      "the same role for two colleagues",
      person(["filer"], [forZhang, ["unitLead", "wang", "王五"]]),
      "project:sign",
      "李四（代张三、王五）",
    ],
    [
      "two roles for one colleague",
      person([], [forZhang, ["bureauReviewer", "zhang", "张三"]]),
      "delegation:grant",
      "李四（代张三）",
    ],
  ])("%s", (_name, actor, action, expected) => {
    expect(nameInTrail(actor, action)).toBe(expected);
    expect(actingFor(actor, action).length > 0).toBe(expected !== "李四");
  });
  it("tells own roles from borrowed ones", () => {
    expect(ownRoles(person(["filer"], [forZhang]))).toEqual(["filer"]);
    expect(ownRoles({ ...person(["filer"]), delegations: [] })).toEqual(["filer"]);
  });
});

describe("two persons", () => {
  it.each<[string, Actor, string | null | undefined, boolean]>([
    ["oneself", person(["filer"]), "li", true],
    ["somebody else", person(["filer"]), "zhang", false],
    ["the colleague one stands in for", person(["filer"], [forZhang]), "zhang", true],
    ["a third person", person(["filer"], [forZhang]), "wang", false],
    ["nobody", person(["filer"], [forZhang]), null, false],
    ["nobody known", person(["filer"]), undefined, false],
  ])("%s", (_name, actor, userId, expected) => {
    expect(samePerson(actor, userId)).toBe(expected);
  });
});

describe("which roles move", () => {
  it("the signing and reviewing ones do, those of administrators, experts and leaders do not", () => {
    expect(ROLES.filter(isDelegable)).toEqual(["unitLead", "bureauReviewer", "bureauAssessor", "financeReviewer"]);
  });
  it("administrators and auditors take over nothing", () => {
    expect(ROLES.filter(isSeparated)).toEqual(["auditor", "systemAdmin", "securityAdmin", "auditAdmin"]);
  });
});

describe("what names the person", () => {
  const object = { unitId: "other-unit", regionId: "county" };
  it.each<[string, readonly string[] | undefined, boolean]>([
    ["an expert opines where he is named", ["wu", "li"], true],
    ["not where only others are", ["wu"], false],
    ["not where nobody is", [], false],
    ["not where nothing is said of persons", undefined, false],
  ])("%s", (_name, assigneeIds, expected) => {
    expect(can(person(["expert"]), "expert:opine", { ...object, ...(assigneeIds && { assigneeIds }) })).toBe(expected);
  });
  it("is no scope: a list by scope stays empty", () => {
    expect(canEver(person(["expert"]), "expert:opine")).toBe(true);
    expect(scopeFor(person(["expert"]), "expert:opine")).toEqual({ regionIds: [], unitId: null, operatorUnitId: null });
  });
  it("is not moved by a delegation of another role", () => {
    const actor = person(["filer"], [forZhang]);
    expect(can(actor, "expert:opine", { ...object, assigneeIds: ["li", "zhang"] })).toBe(false);
  });
});
