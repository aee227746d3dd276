import { and, asc, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import {
  auditEntries,
  domainEvents,
  messages,
  milestones,
  monthlyReports,
  monthlyReportVersions,
  outbox,
  payments,
  projects,
} from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeProjectUnderWay, type TestProject } from "@tests/support/factories/progress";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import { declineReport } from "~/modules/progress/report/decline-report.server";
import { openReports } from "~/modules/progress/duty/open-reports.server";
import { refreshLights } from "~/modules/progress/light/refresh-lights.server";
import { readReport } from "~/modules/progress/report/report.queries.server";
import type { ReportContent } from "~/modules/progress/report/report.rules";
import { saveReport } from "~/modules/progress/report/save-report.server";
import { signReport } from "~/modules/progress/report/sign-report.server";
import { submitReport } from "~/modules/progress/report/submit-report.server";
import { newId } from "~/platform/ids.server";

const db = testDatabase();
const JUNE = period("2026-06");
let city: TestCity;
let filer: Actor;
let leader: Actor;
let project: TestProject;

beforeAll(async () => {
  city = await makeCity(db);
  filer = await city.as("filer");
  leader = await city.as("unitLead");
});
beforeEach(async () => {
  project = await makeProjectUnderWay(city, {
    startedOn: "2026-06-01",
    plan: [
      { plannedOn: "2026-06-30", cumulativePercent: 20 },
      { plannedOn: "2026-12-31", cumulativePercent: 100 },
    ],
  });
  await openReports(db, localDate("2026-07-10"), { projectId: project.id });
});

const content = (more: Partial<ReportContent> = {}): ReportContent => ({
  actualPercent: "18.5",
  doneThisMonth: "完成管网普查数据整理",
  nextMonth: "开发巡检模块",
  problems: "",
  mattersToSettle: "",
  claims: [],
  ...more,
});
const ref = (version: number, month = JUNE) => ({ projectId: project.id, period: month, version });
const load = async (month = JUNE) => {
  const [row] = await db
    .select()
    .from(monthlyReports)
    .where(and(eq(monthlyReports.projectId, project.id), eq(monthlyReports.period, month)));
  return row ?? expect.fail("no report");
};
/** Submits and signs the report of a month on a day. */
async function report(day: string, more: Partial<ReportContent> = {}, month = JUNE) {
  const { version } = await load(month);
  const submitted = await submitReport(city.ctx(filer, day), ref(version, month), content(more));
  if (!submitted.ok) return submitted;
  return signReport(city.ctx(leader, day), ref(submitted.value.version, month));
}
const statusOn = async (day: string, month = JUNE) =>
  (await readReport(db, filer, project.id, month, localDate(day))).status;

