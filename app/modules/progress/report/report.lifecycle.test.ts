import { describe, expect, it } from "vitest";

import { toMermaid } from "~/kernel/lifecycle";
import { localDate } from "~/kernel/local-date";
import { keysOf } from "~/kernel/vocabulary";

import {
  REPORT_EVENT_FACTS,
  REPORT_EVENTS,
  REPORT_LIFECYCLE,
  REPORT_STATES,
  type ReportEvent,
  type ReportState,
} from "./report.lifecycle";
import { decideReport, decideTyping, isReportEventPossible, missingForSubmission, refuseClaims } from "./report.rules";

const STATES = keysOf(REPORT_STATES);
const EVENTS = keysOf(REPORT_EVENTS);
const ALL_GUARDS = ["reportComplete", "otherPersonThanFiller", "reasonGiven"] as const;

/** Written by hand, not from the table: state → event → next state. Whatever is not here must be refused. */
const EXPECTED: Readonly<Record<ReportState, Readonly<Partial<Record<ReportEvent, ReportState>>>>> = {
  open: { save: "draft", submit: "awaitingSignature" },
  draft: { save: "draft", submit: "awaitingSignature" },
  awaitingSignature: { sign: "signed", decline: "draft" },
  signed: { save: "draft", submit: "awaitingSignature" },
};

describe("every state × every event", () => {
  it.each(STATES.flatMap((state) => EVENTS.map((event) => ({ state, event }))))(
    "$state × $event",
    ({ state, event }) => {
      const decision = decideReport(state, event, ALL_GUARDS);
      const to = EXPECTED[state][event];
      if (to) expect(decision).toEqual({ ok: true, value: to });
      else expect(decision).toEqual({ ok: false, refusals: [{ code: "notInThisState", facts: { state, event } }] });
      expect(isReportEventPossible(state, event)).toBe(to !== undefined);
    },
  );
});

describe("guards", () => {
  it.each([
    ["an incomplete report is not handed in", "draft", "submit", "reportComplete"],
    ["nor a correction", "signed", "submit", "reportComplete"],
    ["signing needs another person", "awaitingSignature", "sign", "otherPersonThanFiller"],
    ["declining needs a reason", "awaitingSignature", "decline", "reasonGiven"],
  ] as const)("%s", (_name, state, event, guard) => {
    expect(decideReport(state, event, [])).toEqual({ ok: false, refusals: [{ code: guard }] });
  });
});

describe("the table", () => {
  it("uses every state and event, each with a word and a fact of its own", () => {
    expect([...new Set<string>(REPORT_LIFECYCLE.map(({ from }) => from))].sort()).toEqual([...STATES].sort());
    expect([...new Set<string>(REPORT_LIFECYCLE.map(({ on }) => on))].sort()).toEqual([...EVENTS].sort());
    for (const word of [...Object.values(REPORT_STATES), ...Object.values(REPORT_EVENTS)]) {
      expect(word).toMatch(/\p{Script=Han}/u);
    }
    expect(new Set(Object.values(REPORT_EVENT_FACTS)).size).toBe(EVENTS.length);
  });
  it("is the diagram that is committed", async () => {
    const diagram = toMermaid(REPORT_LIFECYCLE, { ...REPORT_STATES, ...REPORT_EVENTS });
    const page = `# 月报状态\n\n由 \`app/modules/progress/report/report.lifecycle.ts\` 生成，改表后运行 \`npx vitest -u\` 更新。\n\n\`\`\`mermaid\n${diagram}\`\`\`\n`;
    await expect(page).toMatchFileSnapshot("../../../../docs/report-lifecycle.md");
  });
});

describe("missingForSubmission", () => {
  const content = {
    actualPercent: "50",
    doneThisMonth: "完成接口联调",
    nextMonth: "上线试用",
    problems: "",
    mattersToSettle: "",
    claims: [],
  };
  it.each([
    ["complete; problems and matters may be empty", {}, []],
    ["nothing done", { doneThisMonth: " \n" }, ["doneMissing"]],
    ["nothing planned", { nextMonth: "" }, ["nextMissing"]],
    ["nothing planned when all but a little is done", { nextMonth: "", actualPercent: "99.99" }, ["nextMissing"]],
    ["nothing planned when all is done", { nextMonth: "", actualPercent: "100.0" }, []],
    ["neither", { doneThisMonth: "", nextMonth: "" }, ["doneMissing", "nextMissing"]],
  ])("%s", (_name, more, expected) => {
    expect(missingForSubmission({ ...content, ...more }).map(({ code }) => code)).toEqual(expected);
  });
});

describe("decideTyping", () => {
  const empty = { actualPercent: "50", doneThisMonth: "", nextMonth: "", problems: "", mattersToSettle: "" };
  const full = { ...empty, doneThisMonth: "完成接口联调", nextMonth: "上线试用" };
  it.each([
    ["a draft may lack anything", "open", "save", empty, "draft"],
    ["handing in tells all that is lacking", "draft", "submit", empty, ["doneMissing", "nextMissing"]],
    ["complete", "draft", "submit", full, "awaitingSignature"],
    ["while it waits for the signature", "awaitingSignature", "save", full, ["notInThisState"]],
    ["a correction", "signed", "save", full, "draft"],
  ] as const)("%s", (_name, state, event, typed, expected) => {
    const decision = decideTyping(state, event, typed);
    expect(decision.ok ? decision.value : decision.refusals.map(({ code }) => code)).toEqual(expected);
  });
});

describe("refuseClaims", () => {
  const today = localDate("2026-07-20");
  const claim = (milestoneId: string, on: string) => ({
    milestoneId,
    completedOn: localDate(on),
    evidence: "联调测试报告",
  });
  it.each([
    ["reached today", [claim("a", "2026-07-20")], []],
    ["reached tomorrow", [claim("a", "2026-07-21")], ["claimInFuture"]],
    ["of another project", [claim("x", "2026-07-01")], ["claimUnknown"]],
    ["one good, one bad", [claim("a", "2026-07-01"), claim("b", "2026-08-01")], ["claimInFuture"]],
  ])("%s", (_name, claims, expected) => {
    expect(refuseClaims(claims, new Set(["a", "b"]), today).map(({ code }) => code)).toEqual(expected);
  });
});
