import { beforeAll, describe, expect, it } from "vitest";

import { yearSplits } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import {
  arrivalOf,
  contractOf,
  makePurses,
  makeSpending,
  paymentOf,
  type Purses,
} from "@tests/support/factories/execution";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import { confirmEntry } from "~/modules/funding/execution/confirm-entry.server";
import { enterEntry } from "~/modules/funding/execution/enter-entry.server";
import { listContracts, readEntry, waitingEntries } from "~/modules/funding/execution/entries.queries.server";
import { executionOfYear } from "~/modules/funding/execution/execution.queries.server";
import { exportExecution } from "~/modules/funding/execution/export-execution.server";
import { returnEntry } from "~/modules/funding/execution/return-entry.server";
import { scopeFor } from "~/policy";

const db = testDatabase();
const TODAY = localDate("2026-07-20");
let city: TestCity;
let purses: Purses;
beforeAll(async () => {
  city = await makeCity(db);
  purses = await makePurses(city);
});
const filer = () => city.ctx(purses.filer);
const finance = () => city.ctx(purses.finance);
const question = { year: 2026, unit: undefined, light: undefined };
const rowsFor = (actor: Purses["finance"], more: Partial<typeof question> = {}) =>
  executionOfYear(db, scopeFor(actor, "funding:read"), { ...question, ...more }, TODAY);

/** Approved with 800 of 1,000 declared, of which 500 are this year's; 400 arrived, 100 paid in all, 60 of it this year. */
async function spent(): Promise<string> {
  const projectId = await makeSpending(city, {
    declaredFen: fen(100_000),
    approvedFen: fen(80_000),
    approvedOn: localDate("2025-02-03"),
  });
  await db.insert(yearSplits).values([
    { projectId, year: 2025, regionId: city.regionId, amountFen: fen(50_000) },
    { projectId, year: 2026, regionId: city.regionId, amountFen: fen(50_000) },
  ]);
  const contract = accepted(
    await enterEntry(
      filer(),
      projectId,
      contractOf(70_000, { signedOn: localDate("2025-03-03"), operatorUnitId: city.operatorUnitId }),
    ),
  );
  accepted(await confirmEntry(finance(), { kind: "contract", entryId: contract.id, version: 1 }));
  const arrival = accepted(await enterEntry(finance(), projectId, arrivalOf(40_000)));
  accepted(await confirmEntry(filer(), { kind: "arrival", entryId: arrival.id, version: 1 }));
  for (const [amount, on] of [
    [4_000, "2025-12-31"],
    [6_000, "2026-01-01"],
  ] as const) {
    const { id } = accepted(
      await enterEntry(filer(), projectId, paymentOf(contract.id, amount, { paidOn: localDate(on) })),
    );
    accepted(await confirmEntry(finance(), { kind: "payment", entryId: id, version: 1 }));
  }
  accepted(await enterEntry(filer(), projectId, paymentOf(contract.id, 9_000)));
  return projectId;
}

