import { and, asc, eq, inArray } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { auditEntries, domainEvents, messages, monthlyReports, monthlyReportVersions } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeProjectUnderWay } from "@tests/support/factories/progress";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import type { TypedReport } from "~/modules/progress/bulk/edit-reports.server";
import { readEntry } from "~/modules/progress/bulk/entry.queries.server";
import type { GridReply } from "~/modules/progress/bulk/entry.types";
import { saveReports } from "~/modules/progress/bulk/save-reports.server";
import { signReports } from "~/modules/progress/bulk/sign-reports.server";
import { openReports } from "~/modules/progress/duty/open-reports.server";
import { saveGrid, signGrid } from "~/modules/progress/pages/grid-actions.server";

const db = testDatabase();
const JUNE = period("2026-06");
let city: TestCity;
let filer: Actor;
let leader: Actor;
beforeAll(async () => {
  city = await makeCity(db);
  [filer, leader] = [await city.as("filer"), await city.as("unitLead")];
});

/** Reports of June of new projects, in the order of their projects. */
async function makeReports(count: number) {
  const ids: string[] = [];
  for (let made = 0; made < count; made++) {
    const project = await makeProjectUnderWay(city, {
      startedOn: "2026-06-01",
      plan: [{ plannedOn: "2026-06-30", cumulativePercent: 20 }],
    });
    await openReports(db, localDate("2026-07-10"), { projectId: project.id });
    ids.push(project.id);
  }
  return db
    .select()
    .from(monthlyReports)
    .where(and(inArray(monthlyReports.projectId, ids), eq(monthlyReports.period, JUNE)))
    .orderBy(asc(monthlyReports.projectId));
}
type Report = Awaited<ReturnType<typeof makeReports>>[number];
let reports: Report[];
let ids: string[];
beforeEach(async () => {
  reports = await makeReports(3);
  ids = reports.map(({ id }) => id);
});

const TYPED = {
  ...{ actualPercent: "18.5", doneThisMonth: "完成管网普查数据整理", nextMonth: "开发巡检模块" },
  ...{ problems: "", mattersToSettle: "" },
};
const typed = (report: Report, more: Partial<TypedReport["typed"]> = {}, event: "save" | "submit" = "save") => ({
  ...{ reportId: report.id, version: report.version, event },
  typed: { ...TYPED, ...more },
});
const current = () =>
  db.select().from(monthlyReports).where(inArray(monthlyReports.id, ids)).orderBy(asc(monthlyReports.projectId));
const states = async () => (await current()).map(({ state, version }) => `${state} ${version}`);
const codes = (result: { ok: boolean; refusals?: readonly { code: string }[] } | undefined) =>
  result?.ok ? ["ok"] : result?.refusals?.map(({ code }) => code);

describe("saving several reports", () => {
  it("keeps good rows and refuses each other one for itself", async () => {
    const [a, b, c] = reports as [Report, Report, Report];
    accepted(await saveReports(city.ctx(filer), [typed(c)]));
    const outcomes = accepted(
      await saveReports(city.ctx(filer), [
        typed(a, { actualPercent: "20" }),
        typed(b, { doneThisMonth: "" }, "submit"),
        typed(c, { actualPercent: "99" }),
      ]),
    );
    expect([a, b, c].map(({ id }) => codes(outcomes.get(id)))).toEqual([["ok"], ["doneMissing"], ["overtaken"]]);
    expect(await states()).toEqual(["draft 2", "open 1", "draft 2"]);
    expect(
      (await current()).map(({ actualPercent, plannedPercent, spentFen }) => [actualPercent, plannedPercent, spentFen]),
    ).toEqual([
      ["20.0000", "20.0000", 0],
      [null, null, null],
      ["18.5000", "20.0000", 0],
    ]);
  });

  it("writes audit and event for each, and asks the leader once", async () => {
    const before = await db.$count(messages, eq(messages.userId, leader.userId));
    accepted(
      await saveReports(
        city.ctx(filer),
        reports.map((report) => typed(report, {}, "submit")),
      ),
    );
    expect(await states()).toEqual(["awaitingSignature 2", "awaitingSignature 2", "awaitingSignature 2"]);
    expect(await db.$count(auditEntries, inArray(auditEntries.objectId, ids))).toBe(3);
    expect(
      await db.$count(
        domainEvents,
        and(inArray(domainEvents.subjectId, ids), eq(domainEvents.type, "reportSubmitted")),
      ),
    ).toBe(3);
    expect((await db.$count(messages, eq(messages.userId, leader.userId))) - before).toBe(1);
  });

  it("a double submit writes each once", async () => {
    const rows = reports.map((report) => typed(report, {}, "submit"));
    const clicks = await Promise.all(Array.from({ length: 5 }, () => saveReports(city.ctx(filer), rows)));
    const written = clicks.flatMap((click) => [...accepted(click).values()]).filter(({ ok }) => ok);
    expect(written).toHaveLength(3);
    expect(await states()).toEqual(["awaitingSignature 2", "awaitingSignature 2", "awaitingSignature 2"]);
  });

  it("another unit's report among them: 404, and nothing is written; the leader, who does not fill: 403", async () => {
    const stranger = await city.as("filer", city.otherUnitId);
    const rows = reports.map((report) => typed(report));
    await expect(saveReports(city.ctx(stranger), rows)).rejects.toMatchObject({ kind: "notFound" });
    await expect(saveReports(city.ctx(leader), rows)).rejects.toMatchObject({ kind: "forbidden" });
    expect(await states()).toEqual(["open 1", "open 1", "open 1"]);
  });
});