describe("saving and submitting", () => {
  it("keeps an incomplete draft, with the plan's and finance's figures", async () => {
    await db.insert(payments).values(
      [
        { paidOn: "2026-05-20", amount: 1_000, confirmedAt: new Date() },
        { paidOn: "2026-06-30", amount: 200, confirmedAt: new Date() },
        { paidOn: "2026-06-15", amount: 40, confirmedAt: null },
        { paidOn: "2026-07-01", amount: 7, confirmedAt: new Date() },
      ].map(({ paidOn, amount, confirmedAt }) => ({
        id: newId(),
        projectId: project.id,
        regionId: city.regionId,
        amountFen: fen(amount),
        paidOn: localDate(paidOn),
        voucher: newId(),
        enteredBy: "test",
        enteredAt: new Date(),
        state: confirmedAt ? ("confirmed" as const) : ("entered" as const),
        confirmedAt,
      })),
    );
    const saved = await saveReport(city.ctx(filer), ref(1), content({ doneThisMonth: "", nextMonth: "" }));
    expect(saved).toEqual({ ok: true, value: { version: 2 } });
    expect(await load()).toMatchObject({
      state: "draft",
      plannedPercent: "20.0000",
      actualPercent: "18.5000",
      spentFen: 200,
      spentTotalFen: 1_200,
      filledBy: filer.userId,
      firstSubmittedAt: null,
    });
  });

  it("an incomplete report is not handed in, and nothing is written", async () => {
    const result = await submitReport(city.ctx(filer), ref(1), content({ doneThisMonth: "", nextMonth: "" }));
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "doneMissing" }, { code: "nextMissing" }] });
    expect(await load()).toMatchObject({ state: "open", version: 1 });
  });

  it("handing in writes audit, event and outbox, and asks the unit's leader", async () => {
    const { id } = await load();
    await submitReport(city.ctx(filer), ref(1), content());
    const rows = await Promise.all([
      db.$count(auditEntries, eq(auditEntries.objectId, id)),
      db.$count(domainEvents, eq(domainEvents.subjectId, id)),
      db.$count(outbox, eq(outbox.subjectId, id)),
      db.$count(
        messages,
        and(eq(messages.userId, leader.userId), eq(messages.href, `/projects/${project.id}/reports/2026-06`)),
      ),
    ]);
    expect(rows).toEqual([1, 1, 1, 1]);
  });

  it("while it waits for the signature it cannot be changed", async () => {
    await submitReport(city.ctx(filer), ref(1), content());
    const result = await saveReport(city.ctx(filer), ref(2), content());
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "notInThisState" }] });
  });

  it.each([
    ["another unit's filer gets 404", () => city.as("filer", city.otherUnitId), "notFound"],
    ["the leader, who does not fill, gets 403", () => city.as("unitLead"), "forbidden"],
    ["the bureau, which sees but does not fill, gets 403", () => city.as("bureauReviewer"), "forbidden"],
  ])("%s", async (_name, who, kind) => {
    await expect(saveReport(city.ctx(await who()), ref(1), content())).rejects.toMatchObject({ kind });
  });

  it("a month that nobody owes is 404", async () => {
    await expect(saveReport(city.ctx(filer), ref(1, period("2025-01")), content())).rejects.toMatchObject({
      kind: "notFound",
    });
  });

  it("a stale page is a conflict and writes nothing", async () => {
    await saveReport(city.ctx(filer), ref(1), content());
    const stale = saveReport(city.ctx(filer), ref(1), content({ actualPercent: "99" }));
    await expect(stale).rejects.toMatchObject({ kind: "conflict" });
    expect(await load()).toMatchObject({ actualPercent: "18.5000", version: 2 });
  });
});

describe("signing", () => {
  it("who filled it may not sign, whatever else he is", async () => {
    const both: Actor = { ...filer, roles: ["filer", "unitLead"] };
    await submitReport(city.ctx(both), ref(1), content());
    const result = await signReport(city.ctx(both), ref(2));
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "otherPersonThanFiller" }] });
    expect(await load()).toMatchObject({ state: "awaitingSignature", firstSubmittedAt: null });
  });

  it("another unit's leader gets 404, the filer 403", async () => {
    await submitReport(city.ctx(filer), ref(1), content());
    const stranger = await city.as("unitLead", city.otherUnitId);
    await expect(signReport(city.ctx(stranger), ref(2))).rejects.toMatchObject({ kind: "notFound" });
    await expect(signReport(city.ctx(filer), ref(2))).rejects.toMatchObject({ kind: "forbidden" });
  });

  it("ten clicks make one version and one event", async () => {
    await submitReport(city.ctx(filer), ref(1), content());
    const { id } = await load();
    const clicks = await Promise.allSettled(Array.from({ length: 10 }, () => signReport(city.ctx(leader), ref(2))));
    expect(clicks.filter((click) => click.status === "fulfilled" && click.value.ok)).toHaveLength(1);
    expect(await db.$count(monthlyReportVersions, eq(monthlyReportVersions.reportId, id))).toBe(1);
    expect(
      await db.$count(domainEvents, and(eq(domainEvents.subjectId, id), eq(domainEvents.type, "reportSigned"))),
    ).toBe(1);
  });

  it("declining needs a reason, tells the filler, and the report can be handed in again", async () => {
    await submitReport(city.ctx(filer), ref(1), content());
    const silent = await declineReport(city.ctx(leader), { ...ref(2), reason: "  " });
    expect(silent).toMatchObject({ ok: false, refusals: [{ code: "reasonGiven" }] });
    await declineReport(city.ctx(leader), { ...ref(2), reason: "进度与监理月报不一致" });
    expect(await load()).toMatchObject({ state: "draft", firstSubmittedAt: null, version: 3 });
    expect(await db.$count(messages, eq(messages.userId, filer.userId))).toBeGreaterThan(0);
    expect((await report("2026-07-10")).ok).toBe(true);
  });
});

