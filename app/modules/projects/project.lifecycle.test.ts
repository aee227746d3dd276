import { getTableConfig, PgDialect } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";

import { projects } from "@db/schema";
import { toMermaid } from "~/kernel/lifecycle";
import { keysOf, PROJECT_STAGES, type ProjectStage } from "~/kernel/vocabulary";

import { PROJECT_EVENT_FACTS, PROJECT_EVENTS, PROJECT_LIFECYCLE, type ProjectEvent } from "./project.lifecycle";
import { actionOf, decideTransition, isPossible } from "./stage.rules";

const STAGES = keysOf(PROJECT_STAGES);
const EVENTS = keysOf(PROJECT_EVENTS);

/** Written by hand, not from the table: stage → event → next stage. Whatever is not here must be refused. */
const EXPECTED: Readonly<Record<ProjectStage, Readonly<Partial<Record<ProjectEvent, ProjectStage>>>>> = {
  draft: { submit: "submitted", withdraw: "withdrawn" },
  submitted: { sign: "underReview", declineToSign: "draft", withdraw: "withdrawn" },
  underReview: {
    passFormCheck: "underReview",
    pass: "underFundingReview",
    passShortcut: "underFundingReview",
    returnForSupplement: "returned",
    reject: "rejected",
    withdraw: "withdrawn",
  },
  returned: { submit: "submitted", withdraw: "withdrawn" },
  underFundingReview: {
    concludeFunding: "underFundingReview",
    returnFromFunding: "returned",
    approve: "approved",
  },
  approved: { startProcurement: "procurement", lapse: "lapsed", terminate: "terminated" },
  procurement: {
    startImplementation: "implementation",
    lapse: "lapsed",
    suspend: "suspended",
    terminate: "terminated",
  },
  implementation: {
    completeConstruction: "implementation",
    passInitialAcceptance: "initialAccepted",
    suspend: "suspended",
    terminate: "terminated",
  },
  // With every guard held the first row is taken; the rows of resume are told apart below.
  suspended: { resume: "procurement", terminate: "terminated" },
  initialAccepted: { startTrialRun: "trialRun", suspend: "suspended", terminate: "terminated" },
  trialRun: { passFinalAcceptance: "accepted", suspend: "suspended", terminate: "terminated" },
  accepted: { startOperation: "operation" },
  operation: { evaluate: "evaluated" },
  evaluated: { archive: "archived" },
  archived: {},
  rejected: {},
  withdrawn: {},
  terminated: {},
  lapsed: {},
};

const guardsOf = (stage: ProjectStage, event: ProjectEvent) =>
  PROJECT_LIFECYCLE.flatMap((row) =>
    row.from === stage && row.on === event && "guards" in row ? [...row.guards] : [],
  );

describe("every stage × every event", () => {
  it.each(STAGES.flatMap((stage) => EVENTS.map((event) => ({ stage, event }))))(
    "$stage × $event",
    ({ stage, event }) => {
      const decision = decideTransition({ stage }, event, guardsOf(stage, event));
      const to = EXPECTED[stage][event];
      if (to) expect(decision).toMatchObject({ ok: true, value: { to } });
      else expect(decision).toEqual({ ok: false, refusals: [{ code: "notInThisStage", facts: { stage, event } }] });
      expect(isPossible(stage, event)).toBe(to !== undefined);
    },
  );
});

describe("guards", () => {
  it("a submission without any of its three guards is refused by all three", () => {
    expect(decideTransition({ stage: "draft" }, "submit", [])).toEqual({
      ok: false,
      refusals: [{ code: "filingComplete" }, { code: "catalogAttached" }, { code: "noSanction" }],
    });
  });
  it("one guard short of all is still refused", () => {
    expect(decideTransition({ stage: "draft" }, "submit", ["filingComplete", "noSanction"])).toEqual({
      ok: false,
      refusals: [{ code: "catalogAttached" }],
    });
  });
  it.each([
    ["signing needs another person", "submitted", "sign", "otherPersonThanBefore"],
    ["declining needs a reason", "submitted", "declineToSign", "reasonGiven"],
    ["returning needs a reason", "underReview", "returnForSupplement", "reasonGiven"],
    ["rejecting needs a reason", "underReview", "reject", "reasonGiven"],
    ["withdrawing a draft needs a reason", "draft", "withdraw", "reasonGiven"],
    ["withdrawing under review needs a reason", "underReview", "withdraw", "reasonGiven"],
    ["suspending needs a reason", "implementation", "suspend", "reasonGiven"],
    ["an approval lapses only after its years", "approved", "lapse", "notStartedWithinLimit"],
    ["funding is concluded only through an open gate", "underFundingReview", "concludeFunding", "gateOpen"],
  ] as const)("%s", (_name, stage, event, guard) => {
    expect(decideTransition({ stage }, event, [])).toEqual({ ok: false, refusals: [{ code: guard }] });
  });
});

