import { describe, expect, it } from "vitest";

import { ROLES, type Actor, type Role } from "~/kernel/actor";
import { DomainError } from "~/kernel/result";

import { ACTIONS, type Action } from "./actions";
import { GRANTS } from "./grants";
import { authorize, can, canEver, scopeFor, visible } from "./policy";

const actor = (...roles: Role[]): Actor => ({
  userId: "u",
  username: "u",
  name: "某人",
  roles,
  unitId: "own-unit",
  unitName: "本单位",
  regionId: "county",
  regionIds: ["county", "town"],
});
const own = { unitId: "own-unit", regionId: "county" };
const otherUnit = { unitId: "other-unit", regionId: "county" };
const below = { unitId: "town-unit", regionId: "town" };
const otherRegion = { unitId: "far-unit", regionId: "elsewhere" };

describe("can", () => {
  it.each<[string, Role[], Action, typeof own & { operatorUnitId?: string }, boolean]>([
    ["a filer drafts in the own unit", ["filer"], "project:draft", own, true],
    ["a filer does not draft for another unit", ["filer"], "project:draft", otherUnit, false],
    ["a filer does not see another unit's project", ["filer"], "project:read", otherUnit, false],
    ["a filer does not sign what he files", ["filer"], "project:sign", own, false],
    ["the bureau reads the region below", ["bureauReviewer"], "project:read", below, true],
    ["the bureau does not read another region", ["bureauReviewer"], "project:read", otherRegion, false],
    ["finance reviews money in its region", ["financeReviewer"], "funding:review", otherUnit, true],
    ["finance does not approve projects", ["financeReviewer"], "project:approve", otherUnit, false],
    [
      "an operator records steps of a system it operates",
      ["operator"],
      "cloud:record",
      { ...otherUnit, operatorUnitId: "own-unit" },
      true,
    ],
    ["an operator does not record steps of other systems", ["operator"], "cloud:record", otherUnit, false],
    ["two roles reach as far as the wider one", ["filer", "bureauReviewer"], "project:read", below, true],
    ["nobody without a role does anything", [], "desk:read", own, false],
  ])("%s", (_name, roles, action, object, expected) => {
    expect(can(actor(...roles), action, object)).toBe(expected);
  });
});

describe("the grants", () => {
  it("leave no action that nobody may do", () => {
    const granted = new Set(Object.values(GRANTS).flatMap((grants) => Object.keys(grants)));
    expect(ACTIONS.filter((action) => !granted.has(action))).toEqual([]);
  });

  it.each(["systemAdmin", "securityAdmin", "auditAdmin"] as const)("%s reads and changes no business data", (role) => {
    const business = ACTIONS.filter((action) => !/^(desk|admin|audit|figure):/.test(action));
    expect(business.filter((action) => canEver(actor(role), action))).toEqual([]);
  });

  it("give the auditor nothing that changes anything", () => {
    const actions = Object.keys(GRANTS.auditor);
    expect(actions.filter((action) => !action.endsWith(":read"))).toEqual([]);
  });

  it("keep the three consoles apart", () => {
    const consoles = ["admin:system", "admin:security", "audit:read"] as const;
    for (const role of ["systemAdmin", "securityAdmin", "auditAdmin"] as const) {
      expect(consoles.filter((action) => GRANTS[role][action] !== undefined)).toHaveLength(1);
    }
  });

  it("never let one role both enter and confirm", () => {
    const pairs: [Action, Action][] = [
      ["project:submit", "project:sign"],
      ["funding:review", "project:approve"],
      ["report:fill", "report:sign"],
      ["catalog:register", "catalog:publish"],
      ["assessment:freeze", "assessment:confirm"],
      ["bulletin:draft", "bulletin:sign"],
    ];
    for (const role of ROLES) {
      for (const [enter, confirm] of pairs) {
        expect([role, GRANTS[role][enter], GRANTS[role][confirm]].filter(Boolean).length).toBeLessThan(3);
      }
    }
  });
});

describe("visible and authorize", () => {
  const kindOf = (act: () => unknown) => {
    try {
      act();
      return "ok";
    } catch (error) {
      return error instanceof DomainError ? error.kind : "other";
    }
  };
  it.each([
    ["missing: 404", () => visible(actor("filer"), "project:read", undefined, "project"), "notFound"],
    [
      "another unit's: 404, as if it did not exist",
      () => visible(actor("filer"), "project:read", otherUnit, "project"),
      "notFound",
    ],
    ["own: passes", () => visible(actor("filer"), "project:read", own, "project"), "ok"],
    ["seen but not permitted: 403", () => authorize(actor("filer"), "project:approve", own), "forbidden"],
    ["permitted: passes", () => authorize(actor("filer"), "project:draft", own), "ok"],
  ])("%s", (_name, act, expected) => {
    expect(kindOf(act)).toBe(expected);
  });
});

describe("scopeFor", () => {
  it.each<[string, Role[], ReturnType<typeof scopeFor>]>([
    ["unit reach", ["filer"], { regionIds: [], unitId: "own-unit", operatorUnitId: null }],
    ["region reach", ["bureauReviewer"], { regionIds: ["county", "town"], unitId: null, operatorUnitId: null }],
    ["no permission matches nothing", ["systemAdmin"], { regionIds: [], unitId: null, operatorUnitId: null }],
  ])("%s", (_name, roles, expected) => {
    expect(scopeFor(actor(...roles), "project:read")).toEqual(expected);
  });
});