describe("on time, late, missing", () => {
  it("follow from the clock alone", async () => {
    expect(await statusOn("2026-07-15")).toBe("notDue");
    expect(await statusOn("2026-07-16")).toBe("missing");
  });
  it("signed on the due day is on time, for ever", async () => {
    await report("2026-07-15");
    expect([await statusOn("2026-07-15"), await statusOn("2027-01-01")]).toEqual(["onTime", "onTime"]);
  });
  it("handed in on the due day but signed the day after is late", async () => {
    await submitReport(city.ctx(filer, "2026-07-15"), ref(1), content());
    await signReport(city.ctx(leader, "2026-07-16"), ref(2));
    expect([await statusOn("2026-07-15"), await statusOn("2026-07-16")]).toEqual(["notDue", "late"]);
  });
  it("a correction is a further version and keeps the first time", async () => {
    await report("2026-07-10");
    const { firstSubmittedAt, id } = await load();
    expect((await report("2026-08-20", { actualPercent: "19" })).ok).toBe(true);
    expect(await load()).toMatchObject({ firstSubmittedAt, actualPercent: "19.0000", state: "signed" });
    expect(await statusOn("2026-08-20")).toBe("onTime");
    const versions = await db
      .select()
      .from(monthlyReportVersions)
      .where(eq(monthlyReportVersions.reportId, id))
      .orderBy(asc(monthlyReportVersions.number));
    expect(versions.map(({ number, content: c }) => [number, (c as ReportContent).actualPercent])).toEqual([
      [1, "18.5000"],
      [2, "19.0000"],
    ]);
  });
});

describe("milestones", () => {
  const proof = (milestoneId: string, on = "2026-06-28") => ({
    milestoneId,
    completedOn: localDate(on),
    evidence: "需求评审会议纪要",
  });
  const completed = async () =>
    (
      await db
        .select({ on: milestones.completedOn })
        .from(milestones)
        .where(eq(milestones.projectId, project.id))
        .orderBy(asc(milestones.position))
    ).map(({ on }) => on);

  it("count as reached only once the leader has signed", async () => {
    const [first = ""] = project.milestoneIds;
    await submitReport(city.ctx(filer), ref(1), content({ claims: [proof(first)] }));
    expect(await completed()).toEqual([null, null]);
    await signReport(city.ctx(leader), ref(2));
    expect(await completed()).toEqual(["2026-06-28", null]);
  });

  it("a correction may move the proof to another milestone", async () => {
    const [first = "", second = ""] = project.milestoneIds;
    await report("2026-07-10", { claims: [proof(first)] });
    await report("2026-07-14", { claims: [proof(second, "2026-07-01")] });
    expect(await completed()).toEqual([null, "2026-07-01"]);
  });

  it("another month cannot prove what is proven", async () => {
    const [first = ""] = project.milestoneIds;
    await report("2026-07-10", { claims: [proof(first)] });
    const again = await report("2026-07-20", { claims: [proof(first, "2026-07-02")] }, period("2026-07"));
    expect(again).toMatchObject({ ok: false, refusals: [{ code: "claimUnknown" }] });
  });

  it("when two months claim it, the first signature stands", async () => {
    const [first = ""] = project.milestoneIds;
    const july = period("2026-07");
    await submitReport(city.ctx(filer), ref(1), content({ claims: [proof(first)] }));
    await submitReport(city.ctx(filer), ref(1, july), content({ claims: [proof(first, "2026-07-02")] }));
    await signReport(city.ctx(leader), ref(2));
    await signReport(city.ctx(leader), ref(2, july));
    expect(await completed()).toEqual(["2026-06-28", null]);
  });

  it("of another project is refused", async () => {
    const other = await makeProjectUnderWay(city, {
      startedOn: "2026-06-01",
      plan: [{ plannedOn: "2026-12-31", cumulativePercent: 100 }],
    });
    const result = await saveReport(city.ctx(filer), ref(1), content({ claims: [proof(other.milestoneIds[0] ?? "")] }));
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "claimUnknown" }] });
  });
});

