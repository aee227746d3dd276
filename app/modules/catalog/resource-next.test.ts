import { describe, expect, it } from "vitest";

import type { RequestedStep, ResourceState, RevisionState } from "~/kernel/vocabulary";

import { nextStepOf, requestableSteps, stepsFor, type ResourceActor } from "./resource-next";

const NOBODY: ResourceActor = {
  registers: false,
  signs: false,
  publishes: false,
  signsRevision: false,
  wasRegistrar: false,
  wasRevisionRegistrar: false,
};
const at = (state: ResourceState, more: { stateReason?: string; requestedStep?: RequestedStep } = {}) => ({
  state,
  stateReason: null,
  projectId: null,
  requestedStep: null,
  ...more,
});

describe("stepsFor", () => {
  it.each<[string, ReturnType<typeof at>, Partial<ResourceActor>, string[]]>([
    ["a reader of a published one", at("published"), {}, []],
    ["the filer of a draft", at("draft"), { registers: true }, ["abandon"]],
    ["the leader of a draft", at("draft"), { signs: true }, ["register", "sendBack"]],
    ["the leader of a draft that was sent back", at("draft", { stateReason: "摘要不清" }), { signs: true }, []],
    ["the bureau of a registered one", at("registered"), { publishes: true }, ["publish", "decline"]],
    ["the bureau person who registered it", at("registered"), { publishes: true, wasRegistrar: true }, ["decline"]],
    ["the bureau of a published one", at("published"), { publishes: true }, ["suspend", "withdraw"]],
    ["the bureau of a suspended one", at("suspended"), { publishes: true }, ["resume", "withdraw"]],
    ["anybody of a withdrawn one", at("withdrawn"), { registers: true, signs: true, publishes: true }, []],
  ])("%s", (_name, resource, who, expected) => {
    expect(stepsFor(resource, { ...NOBODY, ...who })).toEqual(expected);
  });
});

describe("requestableSteps", () => {
  it.each<[string, ReturnType<typeof at>, string[]]>([
    ["a draft", at("draft"), []],
    ["published", at("published"), ["suspend", "withdraw"]],
    ["suspended", at("suspended"), ["resume", "withdraw"]],
    ["something is asked already", at("published", { requestedStep: "suspend" }), []],
    ["withdrawn", at("withdrawn"), []],
  ])("%s", (_name, resource, expected) => {
    expect(requestableSteps(resource, { ...NOBODY, registers: true })).toEqual(expected);
    expect(requestableSteps(resource, NOBODY)).toEqual([]);
  });
});

describe("nextStepOf", () => {
  it.each<[string, ReturnType<typeof at>, RevisionState | null, number | null, [string, string] | undefined]>([
    ["a draft", at("draft"), null, null, ["单位登记", "水利局分管领导"]],
    ["a draft sent back", at("draft", { stateReason: "摘要不清" }), null, null, ["按退回意见修改", "水利局填报人"]],
    ["registered", at("registered"), null, null, ["发布到资源目录", "数据局"]],
    [
      "a request before the clock",
      at("published", { requestedStep: "suspend" }),
      null,
      3,
      ["办理“申请暂停”", "数据局"],
    ],
    ["a change before the clock", at("published"), "draft", 3, ["登记修订", "水利局分管领导"]],
    ["a registered change", at("suspended"), "registered", null, ["发布修订", "数据局"]],
    ["the clock", at("published"), null, -2, ["更新数据并登记", "水利局"]],
    ["no clock", at("published"), null, null, undefined],
    ["a suspended one has no clock", at("suspended"), null, 3, undefined],
    ["withdrawn", at("withdrawn"), null, null, undefined],
  ])("%s", (_name, resource, revisionState, remaining, expected) => {
    const next = nextStepOf({ resource, unitName: "水利局", revisionState, remaining });
    expect(next && [next.what, next.who]).toEqual(expected);
  });
});
