import { describe, expect, it } from "vitest";

import { replaceability, type Proof } from "./replaceability.rules";

const shared: Proof = { state: "published", sharingType: "unconditional", connected: true };
const conditional: Proof = { ...shared, sharingType: "conditional" };
const unconnected: Proof = { ...shared, connected: false };
const refused: Proof = { ...shared, sharingType: "none", connected: false };

describe("replaceability", () => {
  it.each([
    ["no proof at all", [], "none"],
    ["published, shared and connected", [shared], "replaceable"],
    ["shared on conditions and connected: has to be applied for", [conditional], "conditional"],
    ["shared but not connected", [unconnected], "unconnected"],
    [
      "shared on conditions and not connected: the connection comes first",
      [{ ...conditional, connected: false }],
      "unconnected",
    ],
    ["not shared", [refused], "notShared"],
    ["not shared although somebody connected it", [{ ...refused, connected: true }], "notShared"],
    ["only registered, not yet published", [{ ...shared, state: "registered" }], "none"],
    ["suspended after it was linked", [{ ...shared, state: "suspended" }], "none"],
    ["withdrawn after it was linked", [{ ...shared, state: "withdrawn" }], "none"],
    ["the better of two decides, first", [shared, refused], "replaceable"],
    ["the better of two decides, last", [refused, shared], "replaceable"],
    ["conditions before no connection", [unconnected, conditional], "conditional"],
    ["no connection before no sharing", [refused, unconnected], "unconnected"],
    ["no sharing before nothing", [{ ...shared, state: "withdrawn" }, refused], "notShared"],
  ] as const)("%s", (_name, proofs, expected) => {
    expect(replaceability(proofs as readonly Proof[])).toBe(expected);
  });
});
