import { beforeEach, describe, expect, it } from "vitest";

import { makeCity, type TestCity } from "@tests/support/factories";
import {
  itemMaker,
  makeSupervisionPeople,
  runDaily,
  TODAY,
  type SupervisionPeople,
} from "@tests/support/factories/supervision";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { exportRegister } from "~/modules/supervision/register/export-register.server";
import { readRegisterQuery } from "~/modules/supervision/register/register-query.server";
import { readRegister, registerYears } from "~/modules/supervision/register/register.queries.server";
import { readStatistics, readStatisticsQuery } from "~/modules/supervision/statistics/statistics.queries.server";
import { urgeItems } from "~/modules/supervision/urge-items.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
let city: TestCity;
let people: SupervisionPeople;
let makeItem: ReturnType<typeof itemMaker>;

beforeEach(async () => {
  city = await makeCity(db);
  people = await makeSupervisionPeople(city);
  makeItem = itemMaker(city);
});

const read = (actor: Actor, question = "", today = TODAY) =>
  readRegister(db, scopeFor(actor, "supervision:read"), readRegisterQuery(new URLSearchParams(question)), today);

describe("the register", () => {
  it("shows a unit its own, with colour, slips, urging and what is left", async () => {
    const id = await makeItem("2026-07-17");
    await makeItem("2026-07-17", null, { unitId: city.otherUnitId });
    await runDaily(city, people.bureau, "2026-07-20");
    await urgeItems(city.ctx(people.bureau), [id]);
    const { items, ...figures } = await read(people.filer);
    expect(figures).toEqual({ total: 1, open: 1, overdue: 1 });
    expect(items).toMatchObject([
      { id, colour: "orange", slips: 2, urgedOn: "2026-07-20", remainingWorkdays: -1, closedOn: null },
    ]);
    expect((await read(people.bureau)).total).toBe(2);
  });

  it("colours by the day, over a weekend too", async () => {
    await makeItem("2026-08-10");
    const colourOn = async (day: string) => (await read(people.filer, "", localDate(day))).items[0];
    expect((await colourOn("2026-08-04"))?.colour).toBe("none");
    expect((await colourOn("2026-08-05"))?.colour).toBe("blue");
    expect(await colourOn("2026-08-11")).toMatchObject({ colour: "orange", remainingWorkdays: -1 });
    expect((await colourOn("2026-08-25"))?.colour).toBe("red");
  });

  it("counts and pages over all rows, also when it asks for a colour", async () => {
    for (let made = 0; made < 53; made++) await makeItem(made < 52 ? "2026-06-01" : "2026-12-01");
    const first = await read(people.bureau, "colour=red");
    expect([first.items.length, first.total, first.overdue]).toEqual([50, 52, 52]);
    const second = await read(people.bureau, "colour=red&page=2");
    expect([second.items.length, second.total]).toEqual([2, 52]);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(52);
    expect((await read(people.bureau, "page=9")).total).toBe(53);
  });

  it("is asked by words, number, state, origin, unit, standing, year and months; nonsense is ignored", async () => {
    await makeItem("2026-07-31", null, { title: "补报月报并说明原因", origin: "bulletin" });
    await makeItem("2026-07-10", "2026-07-10", { title: "数据归集" });
    await makeItem("2026-07-10", "2026-07-11", { unitId: city.otherUnitId });
    await makeItem("2026-07-10", null, { registeredOn: localDate("2025-11-03"), state: "urged" });
    const titles = async (question: string) => (await read(people.bureau, question)).total;
    expect(await titles("q=月报")).toBe(1);
    expect(await titles(`q=${encodeURIComponent("〔2026〕2号")}`)).toBe(1);
    expect(await titles("q=%25")).toBe(0);
    expect(await titles("state=urged")).toBe(1);
    expect(await titles("origin=bulletin")).toBe(1);
    expect(await titles(`unit=${city.otherUnitId}`)).toBe(1);
    expect(await Promise.all(["open", "overdue", "inTime", "late"].map((each) => titles(`standing=${each}`)))).toEqual([
      2, 1, 1, 1,
    ]);
    expect([await titles("year=2025"), await titles("year=2026")]).toEqual([1, 3]);
    expect([await titles("from=2026-03&to=2026-03"), await titles("to=2025-12")]).toEqual([3, 1]);
    expect(await titles("state=x&colour=x&origin=x&standing=x&year=x&from=x&page=-1")).toBe(4);
    expect(await registerYears(db, scopeFor(people.bureau, "supervision:read"))).toEqual([2026, 2025]);
  });

  it("goes out as a sheet under its question", async () => {
    await makeItem("2026-07-31");
    const { name, bytes } = await exportRegister(city.ctx(people.filer), readRegisterQuery(new URLSearchParams()));
    expect([name, Buffer.from(bytes.subarray(0, 2)).toString()]).toEqual(["督办台账 2026-07-20.xlsx", "PK"]);
  });
});

describe("statistics", () => {
  const figures = (actor: Actor, question: string) =>
    readStatistics(
      db,
      scopeFor(actor, "supervision:read"),
      readStatisticsQuery(new URLSearchParams(question), TODAY),
      TODAY,
    );

  it("counts by unit and origin what the register opens to, and adds up", async () => {
    await makeItem("2026-07-10", "2026-07-10", { registeredOn: localDate("2026-07-01"), origin: "bulletin" });
    await makeItem("2026-07-10", "2026-07-13", { registeredOn: localDate("2026-07-01") });
    await makeItem("2026-06-30", null, { registeredOn: localDate("2026-06-01") });
    await makeItem("2026-07-31", null, { unitId: city.otherUnitId, registeredOn: localDate("2026-07-01") });
    await makeItem("2026-01-31", null, { registeredOn: localDate("2025-12-01"), state: "replied" });
    await runDaily(city, people.bureau, "2026-07-20");
    const { units, origins, all } = await figures(people.bureau, "");
    expect(all).toEqual({
      ...{ registered: 4, inTime: 1, late: 1, open: 2, overdue: 1, daysToClose: 9 + 12 },
      ...{ blue: 1, orange: 1, red: 1, talks: 0 },
    });
    expect(units.map(({ name, registered, red }) => [name, registered, red])).toEqual(
      expect.arrayContaining([
        ["市自然资源局", 3, 1],
        ["市水利局", 1, 0],
      ]),
    );
    expect(origins.map(({ origin, registered, talks }) => [origin, registered, talks])).toEqual([
      ["bulletin", 1, null],
      ["manual", 3, null],
    ]);
    for (const standing of ["open", "overdue", "inTime", "late"] as const) {
      const rows = await read(people.bureau, `standing=${standing}&from=2026-01&to=2026-07`);
      expect([standing, rows.total]).toEqual([standing, all[standing]]);
    }
  });

  it("is narrowed to months, turned when they stand the wrong way, and to one's own unit", async () => {
    await makeItem("2026-07-31", null, { registeredOn: localDate("2026-07-01") });
    await makeItem("2026-07-31", null, { unitId: city.otherUnitId, registeredOn: localDate("2026-06-01") });
    expect((await figures(people.bureau, "from=2026-07&to=2026-06")).all.registered).toBe(2);
    expect((await figures(people.bureau, "from=2026-07&to=2026-07")).all.registered).toBe(1);
    expect((await figures(people.filer, "")).all.registered).toBe(1);
    expect(readStatisticsQuery(new URLSearchParams("to=2026-03"), TODAY)).toMatchObject({
      from: "2025-04",
      to: "2026-03",
    });
  });
});