describe("the execution of a year", () => {
  it("sums what is confirmed, reduces the year's budget as the approval did, and says what is alarming", async () => {
    const id = await spent();
    const row = (await rowsFor(purses.finance)).find((each) => each.id === id);
    expect(row).toMatchObject({
      approvedFen: 80_000,
      yearBudgetFen: 40_000,
      arrivedFen: 40_000,
      contractedFen: 70_000,
      paidFen: 10_000,
      yearPaidFen: 6_000,
      light: "red",
      // 15 % of the budget when half of the year has ended
      alarms: [{ code: "lagRed", facts: { points: "35.00", limit: "20", rate: "15.00", time: "50.00" } }],
    });
    const before = (await rowsFor(purses.finance, { year: 2025 })).find((each) => each.id === id);
    expect(before).toMatchObject({ yearBudgetFen: 40_000, yearPaidFen: 4_000, arrivedFen: 0, paidFen: 4_000 });
    expect((await rowsFor(purses.finance, { light: "red" as never })).map((each) => each.id)).toContain(id);
    expect((await rowsFor(purses.finance, { light: "green" as never })).map((each) => each.id)).not.toContain(id);
  });

  it("money that arrived and lies idle longer than the figure is an alarm", async () => {
    const id = await makeSpending(city);
    const arrival = accepted(await enterEntry(finance(), id, arrivalOf(1_000, { arrivedOn: localDate("2026-04-20") })));
    accepted(await confirmEntry(filer(), { kind: "arrival", entryId: arrival.id, version: 1 }));
    const row = (await rowsFor(purses.finance)).find((each) => each.id === id);
    expect(row).toMatchObject({ light: "yellow", alarms: [{ code: "idle", facts: { days: 91, limit: 90 } }] });
  });

  it("shows a unit its own, and nothing of another region; goes out as a sheet", async () => {
    const other = await city.as("filer", city.otherUnitId);
    expect(await rowsFor(other)).toEqual([]);
    const elsewhere = await makeCity(db);
    expect(await rowsFor(await elsewhere.as("financeReviewer"))).toEqual([]);
    const sheet = await exportExecution(finance(), { ...question, page: 1 });
    expect(sheet.name).toBe("2026年资金执行 2026-07-20.xlsx");
    expect(sheet.bytes.length).toBeGreaterThan(1_000);
  });
});

describe("what waits for somebody", () => {
  it("is what others entered, and what came back to his side", async () => {
    const fresh = await makeCity(db);
    const people = await makePurses(fresh);
    const [owner, first, second] = [people.filer, people.finance, people.finance2].map((actor) => fresh.ctx(actor));
    if (!owner || !first || !second) throw new Error("no people");
    const projectId = await makeSpending(fresh);
    const contract = accepted(await enterEntry(owner, projectId, contractOf(1_000)));
    const arrival = accepted(await enterEntry(first, projectId, arrivalOf(1_000)));
    const waitingFor = async (actor: Purses["filer"]) =>
      (await waitingEntries(db, actor)).map(({ kind }) => kind).sort();
    expect(await waitingFor(people.finance)).toEqual(["contract"]);
    expect(await waitingFor(people.finance2)).toEqual(["arrival", "contract"]);
    expect(await waitingFor(people.filer)).toEqual(["arrival"]);
    accepted(await returnEntry(second, { kind: "contract", entryId: contract.id, version: 1, reason: "缺扫描件" }));
    accepted(await confirmEntry(owner, { kind: "arrival", entryId: arrival.id, version: 1 }));
    expect(await waitingFor(people.filer)).toEqual(["contract"]);
    expect(await waitingFor(people.finance)).toEqual([]);
    expect(await waitingFor(await fresh.as("filer", fresh.otherUnitId))).toEqual([]);
  });
});

describe("contracts", () => {
  it("an operator sees those it operates, another unit none; an entry of another unit is not found", async () => {
    const id = await spent();
    const operator = await city.as("operator");
    const { rows, total } = await listContracts(db, operator, 1);
    expect(total).toBe(rows.length);
    expect(rows.map(({ projectId }) => projectId)).toContain(id);
    expect(rows.find(({ projectId }) => projectId === id)).toMatchObject({ amountFen: 70_000, paid: "10000" });
    const other = await city.as("filer", city.otherUnitId);
    expect(await listContracts(db, other, 1)).toMatchObject({ rows: [], total: 0 });
    const contractId = rows.find(({ projectId }) => projectId === id)?.id ?? "";
    expect((await readEntry(db, purses.filer, "contract", contractId)).operatorName).toBe("市数字政府运营中心");
    await expect(readEntry(db, other, "contract", contractId)).rejects.toMatchObject({ kind: "notFound" });
    await expect(readEntry(db, operator, "contract", contractId)).rejects.toMatchObject({ kind: "notFound" });
  });
});
