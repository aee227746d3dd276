import { and, desc, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import { auditEntries, domainEvents, monthlyReports, monthlyReportVersions, reportFiles } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeProjectUnderWay, type TestProject } from "@tests/support/factories/progress";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import { openReports } from "~/modules/progress/duty/open-reports.server";
import { addReportFile } from "~/modules/progress/report/files/add-report-file.server";
import { removeReportFile } from "~/modules/progress/report/files/remove-report-file.server";
import { filesOfReport, openReportFile } from "~/modules/progress/report/files/report-files.queries.server";
import { readReport } from "~/modules/progress/report/report.queries.server";
import { saveReport } from "~/modules/progress/report/save-report.server";
import { signReport } from "~/modules/progress/report/sign-report.server";
import type { SignedContent } from "~/modules/progress/report/signed-content";
import { submitReport } from "~/modules/progress/report/submit-report.server";

const db = testDatabase();
const JUNE = period("2026-06");
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
    plan: [{ plannedOn: "2026-12-31", cumulativePercent: 100 }],
  });
  await openReports(db, localDate("2026-07-10"), { projectId: project.id });
});

const place = () => ({ projectId: project.id, period: JUNE });
const pdf = (text: string, name = "验收单.pdf") => ({
  name,
  mediaType: "application/pdf",
  bytes: new TextEncoder().encode(`%PDF-1.4 ${text}`),
});
const add = (actor: Actor, text: string, milestoneId: string | null = null) =>
  addReportFile(city.ctx(actor), place(), { milestoneId, file: pdf(text) });
const reportRow = async () => {
  const [row] = await db
    .select()
    .from(monthlyReports)
    .where(and(eq(monthlyReports.projectId, project.id), eq(monthlyReports.period, JUNE)));
  return row ?? expect.fail("no report");
};
const CONTENT = {
  ...{ actualPercent: "10", doneThisMonth: "完成管网普查", nextMonth: "开发巡检模块" },
  ...{ problems: "", mattersToSettle: "", claims: [] },
};
const submit = async () => {
  const { version } = await reportRow();
  return accepted(await submitReport(city.ctx(filer), { ...place(), version }, CONTENT)).version;
};
const report = async () => signReport(city.ctx(leader), { ...place(), version: await submit() });
const lastSigned = async () => {
  const [row] = await db
    .select({ content: monthlyReportVersions.content })
    .from(monthlyReportVersions)
    .where(eq(monthlyReportVersions.reportId, (await reportRow()).id))
    .orderBy(desc(monthlyReportVersions.number))
    .limit(1);
  return row?.content as SignedContent;
};
const names = async () => (await filesOfReport(db, (await reportRow()).id)).map(({ name }) => name);

describe("attaching", () => {
  it("keeps a file of the month or of a milestone, and overtakes nobody's form", async () => {
    const [milestone = ""] = project.milestoneIds;
    accepted(await add(filer, "one"));
    accepted(await add(filer, "two", milestone));
    const { id, version } = await reportRow();
    expect((await filesOfReport(db, id)).map((file) => file.milestoneId)).toEqual([null, milestone]);
    expect(version).toBe(1);
    expect(await db.$count(auditEntries, eq(auditEntries.objectId, id))).toBe(2);
    expect(await db.$count(domainEvents, eq(domainEvents.subjectId, id))).toBe(2);
  });

  it("recognises the same content under one heading, also when it is sent ten times at once", async () => {
    const sent = await Promise.all(Array.from({ length: 10 }, () => add(filer, "same")));
    expect(sent.filter((each) => accepted(each).isKnown)).toHaveLength(9);
    expect(await names()).toEqual(["验收单.pdf"]);
    const [milestone = ""] = project.milestoneIds;
    expect(accepted(await add(filer, "same", milestone)).isKnown).toBe(false);
  });

  it("refuses a milestone of another project, and a report that waits for its signature", async () => {
    const other = await makeProjectUnderWay(city, {
      startedOn: "2026-06-01",
      plan: [{ plannedOn: "2026-12-31", cumulativePercent: 100 }],
    });
    expect(await add(filer, "x", other.milestoneIds[0] ?? "")).toMatchObject({
      refusals: [{ code: "milestoneUnknown" }],
    });
    await submit();
    expect(await add(filer, "late")).toMatchObject({ refusals: [{ code: "notWritable" }] });
  });

  it.each([
    ["another unit's filer gets 404", () => city.as("filer", city.otherUnitId), "notFound"],
    ["the leader, who does not fill, gets 403", () => city.as("unitLead"), "forbidden"],
  ])("%s", async (_name, who, kind) => {
    const actor = await who();
    await expect(add(actor, "x")).rejects.toMatchObject({ kind });
    const { id } = accepted(await add(filer, "mine"));
    await expect(removeReportFile(city.ctx(actor), place(), id)).rejects.toMatchObject({ kind });
  });
});