describe("signing several reports", () => {
  it("each is a submission of its own; who filled one does not sign it, a stale one is told", async () => {
    const [a, b, c] = reports as [Report, Report, Report];
    const both: Actor = { ...leader, roles: ["filer", "unitLead"] };
    accepted(await saveReports(city.ctx(filer), [typed(a, {}, "submit"), typed(c, {}, "submit")]));
    accepted(await saveReports(city.ctx(both), [typed(b, {}, "submit")]));
    const outcomes = await signReports(city.ctx(both), [
      { reportId: a.id, version: 2 },
      { reportId: b.id, version: 2 },
      { reportId: c.id, version: 1 },
    ]);
    expect([a, b, c].map(({ id }) => codes(outcomes.get(id)))).toEqual([
      ["ok"],
      ["otherPersonThanFiller"],
      ["overtaken"],
    ]);
    expect(await states()).toEqual(["signed 3", "awaitingSignature 2", "awaitingSignature 2"]);
    expect(await db.$count(monthlyReportVersions, inArray(monthlyReportVersions.reportId, ids))).toBe(1);
  });

  it("a double click signs each once", async () => {
    accepted(
      await saveReports(
        city.ctx(filer),
        reports.map((report) => typed(report, {}, "submit")),
      ),
    );
    const chosen = ids.map((reportId) => ({ reportId, version: 2 }));
    await Promise.all([signReports(city.ctx(leader), chosen), signReports(city.ctx(leader), chosen)]);
    expect(await db.$count(monthlyReportVersions, inArray(monthlyReportVersions.reportId, ids))).toBe(3);
  });

  it("another unit's leader gets 404, the filer 403, and nothing is signed", async () => {
    accepted(
      await saveReports(
        city.ctx(filer),
        reports.map((report) => typed(report, {}, "submit")),
      ),
    );
    const chosen = ids.map((reportId) => ({ reportId, version: 2 }));
    const stranger = await city.as("unitLead", city.otherUnitId);
    await expect(signReports(city.ctx(stranger), chosen)).rejects.toMatchObject({ kind: "notFound" });
    await expect(signReports(city.ctx(filer), chosen)).rejects.toMatchObject({ kind: "forbidden" });
    expect(await db.$count(monthlyReportVersions, inArray(monthlyReportVersions.reportId, ids))).toBe(0);
  });
});

