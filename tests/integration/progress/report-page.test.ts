import { and, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import { monthlyReports } from "@db/schema";
import { makeCity, type TestCity } from "@tests/support/factories";
import { makeProjectUnderWay, type TestProject } from "@tests/support/factories/progress";
import { accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { fingerprints } from "~/kernel/form-conflict";
import { localDate } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import { openReports } from "~/modules/progress/duty/open-reports.server";
import {
  dropReportFile,
  fillReport,
  mergeReport,
  type ReportReply,
} from "~/modules/progress/pages/report-actions.server";
import { filesOfReport } from "~/modules/progress/report/files/report-files.queries.server";
import { reportSense, reportValues } from "~/modules/progress/report/report-values";
import { saveReport } from "~/modules/progress/report/save-report.server";

const db = testDatabase();
const JUNE = period("2026-06");
let city: TestCity;
let filer: Actor;
let project: TestProject;
beforeAll(async () => {
  city = await makeCity(db);
  filer = await city.as("filer");
});
beforeEach(async () => {
  project = await makeProjectUnderWay(city, {
    startedOn: "2026-06-01",
    plan: [{ plannedOn: "2026-12-31", cumulativePercent: 100 }],
  });
  await openReports(db, localDate("2026-07-10"), { projectId: project.id });
});

const place = () => ({ projectId: project.id, period: JUNE });
const OPENED = { actualPercent: "0", doneThisMonth: "", nextMonth: "", problems: "", mattersToSettle: "" };
const WRITTEN = { ...OPENED, actualPercent: "10", doneThisMonth: "完成管网普查", nextMonth: "开发巡检模块" };
const opened = () =>
  fingerprints(
    reportValues(
      OPENED,
      project.milestoneIds.map((id) => ({ id, claim: null })),
    ),
    reportSense({}),
  );
function formOf(fields: Readonly<Record<string, string | File>>): FormData {
  const form = new FormData();
  const claims = Object.fromEntries(
    project.milestoneIds.flatMap((id, index) => [
      [`claims[${index}].milestoneId`, id],
      [`claims[${index}].completedOn`, ""],
      [`claims[${index}].evidence`, ""],
    ]),
  );
  const all = { version: "1", opened: opened(), ...OPENED, ...claims, ...fields };
  for (const [name, value] of Object.entries(all)) form.append(name, value);
  return form;
}
const posted = (fields: Readonly<Record<string, string | File>>) => ({
  ctx: city.ctx(filer),
  place: place(),
  form: formOf(fields),
});
const replyOf = async (response: Response) => (await response.json()) as ReportReply;
const load = async () => {
  const [row] = await db
    .select()
    .from(monthlyReports)
    .where(and(eq(monthlyReports.projectId, project.id), eq(monthlyReports.period, JUNE)));
  return row ?? expect.fail("no report");
};
const pdf = (text: string) => new File([`%PDF-1.4 ${text}`], "会议纪要.pdf", { type: "application/pdf" });
const names = async () => (await filesOfReport(db, (await load()).id)).map(({ name }) => name);

describe("a form with files", () => {
  it("keeps the files when the rest is refused, with everything that was typed; sent again they are known", async () => {
    const typed = { ...WRITTEN, doneThisMonth: "", "file-month": pdf("one") };
    const response = await fillReport(posted(typed), "submit");
    expect(response.status).toBe(422);
    const { form } = await replyOf(response);
    expect(form.initialValue).toMatchObject({ actualPercent: "10", nextMonth: "开发巡检模块", version: "1" });
    expect(Object.keys(form.error ?? {})).toEqual(["doneThisMonth"]);
    expect(await names()).toEqual(["会议纪要.pdf"]);
    const again = await fillReport(posted({ ...WRITTEN, "file-month": pdf("one") }), "submit");
    expect(again.headers.get("Location")).toContain("done=submit&known=1");
    expect(await names()).toEqual(["会议纪要.pdf"]);
  });

  it("a file of the wrong kind is told at its field, and nothing is saved", async () => {
    const script = new File(["<script>"], "纪要.pdf", { type: "application/pdf" });
    const [milestone = ""] = project.milestoneIds;
    const response = await fillReport(posted({ ...WRITTEN, [`file-${milestone}`]: script }), "save");
    const { form } = await replyOf(response);
    expect(Object.keys(form.error ?? {})).toEqual([`file-${milestone}`]);
    expect(await load()).toMatchObject({ state: "open", version: 1 });
  });

  it("taking a file away keeps what was typed beside it", async () => {
    await fillReport(posted({ ...WRITTEN, "file-month": pdf("one") }), "save");
    const [file] = await filesOfReport(db, (await load()).id);
    const response = await dropReportFile(posted({ ...WRITTEN, problems: "接口未定", version: "2" }), file?.id ?? "");
    expect((await replyOf(response)).form.initialValue).toMatchObject({ problems: "接口未定", version: "2" });
    expect(await names()).toEqual([]);
    expect((await load()).problems).toBe("");
  });
});

describe("two people at one report", () => {
  const meanwhile = async () =>
    accepted(
      await saveReport(
        city.ctx(await city.as("filer")),
        { ...place(), version: 1 },
        { ...WRITTEN, problems: "接口未定", claims: [] },
      ),
    );

  it("the second sees both versions and what each changed; nothing is written", async () => {
    await meanwhile();
    const response = await fillReport(posted({ ...WRITTEN, actualPercent: "12" }), "save");
    expect(response.status).toBe(409);
    const { conflict } = await replyOf(response);
    expect(conflict?.rows.map(({ label, changedBy }) => [label, changedBy])).toEqual([
      ["实际进度", "both"],
      ["存在问题", "theirs"],
    ]);
    expect(conflict?.version).toBe(2);
    expect(await load()).toMatchObject({ actualPercent: "10.0000", version: 2 });
  });

  it("an undecided merge asks again; a decided one is saved on top of the version that was shown", async () => {
    await meanwhile();
    const mine = { ...WRITTEN, actualPercent: "12", version: "2", intent: "merge" };
    const asked = await replyOf(await mergeReport(posted(mine), "merge"));
    expect(asked.conflict?.undecided).toBe(true);
    const decided = { ...mine, "choice-actualPercent": "mine", "choice-problems": "theirs" };
    const saved = await mergeReport(posted(decided), "merge");
    expect(saved.headers.get("Location")).toContain("done=save");
    expect(await load()).toMatchObject({ actualPercent: "12.0000", problems: "接口未定", version: 3 });
  });

  it("a decision that is overtaken in turn is shown again", async () => {
    await meanwhile();
    const stale = { ...WRITTEN, actualPercent: "12", version: "1", intent: "mergeMine" };
    expect((await mergeReport(posted(stale), "mergeMine")).status).toBe(409);
    expect(await load()).toMatchObject({ version: 2 });
  });
});