describe("taking away", () => {
  it("takes a file off before the signature, once; it is gone for downloads as well", async () => {
    const { id } = accepted(await add(filer, "one"));
    accepted(await removeReportFile(city.ctx(filer), place(), id));
    expect(await names()).toEqual([]);
    await expect(removeReportFile(city.ctx(filer), place(), id)).rejects.toMatchObject({ kind: "notFound" });
    await expect(openReportFile(db, filer, place(), id)).rejects.toMatchObject({ kind: "notFound" });
  });

  it("what was signed stays: not to be taken away, and kept by the version when a correction drops it", async () => {
    const { id } = accepted(await add(filer, "signed"));
    const waiting = await submit();
    expect(await removeReportFile(city.ctx(filer), place(), id)).toMatchObject({ refusals: [{ code: "notWritable" }] });
    accepted(await signReport(city.ctx(leader), { ...place(), version: waiting }));
    expect((await lastSigned()).files).toEqual([{ id, milestoneId: null, name: "验收单.pdf" }]);
    expect(await removeReportFile(city.ctx(filer), place(), id)).toMatchObject({ refusals: [{ code: "signedStays" }] });

    const { version } = await reportRow();
    accepted(await saveReport(city.ctx(filer), { ...place(), version }, CONTENT));
    accepted(await removeReportFile(city.ctx(filer), place(), id));
    accepted(await report());
    expect((await lastSigned()).files).toEqual([]);
    const { file } = await openReportFile(db, filer, place(), id);
    expect(file.name).toBe("验收单.pdf");
    const { versions } = await readReport(db, filer, project.id, JUNE, localDate("2026-07-20"));
    expect(versions.at(-1)?.differences).toEqual([{ label: "佐证材料", before: "本月：验收单.pdf", after: "" }]);
  });

  it("what comes after the signature waits for the next one", async () => {
    accepted(await report());
    accepted(await add(filer, "later"));
    const read = await readReport(db, filer, project.id, JUNE, localDate("2026-07-20"));
    expect(read.files.map(({ isSigned }) => isSigned)).toEqual([false]);
    expect((await lastSigned()).files).toEqual([]);
  });
});

describe("downloading", () => {
  it("is for who may read the report: the bureau, not another unit; only under its own month", async () => {
    const { id } = accepted(await add(filer, "one"));
    const bureau = await city.as("bureauReviewer");
    expect((await openReportFile(db, bureau, place(), id)).file.name).toBe("验收单.pdf");
    const stranger = await city.as("filer", city.otherUnitId);
    await expect(openReportFile(db, stranger, place(), id)).rejects.toMatchObject({ kind: "notFound" });
    const july = { ...place(), period: period("2026-07") };
    await expect(openReportFile(db, filer, july, id)).rejects.toMatchObject({ kind: "notFound" });
    expect(await db.$count(reportFiles, eq(reportFiles.id, id))).toBe(1);
  });
});