describe("the grid", () => {
  const entry = (actor: Actor) => readEntry(db, actor, { period: JUNE, page: 1 }, localDate("2026-07-20"));
  const gridRows = async () => (await entry(filer)).rows.filter(({ id }) => ids.includes(id));
  /** The grid's form as it stands, with some cells typed over. */
  const formOf = async (
    intent: string,
    cells: Record<string, Record<string, string>>,
    chosen: readonly string[] = [],
  ) => {
    const form = new FormData();
    form.append("intent", intent);
    for (const [index, row] of (await gridRows()).entries()) {
      const { id, version, opened, values, projectName } = row;
      const fields = { reportId: id, version: String(version), opened, name: projectName, ...values, ...cells[id] };
      for (const [name, value] of Object.entries(fields)) form.append(`rows[${index}].${name}`, value);
    }
    for (const id of chosen) form.append("chosen", id);
    return form;
  };
  const back = (done: object) => Response.json(done);
  const replyOf = async (response: Response) => (await response.json()) as GridReply;

  it("shows fillers what is to be filled in, leaders only what waits for them", async () => {
    const [a] = reports as [Report];
    accepted(await saveReports(city.ctx(filer), [typed(a, {}, "submit")]));
    expect((await gridRows()).map(({ mayFill }) => mayFill).sort()).toEqual([false, true, true]);
    const waiting = (await entry(leader)).rows.filter(({ id }) => ids.includes(id));
    expect(waiting.map(({ id, maySign }) => [id, maySign])).toEqual([[a.id, true]]);
    const stranger = await city.as("filer", city.otherUnitId);
    expect((await entry(stranger)).rows).toEqual([]);
  });

  it("writes only the rows that were touched", async () => {
    const [a, b] = reports as [Report, Report];
    const form = await formOf("save", { [a.id]: { actualPercent: "15" }, [b.id]: { problems: "接口未定" } });
    expect(await (await saveGrid(city.ctx(filer), form, "save", back)).json()).toMatchObject({ saved: 2 });
    expect(await states()).toEqual(["draft 2", "draft 2", "open 1"]);
    const untouched = await replyOf(await saveGrid(city.ctx(filer), await formOf("save", {}), "save", back));
    expect(untouched.errors).toHaveLength(1);
  });

  it("a bad row keeps what was typed, the others are saved; what another saved meanwhile is told", async () => {
    const [a, b, c] = reports as [Report, Report, Report];
    const form = await formOf("save", {
      [a.id]: { actualPercent: "150" },
      [b.id]: { actualPercent: "16" },
      [c.id]: { actualPercent: "17" },
    });
    accepted(await saveReports(city.ctx(filer), [typed(c)]));
    const response = await saveGrid(city.ctx(filer), form, "save", back);
    expect(response.status).toBe(422);
    const { done, refused } = await replyOf(response);
    expect(done).toMatchObject({ saved: 1 });
    expect(refused[a.id]).toMatchObject({ typed: { actualPercent: "150" }, isOvertaken: false });
    expect(refused[a.id]?.errors["actualPercent"]).toHaveLength(1);
    expect(refused[c.id]).toMatchObject({ typed: { actualPercent: "17" }, isOvertaken: true });
    expect((await current()).map(({ actualPercent }) => actualPercent)).toEqual([null, "16.0000", "18.5000"]);
  });

  it("submits the ticked rows and keeps the others that were touched as drafts", async () => {
    const [a, b] = reports as [Report, Report];
    const form = await formOf("submit", { [a.id]: { ...TYPED }, [b.id]: { ...TYPED } }, [a.id]);
    expect(await (await saveGrid(city.ctx(filer), form, "submit", back)).json()).toMatchObject({
      submitted: 1,
      saved: 1,
    });
    expect(await states()).toEqual(["awaitingSignature 2", "draft 2", "open 1"]);
    const signing = await formOf("sign", {}, [a.id]);
    expect(await (await signGrid(city.ctx(leader), signing, back)).json()).toMatchObject({ signed: 1 });
  });

  it("submitting without a tick says so", async () => {
    const reply = await replyOf(await saveGrid(city.ctx(filer), await formOf("submit", {}), "submit", back));
    expect(reply.errors[0]?.message).toContain("请先勾选");
  });

  it.each([
    ["reading", async (some: Report[]) => void (await entryOf(some))],
    [
      "saving",
      async (some: Report[]) =>
        void (await saveReports(
          city.ctx(filer),
          some.map((report) => typed(report)),
        )),
    ],
    [
      "submitting",
      async (some: Report[]) =>
        void (await saveReports(
          city.ctx(filer),
          some.map((r) => typed(r, {}, "submit")),
        )),
    ],
  ])("%s many reports takes as many statements as one", async (_name, act) => {
    const many = await makeReports(8);
    const [one, ...rest] = many as [Report, ...Report[]];
    const forMany = await statementsOf(() => act(rest));
    expect(forMany).toBeGreaterThan(0);
    expect(forMany).toBe(await statementsOf(() => act([one])));
  });

  /** The grid of a unit that has these reports only. */
  async function entryOf(some: readonly Report[]) {
    await db.update(monthlyReports).set({ state: "signed" }).where(eq(monthlyReports.regionId, city.regionId));
    await db
      .update(monthlyReports)
      .set({ state: "open" })
      .where(
        inArray(
          monthlyReports.id,
          some.map(({ id }) => id),
        ),
      );
    const { rows } = await entry(filer);
    expect(rows).toHaveLength(some.length);
  }
});

/** Statements that a piece of work sends to the database. */
async function statementsOf(work: () => Promise<void>): Promise<number> {
  const session = (db as unknown as { session: { constructor: { prototype: { prepareQuery: () => unknown } } } })
    .session;
  const prepared = vi.spyOn(session.constructor.prototype, "prepareQuery");
  try {
    await work();
    return prepared.mock.calls.length;
  } finally {
    prepared.mockRestore();
  }
}