describe("the bureau's steps", () => {
  it.each([
    ["a form check by whoever filed", "passFormCheck", ["atFormCheck"], ["otherPersonThanBefore"]],
    ["a form check that is over", "passFormCheck", ["otherPersonThanBefore"], ["atFormCheck"]],
    ["a pass before the form check", "pass", ["noPanelOpen", "otherPersonThanBefore"], ["formChecked"]],
    ["a pass while experts judge", "pass", ["formChecked", "otherPersonThanBefore"], ["noPanelOpen"]],
    ["a short-cut without its ground", "passShortcut", ["atFormCheck", "otherPersonThanBefore"], ["shortcutGrounded"]],
  ] as const)("%s is refused", (_name, event, held, codes) => {
    expect(decideTransition({ stage: "underReview" }, event, held)).toEqual({
      ok: false,
      refusals: codes.map((code) => ({ code })),
    });
  });
  it.each([
    ["passFormCheck", ["closeBureauReview", "openApprovalReview"]],
    ["passShortcut", ["closeBureauReview", "openFundingReview"]],
    ["pass", ["closeBureauReview", "openFundingReview"]],
    ["returnForSupplement", ["closeBureauReview", "cancelPanel", "stopClock"]],
    ["reject", ["closeBureauReview", "cancelPanel"]],
    ["withdraw", ["closeBureauReview", "cancelPanel"]],
  ] as const)("%s opens and closes what it names", (event, effects) => {
    expect(decideTransition({ stage: "underReview" }, event, guardsOf("underReview", event))).toMatchObject({
      ok: true,
      value: { effects },
    });
  });
});

describe("acceptance", () => {
  const initial = guardsOf("implementation", "passInitialAcceptance");
  const final = guardsOf("trialRun", "passFinalAcceptance");
  it.each([
    ...initial.map((guard) => ["implementation", "passInitialAcceptance", guard, initial] as const),
    ...final.map((guard) => ["trialRun", "passFinalAcceptance", guard, final] as const),
  ])("%s %s without %s is refused by that alone", (stage, event, guard, all) => {
    const held = all.filter((each) => each !== guard);
    expect(decideTransition({ stage }, event, held)).toEqual({ ok: false, refusals: [{ code: guard }] });
  });
  it("the final one asks for the archive, the shared entries and the trial run beside what the initial one asks", () => {
    expect([...final].sort()).toEqual([...initial, "archiveAccepted", "entriesShared", "trialRunLongEnough"].sort());
  });
  it("construction is completed once, and open milestones need a reason", () => {
    expect(decideTransition({ stage: "implementation" }, "completeConstruction", [])).toEqual({
      ok: false,
      refusals: [{ code: "notCompletedYet" }, { code: "milestonesDoneOrReasoned" }],
    });
  });
  it("passing the final one delivers to the catalog platform", () => {
    expect(decideTransition({ stage: "trialRun" }, "passFinalAcceptance", final)).toMatchObject({
      ok: true,
      value: { to: "accepted", effects: ["deliverToCatalogPlatform"] },
    });
  });
});

describe("resuming", () => {
  it.each([
    ["suspendedFromProcurement", "procurement"],
    ["suspendedFromImplementation", "implementation"],
    ["suspendedFromInitialAccepted", "initialAccepted"],
    ["suspendedFromTrialRun", "trialRun"],
  ] as const)("%s goes back to %s", (guard, to) => {
    expect(decideTransition({ stage: "suspended" }, "resume", ["reasonGiven", guard])).toMatchObject({
      ok: true,
      value: { to },
    });
  });
  it("without a reason is refused by that alone when the stage it came from is known", () => {
    expect(decideTransition({ stage: "suspended" }, "resume", ["suspendedFromTrialRun"])).toEqual({
      ok: false,
      refusals: [{ code: "reasonGiven" }],
    });
  });
});

describe("the table", () => {
  it("names no stage and event twice, unless guards tell the rows apart", () => {
    const keys = PROJECT_LIFECYCLE.map((row) => {
      const told = "guards" in row ? row.guards.filter((guard) => guard.startsWith("suspendedFrom")) : [];
      return `${row.from} ${row.on} ${told.join()}`;
    });
    expect(new Set(keys).size).toBe(keys.length);
  });
  it("asks one permission per event, whatever the stage", () => {
    for (const { on, action } of PROJECT_LIFECYCLE) expect([on, actionOf(on)]).toEqual([on, action]);
  });
  it("reaches every stage, and each has a word", () => {
    const reached = new Set<string>(PROJECT_LIFECYCLE.flatMap(({ from, to }) => [from, to]));
    expect([...reached].sort()).toEqual([...STAGES].sort());
    for (const stage of STAGES) expect(PROJECT_STAGES[stage]).toMatch(/\p{Script=Han}/u);
  });
  it("uses every event, and each is recorded under its own name", () => {
    expect([...new Set<string>(PROJECT_LIFECYCLE.map(({ on }) => on))].sort()).toEqual([...EVENTS].sort());
    expect(new Set(Object.values(PROJECT_EVENT_FACTS)).size).toBe(EVENTS.length);
  });
  it("agrees with the database's check constraint", () => {
    const check = getTableConfig(projects).checks.find(({ name }) => name === "projects_stage_check");
    const { sql } = new PgDialect().sqlToQuery(check?.value ?? expect.fail("no check on stage"));
    expect([...sql.matchAll(/'(\w+)'/g)].map(([, stage]) => stage)).toEqual(STAGES);
  });
  it("is the diagram that is committed", async () => {
    const diagram = toMermaid(PROJECT_LIFECYCLE, { ...PROJECT_STAGES, ...PROJECT_EVENTS });
    const page = `# 项目生命周期\n\n由 \`app/modules/projects/project.lifecycle.ts\` 生成，改表后运行 \`npx vitest -u\` 更新。\n\n\`\`\`mermaid\n${diagram}\`\`\`\n`;
    await expect(page).toMatchFileSnapshot("../../../docs/project-lifecycle.md");
  });
});
