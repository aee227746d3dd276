import { describe, expect, it } from "vitest";

import { addDays, localDate } from "~/kernel/local-date";

import { decideDelegation, delegationState, type DelegationCase } from "./delegation.rules";

const today = localDate("2026-07-20");
const base: DelegationCase = {
  asked: { role: "unitLead", fromOn: today, untilOn: localDate("2026-07-31") },
  grantor: { userId: "lead", ownRoles: ["unitLead"] },
  delegate: { userId: "filer", roles: ["filer"], disabled: false },
  standing: [],
  today,
  maxDays: 60,
};
const asked = (change: Partial<DelegationCase["asked"]>): Partial<DelegationCase> => ({
  asked: { ...base.asked, ...change },
});
const to = (change: Partial<DelegationCase["delegate"]>): Partial<DelegationCase> => ({
  delegate: { ...base.delegate, ...change },
});
const standing = (from: string, until: string, role: "unitLead" | "bureauReviewer" = "unitLead") => ({
  standing: [{ role, fromOn: localDate(from), untilOn: localDate(until) }],
});

describe("a delegation", () => {
  it.each<[string, Partial<DelegationCase>, string[]]>([
    ["of one's own role to a colleague, from today", {}, []],
    ["for one day", asked({ untilOn: today }), []],
    ["of exactly the longest time", asked({ untilOn: addDays(today, 59) }), []],
    ["of one day more", asked({ untilOn: addDays(today, 60) }), ["tooLong untilOn"]],
    ["from yesterday", asked({ fromOn: addDays(today, -1) }), ["startsInThePast fromOn"]],
    ["ending before it starts", asked({ untilOn: addDays(today, -1) }), ["endsBeforeStart untilOn"]],
    ["of a role one does not hold", asked({ role: "bureauReviewer" }), ["notOwnRole role"]],
    [
      "of an administrator's role",
      { ...asked({ role: "systemAdmin" }), grantor: { userId: "lead", ownRoles: ["systemAdmin"] } },
      ["roleNotDelegable role"],
    ],
    [
      "of the filer's role, which does not carry the permission",
      { ...asked({ role: "filer" }), grantor: { userId: "lead", ownRoles: ["filer"] }, ...to({ roles: [] }) },
      ["roleNotDelegable role"],
    ],
    ["to oneself", to({ userId: "lead" }), ["toOneself toUserId"]],
    ["to a disabled account", to({ disabled: true }), ["delegateDisabled toUserId"]],
    ["to the system administrator", to({ roles: ["filer", "systemAdmin"] }), ["delegateSeparated toUserId"]],
    ["to the security administrator", to({ roles: ["securityAdmin"] }), ["delegateSeparated toUserId"]],
    ["to the audit administrator", to({ roles: ["auditAdmin"] }), ["delegateSeparated toUserId"]],
    ["to the auditor", to({ roles: ["auditor"] }), ["delegateSeparated toUserId"]],
    ["to who holds the role anyway", to({ roles: ["unitLead"] }), ["delegateHoldsRole toUserId"]],
    ["beside one of another role", standing("2026-07-20", "2026-07-31", "bureauReviewer"), []],
    ["beginning on the last day of another", standing("2026-07-01", "2026-07-20"), ["overlapping fromOn"]],
    ["beginning the day after another", standing("2026-07-01", "2026-07-19"), []],
    ["ending on the first day of another", standing("2026-07-31", "2026-08-05"), ["overlapping fromOn"]],
    ["ending the day before another", standing("2026-08-01", "2026-08-05"), []],
    ["around another", standing("2026-07-22", "2026-07-23"), ["overlapping fromOn"]],
  ])("%s", (_name, change, refusals) => {
    const decision = decideDelegation({ ...base, ...change });
    expect(decision.ok ? [] : decision.refusals.map(({ code, field }) => `${code} ${field}`)).toEqual(refusals);
  });
});

describe("its state", () => {
  const term = { fromOn: localDate("2026-07-20"), untilOn: localDate("2026-07-31"), revoked: false };
  it.each([
    ["the day before it begins", "2026-07-19", "coming"],
    ["its first day", "2026-07-20", "inForce"],
    ["its last day", "2026-07-31", "inForce"],
    ["the day after", "2026-08-01", "ended"],
  ])("%s", (_name, day, expected) => {
    expect(delegationState(term, localDate(day))).toBe(expected);
  });
  it("revoked, whatever the day", () => {
    expect(delegationState({ ...term, revoked: true }, today)).toBe("revoked");
  });
});
