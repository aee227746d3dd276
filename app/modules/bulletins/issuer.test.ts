import { describe, expect, it } from "vitest";

import type { UnitGroup } from "~/kernel/vocabulary";

import { addresseesOf, areaNameOf, issuerNameOf, seriesOf } from "./issuer";

describe("issuerNameOf", () => {
  it.each([
    ["a unit that says 市", "鹤山市", "市政务服务数据管理局", "鹤山市政务服务数据管理局"],
    ["a unit without", "鹤山市", "政务服务数据管理局", "鹤山市政务服务数据管理局"],
    ["a unit that names the region", "鹤山市", "鹤山市人民政府办公室", "鹤山市人民政府办公室"],
    ["a county", "开阳县", "县大数据局", "开阳县大数据局"],
  ])("%s", (_name, region, unit, expected) => {
    expect(issuerNameOf(region, unit)).toBe(expected);
  });
});

it("names the area and the series after the region", () => {
  expect([areaNameOf("鹤山市"), areaNameOf("开阳县"), seriesOf("鹤山市")]).toEqual(["全市", "全县", "鹤数政通"]);
});

describe("addresseesOf", () => {
  it.each([
    ["departments and towns", ["municipal", "town"], "各镇人民政府、街道办事处，市直各部门"],
    ["departments alone", ["municipal"], "市直各部门"],
    ["nobody ranked: everybody", [], "各县（市、区）人民政府，各镇人民政府、街道办事处，市直各部门"],
  ] satisfies [string, UnitGroup[], string][])("%s", (_name, groups, expected) => {
    expect(addresseesOf(new Set<UnitGroup>(groups))).toBe(expected);
  });
});
