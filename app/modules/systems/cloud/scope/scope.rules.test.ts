import { describe, expect, it } from "vitest";

import type { ScopeReason } from "~/kernel/vocabulary";

import {
  changeByRule,
  explainByRule,
  factsToKeep,
  judgeByRule,
  judgeProposal,
  openedByRule,
  sameFacts,
  type ScopeFacts,
  type ScopeJudgement,
  type ScopeProposal,
} from "./scope.rules";

const facts: ScopeFacts = { ownership: "own", unitExempt: false, secret: false, mlpsLevel: 3, excludedFromLevel: 4 };
const counted: ScopeJudgement = { scope: "in", reason: null, managed: false };
const out = (reason: ScopeReason): ScopeJudgement => ({ scope: "out", reason, managed: false });
const special: ScopeJudgement = { scope: "special", reason: "professional", managed: true };

describe("judgeByRule", () => {
  it.each<[string, Partial<ScopeFacts>, ScopeJudgement]>([
    ["level 3 where the figure is 4", {}, counted],
    ["level 4 where the figure is 4", { mlpsLevel: 4 }, out("highLevel")],
    ["level 4 where the figure is 5", { mlpsLevel: 4, excludedFromLevel: 5 }, counted],
    ["level 3 where the figure is 3", { excludedFromLevel: 3 }, out("highLevel")],
    ["no level", { mlpsLevel: null }, counted],
    ["secret", { secret: true }, out("secretSystem")],
    ["of an exempt unit", { unitExempt: true }, out("exemptUnit")],
    ["national", { ownership: "national" }, out("verticalSystem")],
    ["provincial and of level 4: vertical is told", { ownership: "provincial", mlpsLevel: 4 }, out("verticalSystem")],
  ])("%s", (_name, more, expected) => {
    const judged = judgeByRule({ ...facts, ...more });
    expect(judged).toEqual(expected);
    expect(explainByRule({ ...facts, ...more }, judged)).toMatch(/。$/);
  });
});

describe("changeByRule", () => {
  it.each<[string, Partial<ScopeFacts>, ScopeJudgement, ScopeJudgement | undefined]>([
    ["counts and should", {}, counted, undefined],
    ["counts and should not", { mlpsLevel: 4 }, counted, out("highLevel")],
    ["is out and should be, for that reason", { mlpsLevel: 4 }, out("highLevel"), undefined],
    ["is out for another reason", { secret: true }, out("highLevel"), out("secretSystem")],
    ["is out and should count", {}, out("highLevel"), counted],
    ["is special and the rule counts it", {}, special, undefined],
    ["is special and the rule leaves it out", { unitExempt: true }, special, out("exemptUnit")],
  ])("%s", (_name, more, standing, expected) => {
    expect(changeByRule({ ...facts, ...more }, standing)).toEqual(expected);
  });
});

describe("judgeProposal", () => {
  const asSpecial = (more: object = {}): ScopeProposal => ({
    kind: "special",
    reason: "professional",
    managed: true,
    interfacesOpen: true,
    explanation: "专业性强",
    hasPaper: true,
    ...more,
  });
  it.each<[string, Partial<ScopeFacts>, ScopeJudgement, ScopeProposal, string[]]>([
    ["special, managed and stated", {}, counted, asSpecial(), ["ok"]],
    ["managed without the statement", {}, counted, asSpecial({ interfacesOpen: false }), ["statementMissing"]],
    ["not managed, nothing stated", {}, counted, asSpecial({ managed: false, interfacesOpen: false }), ["ok"]],
    ["without explanation", {}, counted, asSpecial({ explanation: "" }), ["explanationMissing"]],
    ["without paper", {}, counted, asSpecial({ hasPaper: false }), ["paperMissing"]],
    ["special where the rule leaves it out", { secret: true }, counted, asSpecial(), ["ruleLeavesOut"]],
    ["special as it is already", {}, special, asSpecial(), ["standsSo"]],
    ["special, now managed", {}, { ...special, managed: false }, asSpecial(), ["ok"]],
    ["by rule, out", { secret: true }, counted, { kind: "byRule" }, ["ok"]],
    ["by rule, as it is", {}, counted, { kind: "byRule" }, ["standsSo"]],
    ["by rule, special no more", {}, special, { kind: "byRule" }, ["ok"]],
  ])("%s", (_name, more, standing, proposal, expected) => {
    const result = judgeProposal({ ...facts, ...more }, standing, proposal);
    expect(result.ok ? ["ok"] : result.refusals.map(({ code }) => code)).toEqual(expected);
  });
});

describe("facts that a decision keeps", () => {
  it.each<[string, Partial<ScopeFacts>, boolean]>([
    ["the same", {}, true],
    ["another level", { mlpsLevel: 2 }, false],
    ["no level", { mlpsLevel: null }, false],
    ["secret now", { secret: true }, false],
    ["another figure", { excludedFromLevel: 5 }, false],
    ["an exempt unit", { unitExempt: true }, false],
    ["vertical now", { ownership: "national" }, false],
  ])("%s", (_name, more, same) => {
    expect(sameFacts(factsToKeep(facts, "byRule"), { ...facts, ...more })).toBe(same);
  });

  it("tell who opened the proposal", () => {
    expect(openedByRule(factsToKeep(facts, "byRule"))).toBe(true);
    expect(openedByRule(factsToKeep(facts, "byHand"))).toBe(false);
  });
});
