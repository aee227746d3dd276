import { describe, expect, it } from "vitest";

import { resourceSchema } from "../resource.content";
import { settledEntry, type WrittenEntry } from "./settled-entry";

const ORDINARY: WrittenEntry = {
  name: "供水管网信息",
  categoryCode: "103002",
  summary: "全市供水管网情况",
  formatClass: "database",
  formatType: "MySQL",
  items: [{ name: "编号", dataType: "字符型", length: 20, required: true, isKey: true }],
  sharingType: "unconditional",
  legalBasis: "",
  conditions: "",
  method: "interface",
  openToPublic: false,
  openConditions: "",
  updateCycle: "monthly",
  systemId: null,
  basicDatabaseCode: null,
  matter: "",
  material: "",
};

const texts = (...limits: number[]): unknown[] => [
  ...[
    "",
    " ",
    "甲",
    "甲乙",
    " 甲乙丙丁 ",
    "甲乙丙丁\u3000",
    "\ufeff甲乙丙丁",
    "𠀀𠀀",
    "\0甲乙丙",
    "\ud800甲乙丙",
    "甲\n乙\n丙",
  ],
  ...limits.flatMap((limit) => [limit - 1, limit, limit + 1].map((length) => "长".repeat(length))),
  "𠀀".repeat((limits[0] ?? 0) / 2),
  undefined,
  null,
  7,
];
const choices = (...good: string[]): unknown[] => [...good, "", "toString", "__proto__", "Monthly", undefined, null];
const ITEM = ORDINARY.items[0];
const item = (more: object): unknown => [{ ...ITEM, ...more }];
const IDS = [
  "0190b3a0-5a3e-7b4e-8f0e-0d6c7a1b2c3d",
  "5b0c6a52-5a3e-4b4e-8f0e-0d6c7a1b2c3d",
  "5B0C6A52-5A3E-4B4E-8F0E-0D6C7A1B2C3D",
  "5b0c6a52-5a3e-0b4e-8f0e-0d6c7a1b2c3d",
  "5b0c6a52-5a3e-9b4e-8f0e-0d6c7a1b2c3d",
  "5b0c6a52-5a3e-4b4e-cf0e-0d6c7a1b2c3d",
  "00000000-0000-0000-0000-000000000000",
  "5b0c6a52-5a3e-4b4e-8f0e-0d6c7a1b2c3d\n",
];

/** What may stand in each field, and around the limits of each. */
const HOSTILE: Readonly<Record<keyof WrittenEntry, readonly unknown[]>> = {
  name: texts(2, 100),
  categoryCode: ["103002", "10300", "1030021", "１０３００２", "103002\n", " 103002", "", undefined, null],
  summary: texts(4, 500),
  formatClass: choices("database", "document", "service"),
  formatType: texts(50),
  items: [
    [],
    item({ name: "" }),
    item({ name: " 编号" }),
    ...[99, 100, 101].map((length) => item({ name: "长".repeat(length) })),
    ...["字符", "数值型", "", undefined, null].map((dataType) => item({ dataType })),
    ...[null, 0, -1, 1.5, NaN, Infinity, 1e9, 1e9 + 1, "20", ""].map((length) => item({ length })),
    ...[true, false, "on", undefined].flatMap((value) => [item({ required: value }), item({ isKey: value })]),
    Array.from({ length: 500 }, () => ITEM),
    Array.from({ length: 501 }, () => ITEM),
  ],
  sharingType: choices("unconditional", "conditional", "none"),
  legalBasis: texts(300),
  conditions: texts(300),
  method: choices("interface", "database", "file"),
  openToPublic: [true, false, "on", undefined],
  openConditions: texts(300),
  updateCycle: choices("monthly", "realTime", "irregular"),
  systemId: [...IDS, "", undefined, null],
  basicDatabaseCode: ["population", "", " ", "长".repeat(30), "长".repeat(31), undefined, null],
  matter: texts(200),
  material: texts(200),
};
const FIELDS = Object.keys(HOSTILE) as (keyof WrittenEntry)[];

/** Either it leaves the entry to the schema, or the schema takes it and keeps it as it stands. */
function agrees(entry: WrittenEntry): "settled" | "left" {
  const settled = settledEntry(entry);
  if (!settled) return "left";
  expect(resourceSchema.safeParse({ ...entry, relatedCodes: [] })).toEqual({ success: true, data: settled });
  return "settled";
}

describe("the quick way says nothing that the schema would not say", () => {
  it("settles an ordinary entry", () => {
    expect(agrees(ORDINARY)).toBe("settled");
  });

  it.each(FIELDS)("whatever stands in %s", (field) => {
    const outcomes = HOSTILE[field].map((value) => agrees({ ...ORDINARY, [field]: value }));
    // Each field has values of both kinds, or nothing would be proved by them.
    expect(new Set(outcomes)).toEqual(new Set(["settled", "left"]));
  });

  it("whatever stands in several fields at once", () => {
    const random = mulberry32(20_260_720);
    const below = (limit: number): number => Math.floor(random() * limit);
    let settled = 0;
    for (let trial = 0; trial < 20_000; trial++) {
      const entry: Record<string, unknown> = { ...ORDINARY };
      for (let changes = below(4); changes >= 0; changes--) {
        const field = FIELDS[below(FIELDS.length)] ?? "name";
        entry[field] = HOSTILE[field][below(HOSTILE[field].length)];
      }
      if (agrees(entry as unknown as WrittenEntry) === "settled") settled++;
    }
    expect(settled).toBeGreaterThan(1_000);
  });
});

/** A small generator of even numbers below 1, the same in every run. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
