import { describe, expect, it } from "vitest";

import { localDate } from "~/kernel/local-date";
import { keysOf } from "~/kernel/vocabulary";

import {
  changedSince,
  confirmDueOn,
  decideConfirmation,
  decideRetirement,
  decideRunning,
  editableFields,
  factProblems,
  foreignFields,
  missingFields,
  touchesScope,
  type Described,
} from "./inventory.rules";
import { changedFields, FACT_TITLES, factChanges, splitTags, type SystemFacts } from "./system-facts";

const today = localDate("2026-07-20");
const complete: SystemFacts = {
  name: "不动产登记系统",
  purpose: "办理不动产登记",
  ownership: "own",
  secret: false,
  mlpsLevel: 3,
  mlpsFilingNumber: "44078300001",
  mlpsFiledOn: localDate("2025-03-01"),
  hosting: "governmentCloud",
  location: "",
  backedUp: true,
  builder: "某某软件有限公司",
  contactName: "李工",
  contactPhone: "0750-8888888",
  launchedOn: localDate("2024-01-01"),
  tags: ["登记"],
  operatorUnitId: null,
  projectId: null,
};
const described = (more: Partial<Described> = {}): Described => ({ ...complete, state: "inUse", ...more });

describe("editableFields", () => {
  it.each([
    ["who governs: everything", { governs: true, edits: true }, keysOf(FACT_TITLES).length, true],
    ["the unit: all but ownership and secrecy", { governs: false, edits: true }, keysOf(FACT_TITLES).length - 2, false],
    ["who only reads: nothing", { governs: false, edits: false }, 0, false],
  ])("%s", (_name, may, count, ownership) => {
    expect(editableFields(may)).toHaveLength(count);
    expect(editableFields(may).includes("ownership")).toBe(ownership);
    expect(editableFields(may).includes("secret")).toBe(ownership);
  });
  it("names each fact that is not the actor's", () => {
    const editable = editableFields({ governs: false, edits: true });
    expect(foreignFields(["name", "secret"], editable)).toEqual([
      { code: "fieldNotYours", field: "secret", facts: { title: "是否涉密" } },
    ]);
  });
});

describe("touchesScope", () => {
  it.each(keysOf(FACT_TITLES).map((field) => [field, ["ownership", "secret", "mlpsLevel"].includes(field)] as const))(
    "%s: %s",
    (field, expected) => expect(touchesScope([field])).toBe(expected),
  );
  it("nothing changed", () => expect(touchesScope([])).toBe(false));
});

describe("factProblems", () => {
  const around = { today, sameNamed: undefined, isOperator: true, isOwnProject: true };
  it.each<[string, Partial<SystemFacts>, Partial<typeof around> | { sameNamed: string }, string[]]>([
    ["all as it should be", {}, {}, []],
    ["another system of the unit has the name", {}, { sameNamed: "XT-0007" }, ["nameTaken"]],
    ["a filing number without a level", { mlpsLevel: null, mlpsFiledOn: null }, {}, ["filingWithoutLevel"]],
    ["a filing day without a level", { mlpsLevel: null, mlpsFilingNumber: "" }, {}, ["filingWithoutLevel"]],
    ["neither level nor filing", { mlpsLevel: null, mlpsFilingNumber: "", mlpsFiledOn: null }, {}, []],
    ["filed today", { mlpsFiledOn: today }, {}, []],
    ["filed tomorrow", { mlpsFiledOn: localDate("2026-07-21") }, {}, ["filedInFuture"]],
    ["launched today", { launchedOn: today }, {}, []],
    ["launched tomorrow", { launchedOn: localDate("2026-07-21") }, {}, ["launchedInFuture"]],
    ["operated by who is no operator", { operatorUnitId: "x" }, { isOperator: false }, ["notAnOperator"]],
    ["operated by an operator", { operatorUnitId: "x" }, {}, []],
    ["of another unit's project", { projectId: "x" }, { isOwnProject: false }, ["projectNotOwn"]],
    ["of no project", {}, { isOwnProject: false }, []],
  ])("%s", (_name, facts, more, expected) => {
    expect(factProblems({ ...complete, ...facts }, { ...around, ...more }).map(({ code }) => code)).toEqual(expected);
  });
});

