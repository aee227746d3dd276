import { beforeEach, describe, expect, it } from "vitest";

import { paymentSheets } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import {
  arrivalOf,
  contractOf,
  makePurses,
  makeSpending,
  PAPER,
  type Purses,
} from "@tests/support/factories/execution";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { doneBy } from "~/modules/desk/history.queries.server";
import { readMyWork } from "~/modules/desk/read-my-work.server";
import { confirmEntry } from "~/modules/funding/execution/confirm-entry.server";
import { enterEntry } from "~/modules/funding/execution/enter-entry.server";
import { returnEntry } from "~/modules/funding/execution/return-entry.server";
import { saveFile } from "~/platform/files.server";
import { newId } from "~/platform/ids.server";

const db = testDatabase();
let city: TestCity;
let purses: Purses;
let projectId: string;
beforeEach(async () => {
  city = await makeCity(db);
  purses = await makePurses(city);
  projectId = await makeSpending(city, { name: "智慧管网系统" });
});

const workOf = async (actor: Actor) =>
  (await readMyWork(city.ctx(actor))).filter(({ kind }) => kind === "资金").map(({ what, title }) => [what, title]);
const enterContract = async () =>
  accepted(await enterEntry(city.ctx(purses.filer), projectId, contractOf(60_000), PAPER)).id;

describe("the execution on the desk", () => {
  it("offers a contract to both of finance, the returned one to the unit, and is gone when it is confirmed", async () => {
    const entryId = await enterContract();
    const ref = { kind: "contract", entryId } as const;
    const toConfirm = [["确认合同", "智慧管网系统（600.00 元）"]];
    expect(await workOf(purses.finance)).toEqual(toConfirm);
    expect(await workOf(purses.finance2)).toEqual(toConfirm);
    expect(await workOf(purses.filer)).toEqual([]);
    accepted(await returnEntry(city.ctx(purses.finance), { ...ref, version: 1, reason: "金额与合同不符" }));
    expect(await workOf(purses.finance)).toEqual([]);
    expect(await workOf(purses.filer)).toEqual([["更正被退回的合同", "智慧管网系统（600.00 元）"]]);
    expect(await doneBy(db, purses.finance.userId)).toMatchObject([
      { what: "合同：退回更正", title: "智慧管网系统", href: `/funding/entries/contract/${entryId}` },
    ]);
  });

  it("offers an arrival to the other person of finance and to the unit, never to who entered it", async () => {
    const { id } = accepted(await enterEntry(city.ctx(purses.finance), projectId, arrivalOf(40_000)));
    const toConfirm = [["确认到位资金", "智慧管网系统（400.00 元）"]];
    expect(await workOf(purses.finance)).toEqual([]);
    expect(await workOf(purses.finance2)).toEqual(toConfirm);
    expect(await workOf(purses.filer)).toEqual(toConfirm);
    expect(await workOf(await city.as("filer", city.otherUnitId))).toEqual([]);
    expect(await workOf(await city.as("unitLead"))).toEqual([]);
    const ref = { kind: "arrival", entryId: id, version: 1 } as const;
    accepted(await confirmEntry(city.ctx(purses.finance2), ref));
    expect(await workOf(purses.filer)).toEqual([]);
  });

  it("offers a payment sheet that was read to finance until it is applied or discarded", async () => {
    const ctx = city.ctx(purses.finance);
    const file = await db.transaction((tx) =>
      saveFile(tx, ctx, PAPER, { regionId: city.regionId, unitId: purses.finance.unitId }),
    );
    const common = {
      regionId: city.regionId,
      fileId: file.id,
      totalRows: 12,
      uploadedBy: purses.finance.userId,
      uploadedAt: ctx.now,
    };
    await db.insert(paymentSheets).values([
      { ...common, id: newId(), fileName: "国库支付明细7月.xlsx", state: "read" },
      { ...common, id: newId(), fileName: "国库支付明细6月.xlsx", state: "applied" },
      { ...common, id: newId(), fileName: "国库支付明细5月.xlsx", state: "discarded" },
    ]);
    const waiting = [["核对国库支付明细并入账", "国库支付明细7月.xlsx（12 行）"]];
    expect(await workOf(purses.finance)).toEqual(waiting);
    expect(await workOf(purses.finance2)).toEqual(waiting);
    expect(await workOf(purses.filer)).toEqual([]);
  });
});
