import { and, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import { domainEvents, monthlyReports, outbox, reportExplanations } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeProjectUnderWay, type TestProject } from "@tests/support/factories/progress";
import { accepted } from "@tests/support/factories/projects";
import { makeSystem } from "@tests/support/factories/systems";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import { openReports } from "~/modules/progress/duty/open-reports.server";
import { ruleOf } from "~/modules/progress/light/light-rule";
import { explainReport } from "~/modules/progress/report/explain-report.server";
import { readReport } from "~/modules/progress/report/report.queries.server";
import { signReport } from "~/modules/progress/report/sign-report.server";
import { submitReport } from "~/modules/progress/report/submit-report.server";

const db = testDatabase();
const JUNE = period("2026-06");
const ON_DUE_DAY = "2026-07-15";
const DAY_AFTER = "2026-07-16";
let city: TestCity;
let filer: Actor;
let leader: Actor;
let project: TestProject;
beforeAll(async () => {
  city = await makeCity(db);
  [filer, leader] = [await city.as("filer"), await city.as("unitLead")];
});
beforeEach(async () => {
  project = await makeProjectUnderWay(city, {
    startedOn: "2026-06-01",
    plan: [{ plannedOn: "2026-06-30", cumulativePercent: 20 }],
  });
  await openReports(db, localDate("2026-07-10"), { projectId: project.id });
});

const place = () => ({ projectId: project.id, period: JUNE });
const explain = (actor: Actor, on: string, about: "late" | "missing" | "light", text = "签批人外出参加培训") =>
  explainReport(city.ctx(actor, on), place(), { about, text });
const read = (on: string) => readReport(db, filer, project.id, JUNE, localDate(on));
async function report(on: string, actualPercent: string) {
  const content = {
    ...{ actualPercent, doneThisMonth: "完成管网普查", nextMonth: "开发巡检模块" },
    ...{ problems: "", mattersToSettle: "", claims: [] },
  };
  const { version } = accepted(await submitReport(city.ctx(filer, on), { ...place(), version: 1 }, content));
  accepted(await signReport(city.ctx(leader, on), { ...place(), version }));
}

describe("explaining", () => {
  it("a missing report from the day after the due day, not before; the fact stays", async () => {
    expect(await explain(filer, ON_DUE_DAY, "missing")).toMatchObject({ refusals: [{ code: "nothingToExplain" }] });
    accepted(await explain(filer, DAY_AFTER, "missing"));
    const { explanations, status, explicable } = await read(DAY_AFTER);
    expect(explanations).toMatchObject([{ about: "missing", text: "签批人外出参加培训", writer: filer.name }]);
    expect([status, explicable]).toEqual(["missing", ["missing"]]);
  });

  it("a late report, by the leader as well; what was said of it while it was missing stays", async () => {
    accepted(await explain(filer, DAY_AFTER, "missing"));
    await report(DAY_AFTER, "20");
    expect(await explain(filer, DAY_AFTER, "missing", "再补充一点")).toMatchObject({ ok: false });
    accepted(await explain(leader, DAY_AFTER, "late", "已按周调度，下月按时报送"));
    const { explanations, status } = await read(DAY_AFTER);
    expect(explanations.map(({ about }) => about)).toEqual(["missing", "late"]);
    expect(status).toBe("late");
  });

  it("a light that is not green, on a report that came in time", async () => {
    await report(ON_DUE_DAY, "20");
    expect((await read(ON_DUE_DAY)).report.light).toBe("green");
    expect(await explain(filer, ON_DUE_DAY, "light")).toMatchObject({ refusals: [{ code: "nothingToExplain" }] });
    await db.update(monthlyReports).set({ light: "yellow" }).where(eq(monthlyReports.projectId, project.id));
    accepted(await explain(filer, ON_DUE_DAY, "light"));
    expect((await read(ON_DUE_DAY)).report.light).toBe("yellow");
  });

  it("ten clicks keep one word, with one event and one outbox row", async () => {
    const { id } = (await read(DAY_AFTER)).report;
    const clicks = await Promise.all(Array.from({ length: 10 }, () => explain(filer, DAY_AFTER, "missing")));
    expect(clicks.filter(({ ok }) => ok)).toHaveLength(1);
    expect(clicks.find(({ ok }) => !ok)).toMatchObject({ refusals: [{ code: "explanationKnown" }] });
    expect(await db.$count(reportExplanations, eq(reportExplanations.reportId, id))).toBe(1);
    expect(
      await db.$count(domainEvents, and(eq(domainEvents.subjectId, id), eq(domainEvents.type, "reportExplained"))),
    ).toBe(1);
    expect(await db.$count(outbox, and(eq(outbox.subjectId, id), eq(outbox.topic, "reportExplained")))).toBe(1);
  });

  it.each([
    ["another unit's filer gets 404", () => city.as("filer", city.otherUnitId), "notFound"],
    ["the bureau, which sees but does not speak for the unit, gets 403", () => city.as("bureauReviewer"), "forbidden"],
  ])("%s", async (_name, who, kind) => {
    await expect(explain(await who(), DAY_AFTER, "missing")).rejects.toMatchObject({ kind });
  });
});

describe("facts", () => {
  it("a light keeps the rule that was in force when it was judged", async () => {
    await report(ON_DUE_DAY, "0");
    const { report: judged } = await read(ON_DUE_DAY);
    expect(judged.light).toBe("red");
    const [lag] = judged.lightReasons ?? [];
    expect(lag && ruleOf(lag)).toMatchObject({ code: "light.redLagPoints", value: "20", unit: "百分点" });
  });

  it("steps to the cloud of the month are facts and begin a fresh draft; others' are not", async () => {
    const owner = { db, regionId: city.regionId, unitId: city.unitId };
    const ours = { projectId: project.id };
    await makeSystem(owner, "管网一张图", 1, "2026-06-30", ours);
    await makeSystem(owner, "巡检系统", 1, "2026-07-01", ours);
    await makeSystem(owner, "门户网站", 1, "2026-06-15");
    const { cloudSteps, content } = await read("2026-07-20");
    expect(cloudSteps.map(({ systemName, step }) => [systemName, step])).toEqual([["管网一张图", "方案编制"]]);
    expect(content.doneThisMonth).toBe("“管网一张图”完成上云步骤“方案编制”（2026-06-30）。");
  });
});
