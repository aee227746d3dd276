import { describe, expect, it } from "vitest";

import { isPrivateAddress } from "./outgoing.server";

describe("isPrivateAddress", () => {
  it.each([
    ["this host", "0.0.0.0", 4, true],
    ["the last of 9/8", "9.255.255.255", 4, false],
    ["the first of 10/8", "10.0.0.0", 4, true],
    ["the last of 10/8", "10.255.255.255", 4, true],
    ["carrier's", "100.64.0.1", 4, true],
    ["before the carrier's", "100.63.255.255", 4, false],
    ["loopback", "127.8.9.10", 4, true],
    ["the machine's own data", "169.254.169.254", 4, true],
    ["before 172.16/12", "172.15.255.255", 4, false],
    ["the last of 172.16/12", "172.31.255.255", 4, true],
    ["after 172.16/12", "172.32.0.0", 4, false],
    ["192.168", "192.168.1.1", 4, true],
    ["a public one", "203.119.26.1", 4, false],
    ["to many", "224.0.0.1", 4, true],
    ["to all", "255.255.255.255", 4, true],
    ["loopback of six", "::1", 6, true],
    ["unique local", "fd12::1", 6, true],
    ["of the link", "fe80::1", 6, true],
    ["a public one of six", "2408:8000::1", 6, false],
    ["loopback written as six", "::ffff:127.0.0.1", 6, true],
    ["a public one written as six", "::ffff:203.119.26.1", 6, false],
    ["translated", "64:ff9b::a00:1", 6, true],
  ])("%s", (_name, address, family, expected) => expect(isPrivateAddress(address, family)).toBe(expected));
});
