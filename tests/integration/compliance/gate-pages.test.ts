import { beforeAll, describe, expect, it } from "vitest";

import { makeCity, makeUnit, type TestCity } from "@tests/support/factories";
import { makeSanction } from "@tests/support/factories/compliance";
import { testDatabase } from "@tests/support/worker-database";
import { localDate } from "~/kernel/local-date";
import { listGates, readGatePage, readGateQuery } from "~/modules/compliance/gate-pages.queries.server";
import { listSanctions, readSanctionQuery } from "~/modules/compliance/sanction/sanction.queries.server";
import { settleGates } from "~/modules/compliance/settle-gates.server";
import { newId } from "~/platform/ids.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
const TODAY = localDate("2026-07-20");
let city: TestCity;
let unitId = "";
beforeAll(async () => {
  city = await makeCity(db);
  unitId = await makeUnit(db, city.regionId, `单位${newId()}`);
  await makeSanction(city, { unitId });
  await makeSanction(city, { unitId, rung: "rectify", state: "proposed" });
  await settleGates(db, { now: new Date("2026-07-20T01:00:00Z"), today: TODAY });
});

describe("the list of gates", () => {
  const listed = async (search: string) => {
    const finance = await city.as("financeReviewer");
    const query = readGateQuery(new URLSearchParams(search));
    return (await listGates(db, scopeFor(finance, "gate:read"), query, TODAY)).rows;
  };

  it("puts the closed ones first, and shows those that are asked for", async () => {
    const all = await listed("");
    expect(all.length).toBeGreaterThan(1);
    expect(all[0]).toMatchObject({ unitId, open: false, sinceOn: TODAY });
    expect((await listed("state=closed")).map((row) => row.unitId)).toEqual([unitId]);
    expect((await listed("state=open")).map((row) => row.unitId)).not.toContain(unitId);
    expect(await listed("state=exempted")).toEqual([]);
    expect((await listed(`unit=${unitId}`)).map((row) => row.unitId)).toEqual([unitId]);
  });
});

describe("the page of a gate", () => {
  it("shows a unit its own, without what nobody has confirmed; the region sees all, another unit nothing", async () => {
    const own = await readGatePage(db, await city.as("filer", unitId), unitId, TODAY);
    expect(own.sanctions.map(({ state }) => state)).toEqual(["standing"]);
    expect(own.changes.map(({ open, on }) => [open, on])).toEqual([[false, TODAY]]);
    const region = await readGatePage(db, await city.as("bureauReviewer"), unitId, TODAY);
    expect(region.sanctions.map(({ state }) => state)).toEqual(["proposed", "standing"]);
    await expect(readGatePage(db, await city.as("filer"), unitId, TODAY)).rejects.toMatchObject({ kind: "notFound" });
  });
});

describe("the list of sanctions", () => {
  it("hides from a unit what was only proposed, and answers what is asked", async () => {
    const states = async (actor: Parameters<typeof listSanctions>[1], search: string) =>
      (await listSanctions(db, actor, readSanctionQuery(new URLSearchParams(search)))).rows.map(({ state }) => state);
    expect(await states(await city.as("filer", unitId), "")).toEqual(["standing"]);
    const bureau = await city.as("bureauReviewer");
    expect(await states(bureau, `unit=${unitId}`)).toEqual(["proposed", "standing"]);
    expect(await states(bureau, `unit=${unitId}&rung=postpone`)).toEqual(["standing"]);
    expect(await states(bureau, `unit=${unitId}&state=lifted`)).toEqual([]);
  });
});
