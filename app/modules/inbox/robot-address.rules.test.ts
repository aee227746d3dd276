import { describe, expect, it } from "vitest";

import { hostOf, isAllowedAddress, normalHost } from "./robot-address.rules";

describe("isAllowedAddress", () => {
  it.each([
    ["https", "https://oapi.dingtalk.com/robot/send?access_token=a", true],
    ["https with a port", "https://gateway.example:8443/x", true],
    ["http", "http://oapi.dingtalk.com/robot/send", false],
    ["http on the same machine", "http://127.0.0.1:8080/x", true],
    ["http to localhost, a name", "http://localhost:8080/x", false],
    ["http to another loopback address", "http://127.0.0.2/x", false],
    ["a name and password", "https://user:word@oapi.dingtalk.com/", false],
    ["a name", "https://user@oapi.dingtalk.com/", false],
    ["a file", "file:///etc/passwd", false],
    ["no address", "oapi.dingtalk.com", false],
    ["nothing", "", false],
  ])("%s", (_name, address, expected) => expect(isAllowedAddress(address)).toBe(expected));
});

describe("normalHost", () => {
  it.each([
    ["as it is", "oapi.dingtalk.com", "oapi.dingtalk.com"],
    ["in small letters", " OAPI.DingTalk.com ", "oapi.dingtalk.com"],
    ["with a port", "127.0.0.1:8080", "127.0.0.1:8080"],
    ["the usual port goes", "oapi.dingtalk.com:443", "oapi.dingtalk.com"],
    ["an address of six", "[::1]:8080", "[::1]:8080"],
    ["a short form of an address is written out", "127.1", "127.0.0.1"],
    ["a Chinese name", "消息.中国", "xn--ybu940a.xn--fiqs8s"],
    ["a whole address", "https://oapi.dingtalk.com", undefined],
    ["a path", "oapi.dingtalk.com/robot", undefined],
    ["a user", "a@oapi.dingtalk.com", undefined],
    ["a star", "*.dingtalk.com", undefined],
    ["a wrong port", "oapi.dingtalk.com:99999", undefined],
    ["nothing", " ", undefined],
  ])("%s", (_name, typed, expected) => expect(normalHost(typed)).toBe(expected));
  it("is what the address of a robot is compared with", () => {
    expect(hostOf("https://OAPI.dingtalk.com:443/robot/send?x=1")).toBe(normalHost("oapi.dingtalk.com"));
  });
});
