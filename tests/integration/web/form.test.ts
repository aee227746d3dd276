import { describe, expect, it } from "vitest";

import { readForm } from "~/web/form.server";

const post = (fields: [string, string][]) =>
  new Request("http://127.0.0.1/", { method: "POST", body: new URLSearchParams(fields) });

describe("readForm", () => {
  it.each<[string, [string, string][]]>([
    ["a list index that would fill the memory", [["lines[999999999].name", "x"]]],
    ["one index beyond the longest list", [["lines[1000].name", "x"]]],
    ["an index of many digits", [["lines[00000000001].name", "x"]]],
    ["the form library's command field", [["__intent__", "{"]]],
    ["a NUL character in a name", [["na\0me", "x"]]],
    ["a NUL character in a value", [["name", "a\0b"]]],
    ["more fields than any page has", Array.from({ length: 5_001 }, (_, n) => [`f${n}`, ""])],
  ])("refuses %s", async (_name, fields) => {
    await expect(readForm(post(fields))).rejects.toMatchObject({ kind: "invalid" });
  });

  it("refuses a malformed multipart body", async () => {
    const headers = { "Content-Type": "multipart/form-data; boundary=x" };
    const request = new Request("http://127.0.0.1/", { method: "POST", headers, body: "--y\r\nnonsense" });
    await expect(readForm(request)).rejects.toMatchObject({ kind: "invalid" });
  });

  it("reads a long honest list", async () => {
    const form = await readForm(post([["lines[999].name", "管网普查"]]));
    expect(form.get("lines[999].name")).toBe("管网普查");
  });
});
