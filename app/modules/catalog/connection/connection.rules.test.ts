import { describe, expect, it } from "vitest";

import type { SharingMethod } from "~/kernel/vocabulary";

import { addressProblem, connectionStanding, decideConnect, decideTest } from "./connection.rules";

describe("addressProblem", () => {
  it.each<[string, SharingMethod, string, string | undefined]>([
    ["an https address", "interface", "https://share.hs.gov.cn/api/v1/pipes", undefined],
    ["with a port and a question", "interface", "https://10.1.2.3:8443/q?type=1", undefined],
    ["http", "interface", "http://share.hs.gov.cn/api", "addressNotHttps"],
    ["no scheme", "interface", "share.hs.gov.cn/api", "addressNotHttps"],
    ["a password in it", "interface", "https://user:secret@share.hs.gov.cn/api", "addressNotHttps"],
    ["a fragment", "interface", "https://share.hs.gov.cn/api#top", "addressNotHttps"],
    ["a blank inside", "interface", "https://share.hs.gov.cn/a b", "addressNotHttps"],
    ["a script", "interface", "javascript:alert(1)", "addressNotHttps"],
    ["nothing", "interface", "", "addressNotHttps"],
    ["a view", "database", "V_PIPE", undefined],
    ["with its schema", "database", "zrzy.v_pipe", undefined],
    ["with its database", "database", "share.zrzy.v_pipe", undefined],
    ["in Chinese", "database", "共享.管线视图", undefined],
    ["four names", "database", "a.b.c.d", "addressNotView"],
    ["an empty name", "database", "zrzy..v_pipe", "addressNotView"],
    ["a digit first", "database", "1v", "addressNotView"],
    ["a statement", "database", "v_pipe; drop table x", "addressNotView"],
    ["a path", "file", "/zrzy/dom/2026/", undefined],
    ["a path in Chinese", "file", "/自然资源/正射影像/2026.zip", undefined],
    ["the root alone", "file", "/", "addressNotPath"],
    ["relative", "file", "zrzy/dom", "addressNotPath"],
    ["climbing", "file", "/zrzy/../etc/passwd", "addressNotPath"],
    ["dots in a name", "file", "/zrzy/a..b", undefined],
    ["backslashes", "file", "\\\\server\\share", "addressNotPath"],
    ["a backslash further on", "file", "/zrzy\\dom", "addressNotPath"],
  ])("%s", (_name, method, address, expected) => {
    expect(addressProblem(method, address)).toBe(expected);
  });
});

const codeOf = (result: ReturnType<typeof decideConnect> | ReturnType<typeof decideTest>) =>
  result.ok ? "ok" : result.refusals[0]?.code;

describe("decideConnect", () => {
  const shared = { state: "published", sharingType: "unconditional", method: "database" } as const;
  const old = { address: "zrzy.v_old", method: "database" } as const;
  const to = (address: string, reason = "") => ({ address, reason });
  it.each([
    ["published", shared, undefined, to("v_pipe"), "ok"],
    ["registered", { ...shared, state: "registered" as const }, undefined, to("v_pipe"), "ok"],
    ["a draft", { ...shared, state: "draft" as const }, undefined, to("v_pipe"), "notInThisState"],
    ["suspended", { ...shared, state: "suspended" as const }, undefined, to("v_pipe"), "notInThisState"],
    ["withdrawn", { ...shared, state: "withdrawn" as const }, undefined, to("v_pipe"), "notInThisState"],
    ["not shared", { ...shared, sharingType: "none" as const }, undefined, to("v_pipe"), "notShared"],
    ["without a method", { ...shared, method: null }, undefined, to("v_pipe"), "notShared"],
    ["a bad address", shared, undefined, to("https://x.cn"), "addressNotView"],
    ["replaced with a reason", shared, old, to("zrzy.v_new", "库迁移"), "ok"],
    ["replaced without", shared, old, to("zrzy.v_new"), "reasonGiven"],
    ["by itself", shared, old, to("zrzy.v_old", "再挂一次"), "sameAddress"],
  ])("%s", (_name, resource, current, input, expected) => {
    expect(codeOf(decideConnect(resource, current, input))).toBe(expected);
  });
});

describe("decideTest", () => {
  const test = { result: "passed", remark: "", byConnector: false } as const;
  it.each([
    ["never tested", { testResult: null }, test, "ok"],
    ["failed before", { testResult: "failed" as const }, test, "ok"],
    ["passed before", { testResult: "passed" as const }, test, "testedAlready"],
    ["not connected", undefined, test, "notConnected"],
    ["by who connected it", { testResult: null }, { ...test, byConnector: true }, "testedByConnector"],
    ["a failure without words", { testResult: null }, { ...test, result: "failed" as const }, "reasonGiven"],
    ["a failure with words", { testResult: null }, { ...test, result: "failed" as const, remark: "超时" }, "ok"],
  ])("%s", (_name, current, input, expected) => {
    expect(codeOf(decideTest(current, input))).toBe(expected);
  });
});

describe("connectionStanding", () => {
  it.each([
    ["nothing there", null, "none"],
    ["connected", { testResult: null }, "untested"],
    ["failed", { testResult: "failed" as const }, "failed"],
    ["passed", { testResult: "passed" as const }, "passed"],
  ])("%s", (_name, current, expected) => {
    expect(connectionStanding(current)).toBe(expected);
  });
});
