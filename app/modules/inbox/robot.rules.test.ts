import { describe, expect, it } from "vitest";

import { dingtalkSignature, judgeRobotAnswer, robotRequest } from "./robot.rules";

/** Of the time 1700000000000 and the secret SECtest, made with `openssl dgst -sha256 -hmac SECtest -binary | base64`. */
const SIGNATURE = "aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g=";

describe("dingtalkSignature", () => {
  it("is the HMAC-SHA256 of the time and the secret, as another program makes it", () => {
    expect(dingtalkSignature(1_700_000_000_000, "SECtest")).toBe(SIGNATURE);
  });
  it.each([
    ["another time", 1_700_000_000_001, "SECtest"],
    ["another secret", 1_700_000_000_000, "SECtesu"],
  ])("%s gives another signature", (_name, timestamp, secret) => {
    expect(dingtalkSignature(timestamp, secret)).not.toBe(SIGNATURE);
  });
});

describe("robotRequest", () => {
  const message = { title: "催报", text: "[催报](https://x.example/reports)" };

  it("DingTalk: signs in the address and keeps the token", () => {
    const url = "https://oapi.dingtalk.com/robot/send?access_token=abc";
    const request = robotRequest({ brand: "dingtalk", url, secret: "SECtest" }, message, 1_700_000_000_000);
    expect(Object.fromEntries(request.url.searchParams)).toEqual({
      access_token: "abc",
      timestamp: "1700000000000",
      sign: SIGNATURE,
    });
    expect(request.url.search).toContain(encodeURIComponent(SIGNATURE));
    expect(JSON.parse(request.body)).toEqual({ msgtype: "markdown", markdown: message });
  });

  it("DingTalk without a secret is not signed", () => {
    const url = "https://oapi.dingtalk.com/robot/send?access_token=abc";
    expect(robotRequest({ brand: "dingtalk", url, secret: "" }, message, 1).url.href).toBe(url);
  });

  it("WeCom: the key is in the address, nothing is signed", () => {
    const url = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc";
    const request = robotRequest({ brand: "wecom", url, secret: "unused" }, message, 1);
    expect(request.url.href).toBe(url);
    expect(JSON.parse(request.body)).toEqual({ msgtype: "markdown", markdown: { content: message.text } });
  });
});

describe("judgeRobotAnswer", () => {
  it.each([
    ["200 with errcode 0", 200, '{"errcode":0,"errmsg":"ok"}', undefined],
    ["200 with another errcode", 200, '{"errcode":310000,"errmsg":"sign not match"}', "refused 310000 sign not match"],
    ["200 with an errcode that is a word", 200, '{"errcode":"0"}', "answered 200"],
    ["200 with a page", 200, "<html>", "answered 200"],
    ["200 with null", 200, "null", "answered 200"],
    ["201", 201, '{"errcode":0}', "answered 201"],
    ["299", 299, "", "answered 299"],
    ["300", 300, "", "redirected 300"],
    ["302", 302, '{"errcode":0}', "redirected 302"],
    ["400", 400, '{"errcode":0}', "answered 400"],
    ["503", 503, "", "answered 503"],
  ])("%s", (_name, status, body, expected) => {
    const failure = judgeRobotAnswer(status, body);
    expect(failure && `${failure.code} ${failure.detail}`).toBe(expected);
  });
});