describe("missingFields", () => {
  it.each<[string, Partial<Described>, string[]]>([
    ["complete", {}, []],
    ["no purpose", { purpose: "" }, ["purpose"]],
    ["no contact, no telephone", { contactName: "", contactPhone: "" }, ["contactName", "contactPhone"]],
    ["not launched", { launchedOn: null }, ["launchedOn"]],
    ["own-built without a level", { mlpsLevel: null, mlpsFilingNumber: "" }, ["mlpsLevel"]],
    ["level 1 needs no filing", { mlpsLevel: 1, mlpsFilingNumber: "" }, []],
    ["level 2 needs a filing number", { mlpsLevel: 2, mlpsFilingNumber: "" }, ["mlpsFilingNumber"]],
    ["secret: no level asked", { secret: true, mlpsLevel: null, mlpsFilingNumber: "" }, []],
    ["national: neither level nor builder", { ownership: "national", mlpsLevel: null, builder: "" }, []],
    ["provincial without a filing number", { ownership: "provincial", mlpsFilingNumber: "" }, []],
    ["own-built without a builder", { builder: "" }, ["builder"]],
    ["in an own machine room without an address", { hosting: "ownRoom" }, ["location"]],
    ["on another cloud without an address", { hosting: "otherCloud" }, ["location"]],
    ["on a superior cloud", { hosting: "superiorCloud" }, []],
    ["in an own machine room with an address", { hosting: "ownRoom", location: "局机房" }, []],
    ["retired: nothing is asked any more", { state: "retired", purpose: "", builder: "" }, []],
    ["suspended: as in use", { state: "suspended", purpose: "" }, ["purpose"]],
  ])("%s", (_name, more, expected) => expect(missingFields(described(more))).toEqual(expected));
});

describe("decideRetirement", () => {
  const registeredOn = localDate("2025-01-15");
  it.each([
    ["today", "inUse", "2026-07-20", "ok"],
    ["tomorrow", "inUse", "2026-07-21", "retiredInFuture"],
    ["the day it was registered", "suspended", "2025-01-15", "ok"],
    ["the day before", "inUse", "2025-01-14", "retiredBeforeRegistered"],
    ["a second time", "retired", "2026-07-20", "alreadyRetired"],
  ] as const)("%s", (_name, state, on, expected) => {
    const decided = decideRetirement({ state, registeredOn }, localDate(on), today);
    expect(decided.ok ? "ok" : decided.refusals[0]?.code).toBe(expected);
  });
});

describe("decideRunning", () => {
  it.each([
    ["inUse", "suspended", "ok"],
    ["suspended", "inUse", "ok"],
    ["inUse", "inUse", "notSuspended"],
    ["suspended", "suspended", "notRunning"],
    ["retired", "inUse", "alreadyRetired"],
    ["retired", "suspended", "alreadyRetired"],
  ] as const)("%s to %s: %s", (from, to, expected) => {
    const decided = decideRunning(from, to);
    expect(decided.ok ? "ok" : decided.refusals[0]?.code).toBe(expected);
  });
});

describe("confirmDueOn", () => {
  it.each([
    [2026, 3, "2026-03-31"],
    [2026, 2, "2026-02-28"],
    [2028, 2, "2028-02-29"],
    [2026, 12, "2026-12-31"],
  ])("%i, month %i: %s", (year, month, expected) => expect(confirmDueOn(year, month)).toBe(expected));
});

describe("decideConfirmation", () => {
  const entry = (more: Partial<Described> = {}) => ({ code: "XT-0001", ...described(more) });
  it.each([
    ["complete", { confirmed: false, systems: [entry()] }, "ok"],
    ["confirmed already", { confirmed: true, systems: [entry()] }, "alreadyConfirmed"],
    ["nothing on the list", { confirmed: false, systems: [] }, "noSystems"],
    ["one of two incomplete", { confirmed: false, systems: [entry(), entry({ purpose: "" })] }, "incompleteSystems"],
  ])("%s", (_name, list, expected) => {
    const decided = decideConfirmation(list);
    expect(decided.ok ? "ok" : decided.refusals[0]?.code).toBe(expected);
  });
});

describe("changedSince", () => {
  const entry = (code: string, digest: string) => ({ code, name: `系统${code}`, digest });
  it.each([
    ["nothing", [entry("1", "a")], [entry("1", "a")], []],
    ["one says something else", [entry("1", "a")], [entry("1", "b")], ["1 changed"]],
    ["one is new", [], [entry("1", "a")], ["1 added"]],
    ["one is gone", [entry("1", "a")], [], ["1 gone"]],
  ])("%s", (_name, signed, now, expected) =>
    expect(changedSince(signed, now).map(({ code, how }) => `${code} ${how}`)).toEqual(expected),
  );
});

describe("the history of facts", () => {
  it("tells what changed in words, with the names of the day", () => {
    const after: SystemFacts = {
      ...complete,
      secret: true,
      mlpsLevel: null,
      operatorUnitId: "op",
      tags: ["登记", "窗口"],
    };
    expect(changedFields(complete, after)).toEqual(["secret", "mlpsLevel", "tags", "operatorUnitId"]);
    expect(factChanges(complete, after, new Map([["op", "运营中心"]]))).toEqual([
      { title: "是否涉密", before: "非涉密", after: "涉密" },
      { title: "等保级别", before: "三级", after: "" },
      { title: "标签", before: "登记", after: "登记、窗口" },
      { title: "运营单位", before: "", after: "运营中心" },
    ]);
  });
  it.each([
    ["nothing", "", []],
    ["every kind of comma, once each", "民生，窗口、民生;  登记 ", ["民生", "窗口", "登记"]],
  ])("tags: %s", (_name, text, expected) => expect(splitTags(text)).toEqual(expected));
});
