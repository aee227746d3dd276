import { describe, expect, it } from "vitest";

import { editedRows, withoutBlankRows } from "./form-rows";

function form(fields: Readonly<Record<string, string>>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

const TWO = { need: "x", "lines[0].name": "甲", "lines[0].kind": "a", "lines[1].name": "乙", "lines[1].kind": "b" };
const entries = (data: FormData | undefined) => data && Object.fromEntries(data);

describe("editedRows", () => {
  it.each([
    ["no button", {}],
    ["an unknown verb", { rows: "clear:lines:0" }],
    ["no list", { rows: "add::1" }],
    ["no count", { rows: "add:lines:" }],
  ])("%s: not a row edit", (_name, button) => expect(editedRows(form({ ...TWO, ...button }))).toBeUndefined());

  it("adds the first row of a list that has none, so that it comes out as one blank row", () => {
    const added = editedRows(form({ name: "项目", rows: "add:lines:1" })) ?? expect.fail();
    expect(entries(added)).toEqual({ name: "项目", "lines[0].row": "" });
  });

  it("adds a blank row with the list's columns, and keeps everything typed", () => {
    expect(entries(editedRows(form({ ...TWO, rows: "add:lines:1" })))).toEqual({
      ...TWO,
      "lines[2].name": "",
      "lines[2].kind": "",
    });
  });
  it("adds no more than twenty at once", () => {
    const added = editedRows(form({ ...TWO, rows: "add:lines:9999" })) ?? expect.fail();
    expect([...added.keys()].filter((name) => name.endsWith(".name"))).toHaveLength(22);
  });
  it("removes the first row and closes the gap", () => {
    expect(entries(editedRows(form({ ...TWO, rows: "remove:lines:0" })))).toEqual({
      need: "x",
      "lines[0].name": "乙",
      "lines[0].kind": "b",
    });
  });
  it("removing a row that is not there changes nothing", () => {
    expect(entries(editedRows(form({ ...TWO, rows: "remove:lines:2" })))).toEqual(TWO);
  });
  it("raises a row one place", () => {
    expect(entries(editedRows(form({ ...TWO, rows: "raise:lines:1" })))).toEqual({
      need: "x",
      "lines[0].name": "乙",
      "lines[0].kind": "b",
      "lines[1].name": "甲",
      "lines[1].kind": "a",
    });
  });
  it.each(["raise:lines:0", "raise:lines:2"])("%s: no row above or no such row, nothing changes", (rows) => {
    expect(entries(editedRows(form({ ...TWO, rows })))).toEqual(TWO);
  });
  it("leaves other lists alone", () => {
    const fields = { ...TWO, "years[0].year": "2026" };
    expect(entries(editedRows(form({ ...fields, rows: "remove:lines:1" })))).toMatchObject({ "years[0].year": "2026" });
  });
});

describe("withoutBlankRows", () => {
  it.each([
    ["nothing typed", { "lines[0].name": "", "lines[0].kind": "" }, 0],
    ["only spaces", { "lines[0].name": "  ", "lines[0].kind": "" }, 0],
    ["only the select", { "lines[0].name": "", "lines[0].kind": "a" }, 0],
    ["one field typed", { "lines[0].name": "甲", "lines[0].kind": "" }, 1],
  ])("%s", (_name, fields, rows) => {
    const kept = [...withoutBlankRows(form(fields), { lines: ["kind"] }).keys()];
    expect(new Set(kept.map((name) => name.split(".")[0])).size).toBe(rows);
  });

  it("numbers what is left from zero, in the order of the page, whatever gaps the indexes have", () => {
    const fields = { "lines[9].name": "丙", "lines[2].name": "", "lines[0].name": "甲" };
    expect(entries(withoutBlankRows(form(fields), {}))).toEqual({ "lines[0].name": "甲", "lines[1].name": "丙" });
  });

  it.each(["lines[999999999].name", "lines[1e9].name", "lines[0][0].name"])("%s is no row and is left out", (name) => {
    expect(entries(withoutBlankRows(form({ [name]: "甲", need: "x" }), {}))).toEqual({ need: "x" });
  });
});
