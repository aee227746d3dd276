import { describe, expect, it } from "vitest";

import { fen } from "~/kernel/fen";
import { formFields, mergedValues, valuesOf, type FormValues } from "~/kernel/form-conflict";
import { keysOf } from "~/kernel/vocabulary";

import { conflictRows, fingerprints } from "./filing-conflict";
import { sectionValues } from "./filing.form-values";
import { COMPLETE_FILING } from "./filing.fixtures";
import { FILING_SECTIONS } from "./filing.types";

const BASE: FormValues = {
  need: "底数不清",
  content: "一张图",
  plannedEndOn: "2027-06-30",
  goals: [{ name: "入库率" }],
};
const opened = fingerprints(BASE);
const side = (mine: FormValues, theirs: FormValues) =>
  conflictRows({ mine: { ...BASE, ...mine }, theirs: { ...BASE, ...theirs }, opened }).map(
    ({ field, changedBy, proposed }) => [field, changedBy, proposed],
  );

describe("conflictRows", () => {
  it.each<[string, FormValues, FormValues, unknown[]]>([
    ["nobody changed anything", {}, {}, []],
    ["both wrote the same", { need: "甲" }, { need: "甲" }, []],
    ["only I changed it", { need: "甲" }, {}, [["need", "mine", "mine"]]],
    ["only the other changed it", {}, { need: "乙" }, [["need", "theirs", "theirs"]]],
    ["both changed it", { need: "甲" }, { need: "乙" }, [["need", "both", undefined]]],
    [
      "different fields",
      { need: "甲" },
      { content: "乙" },
      [
        ["need", "mine", "mine"],
        ["content", "theirs", "theirs"],
      ],
    ],
    ["I removed the only row", { goals: [] }, {}, [["goals", "mine", "mine"]]],
    ["spaces at the end are no change", { need: "底数不清  " }, {}, []],
  ])("%s", (_name, mine, theirs, expected) => expect(side(mine, theirs)).toEqual(expected));

  it("without fingerprints every difference is for the reader", () => {
    const rows = conflictRows({ mine: { ...BASE, need: "甲" }, theirs: BASE, opened: "" });
    expect(rows.map(({ changedBy }) => changedBy)).toEqual(["both"]);
  });

  it("compares amounts and lists of units by what they mean", () => {
    const theirs = { declared: "1200.5", partners: "市水利局\n市公安局" };
    expect(
      conflictRows({ mine: { declared: "1,200.50", partners: "市公安局、市水利局" }, theirs, opened: "" }),
    ).toEqual([]);
  });

  it("reads as people read it, and marks what only one side has", () => {
    const theirs = sectionValues("money", COMPLETE_FILING);
    const cheaper = {
      ...COMPLETE_FILING,
      money: {
        ...COMPLETE_FILING.money,
        lines: COMPLETE_FILING.money.lines.slice(0, 1),
        declaredFen: fen(200_000_000),
      },
    };
    const rows = conflictRows({ mine: sectionValues("money", cheaper), theirs, opened: "" });
    expect(rows.map(({ label, mine, onlyTheirs }) => [label, mine, onlyTheirs])).toEqual([
      ["申报总额", ["200 万元"], ["300 万元"]],
      ["概算明细", ["软件开发 · 管网一张图 · 1 套 × 200 万元"], ["云服务 · 云服务 · 2 年 × 50 万元"]],
    ]);
  });

  it("names components", () => {
    const mine = { components: [{ code: "identity", decision: "reuse", reason: "" }] };
    const theirs = { components: [{ code: "identity", decision: "notReused", reason: "未就绪" }] };
    const [row] = conflictRows({ mine, theirs, opened: "" }, { identity: "统一身份认证" });
    expect([row?.mine, row?.theirs]).toEqual([["统一身份认证 · 复用"], ["统一身份认证 · 适用但不复用 · 未就绪"]]);
  });
});

describe("what is sent along and merged", () => {
  it.each(keysOf(FILING_SECTIONS))("the form of %s comes back as it went", (section) => {
    const values = sectionValues(section, COMPLETE_FILING);
    const form = new FormData();
    form.append("version", "3");
    for (const [name, value] of formFields(values)) form.append(name, value);
    expect(valuesOf(form, values)).toEqual(values);
    expect(conflictRows({ mine: valuesOf(form, values), theirs: values, opened: fingerprints(values) })).toEqual([]);
  });

  it("takes each field from the chosen side; without a choice what was typed stays", () => {
    const [mine, theirs] = [
      { ...BASE, need: "甲", content: "甲" },
      { ...BASE, need: "乙", content: "乙" },
    ];
    expect(mergedValues(mine, theirs, { need: "theirs", content: "mine" })).toMatchObject({
      need: "乙",
      content: "甲",
    });
    expect(mergedValues(mine, theirs, {})).toMatchObject({ need: "甲", content: "甲" });
  });
});