describe("lights", () => {
  const lightOf = async () => {
    const [row] = await db.select().from(projects).where(eq(projects.id, project.id));
    return row ?? expect.fail("no project");
  };

  it.each([
    ["on plan", "20", "green"],
    ["10 points behind", "10", "yellow"],
    ["19.99 points behind", "0.01", "yellow"],
    ["20 points behind", "0", "red"],
  ])("%s: %s percent is %s, on the report and on the project", async (_name, actualPercent, light) => {
    const [first = ""] = project.milestoneIds;
    const claims = [{ milestoneId: first, completedOn: localDate("2026-06-30"), evidence: "需求评审会议纪要" }];
    await report("2026-07-10", { actualPercent, claims });
    expect((await load()).light).toBe(light);
    expect(await lightOf()).toMatchObject({ light, plannedPercent: "20.0000", lightAsOf: "2026-07-10", version: 1 });
  });

  it("a month of red made up by a correction becomes yellow, and stays yellow however often it is corrected", async () => {
    const [first = ""] = project.milestoneIds;
    const claims = [{ milestoneId: first, completedOn: localDate("2026-06-30"), evidence: "需求评审会议纪要" }];
    await report("2026-07-10", { actualPercent: "0", claims });
    for (const day of ["2026-07-13", "2026-07-14"]) {
      await report(day, { actualPercent: "20", claims });
      expect((await load()).lightReasons).toEqual([{ code: "madeUpAfterRed", facts: {} }]);
      expect((await lightOf()).light).toBe("yellow");
    }
    await report("2026-08-10", { actualPercent: "33.5", claims: [] }, period("2026-07"));
    expect([(await load(period("2026-07"))).light, (await lightOf()).light]).toEqual(["green", "green"]);
  });

  it("while a correction is being written, what was signed counts", async () => {
    await report("2026-07-10", { actualPercent: "18" });
    const { version } = await load();
    await saveReport(city.ctx(filer), ref(version), content({ actualPercent: "1" }));
    await report("2026-07-13", { actualPercent: "2" }, period("2026-07"));
    expect((await lightOf()).actualPercent).toBe("2.0000");
    await db
      .update(monthlyReports)
      .set({ firstSubmittedAt: null, state: "open" })
      .where(and(eq(monthlyReports.projectId, project.id), eq(monthlyReports.period, period("2026-07"))));
    await refreshLights(db, localDate("2026-07-14"), { projectId: project.id });
    expect((await lightOf()).actualPercent).toBe("18.0000");
  });

  it("two missing reports turn the project red on the day after the second due day", async () => {
    await db
      .update(milestones)
      .set({ completedOn: localDate("2026-06-30") })
      .where(eq(milestones.projectId, project.id));
    await db.update(milestones).set({ cumulativePercent: 0 }).where(eq(milestones.projectId, project.id));
    await refreshLights(db, localDate("2026-08-17"), { projectId: project.id });
    expect((await lightOf()).light).toBe("green");
    await refreshLights(db, localDate("2026-08-18"), { projectId: project.id });
    expect(await lightOf()).toMatchObject({ light: "red", lightReasons: [{ code: "reportsMissing" }] });
    await report("2026-08-18", { actualPercent: "0" });
    expect((await lightOf()).light).toBe("yellow");
  });
});
