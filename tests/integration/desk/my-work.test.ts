import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";

import { messages } from "@db/schema";
import { makeUnit } from "@tests/support/factories";
import { makeItem, makeProject, makeReport, makeResource, UNDER_WAY } from "@tests/support/factories/assessment";
import { makeSystem } from "@tests/support/factories/systems";
import { makeAssessedCity, type AssessedCity } from "@tests/support/factories/bulletins";
import { makeCompleteDraft, accepted } from "@tests/support/factories/projects";
import { testDatabase } from "@tests/support/worker-database";
import type { Actor } from "~/kernel/actor";
import { localDate } from "~/kernel/local-date";
import { instructOnBulletin } from "~/modules/bulletins/instruct-on-bulletin.server";
import { signBulletin } from "~/modules/bulletins/sign-bulletin.server";
import { doneBy, startedBy } from "~/modules/desk/history.queries.server";
import { openMessage, readAllMessages, unreadMessages } from "~/modules/inbox/index.server";
import { readMyWork } from "~/modules/desk/read-my-work.server";
import { openSupervised } from "~/modules/desk/supervised.queries.server";
import { signProject } from "~/modules/projects/sign-project.server";
import { submitProject } from "~/modules/projects/submit-project.server";
import { newId } from "~/platform/ids.server";

const db = testDatabase();
let city: AssessedCity;
let own: { db: typeof db; regionId: string; unitId: string };
beforeEach(async () => {
  city = await makeAssessedCity(db);
  own = { db, regionId: city.regionId, unitId: city.unitId };
});

const workOf = async (actor: Actor, today?: string) =>
  (await readMyWork(city.ctx(actor, today))).map(({ what, title }) => `${what}：${title}`);

describe("待办", () => {
  it("follows a filing from the filer to its leader to the bureau, and is gone when it is done", async () => {
    const [filer, lead, reviewer] = await Promise.all([
      city.as("filer"),
      city.as("unitLead"),
      city.as("bureauReviewer"),
    ]);
    const { id, version } = await makeCompleteDraft(city.ctx(filer), "智慧管网系统建设");
    expect(await workOf(filer)).toEqual(["继续填报：智慧管网系统建设"]);
    expect(await workOf(lead)).toEqual([]);

    accepted(await submitProject(city.ctx(filer), { projectId: id, version }));
    expect(await workOf(filer)).toEqual([]);
    expect(await workOf(lead)).toEqual(["签批立项申报：智慧管网系统建设"]);

    accepted(await signProject(city.ctx(lead), { projectId: id, version: version + 1 }));
    expect(await workOf(lead)).toEqual([]);
    expect(await workOf(reviewer)).toContain("形式审查：智慧管网系统建设");
    const [review] = await readMyWork(city.ctx(reviewer));
    expect(review).toMatchObject({ href: `/projects/${id}/review`, dueOn: "2026-07-23", remainingWorkdays: 3 });
  });

  it("is the unit's own: a colleague of another unit sees nothing of it", async () => {
    await makeProject(own, "智慧管网系统", [["draft", "2026-07-01"]]);
    expect(await workOf(await city.as("filer", city.otherUnitId))).toEqual([]);
  });

  it("lists reports of ended months to fill, not those of the running month, with the days they are over", async () => {
    const filer = await city.as("filer");
    const project = await makeProject(own, "智慧管网系统", UNDER_WAY);
    await makeReport(own, project, "2026-06", "2026-07-15", null);
    await makeReport(own, project, "2026-07", "2026-08-17", null);
    expect(await readMyWork(city.ctx(filer))).toMatchObject([
      {
        what: "填报月报",
        title: "智慧管网系统 2026年6月月报",
        href: `/projects/${project}/reports/2026-06`,
        dueOn: "2026-07-15",
        remainingWorkdays: -3,
      },
    ]);
  });

  it("does not offer one's own report for signature", async () => {
    const lead = await city.as("unitLead");
    const project = await makeProject(own, "智慧管网系统", UNDER_WAY);
    const state = "awaitingSignature" as const;
    await makeReport(own, project, "2026-05", "2026-06-15", null, { state, filledBy: lead.userId });
    await makeReport(own, project, "2026-06", "2026-07-15", null, { state, filledBy: "somebody" });
    expect(await workOf(lead)).toEqual(["签批月报：智慧管网系统 2026年6月月报"]);
  });

  it("asks the bureau to urge, to publish, to freeze; what has no limit stands after what has", async () => {
    const [reviewer, assessor] = await Promise.all([city.as("bureauReviewer"), city.as("bureauAssessor")]);
    const project = await makeProject(own, "智慧管网系统", UNDER_WAY);
    await makeReport(own, project, "2026-06", "2026-07-15", null);
    await makeResource(own, "供水管网基础信息");
    await makeResource({ ...own, unitId: city.otherUnitId }, "水库水位信息");
    await makeItem(own, "督〔2026〕3号", "2026-07-31", null, { state: "replied" });
    expect(await workOf(reviewer)).toEqual([
      "核实销号：督〔2026〕3号 事项督〔2026〕3号",
      "催报：2026年6月月报缺报 1 份",
      "发布数据资源：2 个单位已登记 2 项",
    ]);
    expect(await workOf(assessor)).toEqual(["催报：2026年6月月报缺报 1 份", "冻结数据：2026年6月考核"]);
    expect(await workOf(assessor, "2026-07-15")).toEqual([]);
  });

  it("leads a month from freezing to the signed bulletin, never offering one's own work to approve", async () => {
    const reviewer = await city.as("bureauReviewer");
    const periodId = await city.assess();
    expect(await workOf(reviewer)).toEqual(["定档：2026年6月考核", "起草通报：2026年6月通报"]);
    expect(await workOf(city.assessor)).toEqual(["起草通报：2026年6月通报"]);
    const id = await city.draft(periodId);
    expect(await workOf(city.assessor)).toEqual([]);
    expect(await workOf(city.leader)).toEqual(["签发通报：关于2026年6月全县政务信息化项目建设和考核情况的通报"]);
    accepted(await signBulletin(city.ctx(city.leader), id, 1));
    expect(await workOf(city.leader)).toEqual([]);
  });

  it("shows an operator the next step of the systems it operates", async () => {
    const operator = await city.as("operator");
    const unit = await makeUnit(db, city.regionId, "市医疗保障局");
    await makeSystem({ ...own, unitId: unit }, "医疗救助系统", 6, "2026-05-01", {
      operatorUnitId: city.operatorUnitId,
    });
    await makeSystem({ ...own, unitId: unit }, "参保登记系统", 7, "2026-05-01", {
      operatorUnitId: city.operatorUnitId,
    });
    await makeSystem(own, "管网普查系统", 3);
    expect(await workOf(operator)).toEqual(["办理服务开通：医疗救助系统"]);
  });

  it("gives administrators no business", async () => {
    await makeProject(own, "智慧管网系统", [["draft", "2026-07-01"]]);
    expect(await workOf(await city.as("systemAdmin"))).toEqual([]);
  });
});

describe("已办, 我发起, 督办", () => {
  it("tells what I did and where what I started stands", async () => {
    const filer = await city.as("filer");
    const { id, version } = await makeCompleteDraft(city.ctx(filer), "智慧管网系统建设");
    accepted(await submitProject(city.ctx(filer), { projectId: id, version }));
    const done = await doneBy(db, filer.userId);
    expect(done.map(({ what, title, href }) => [what, title, href])).toContainEqual([
      "提交签批",
      "智慧管网系统建设",
      `/projects/${id}`,
    ]);
    const [started, ...others] = await startedBy(db, filer.userId);
    expect(others).toEqual([]);
    expect(started).toMatchObject({ what: "申报新项目", title: "智慧管网系统建设", last: { what: "提交签批" } });
    expect(await startedBy(db, city.leader.userId)).toEqual([]);
  });

  it("follows an instruction as the item it became", async () => {
    const id = await city.draft(await city.assess());
    accepted(await signBulletin(city.ctx(city.leader), id, 1));
    const input = { text: "请抓紧整改。", unitId: city.otherUnitId, dueOn: localDate("2026-08-05") };
    const { itemId } = accepted(await instructOnBulletin(city.ctx(city.leader), id, input));
    expect(await startedBy(db, city.leader.userId)).toMatchObject([
      { what: "督办立项", title: "领导在测数政通〔2026〕1号通报上的批示", href: `/supervision/${itemId}` },
    ]);
  });

  it("lists open supervised items of my unit with the colour of their slip", async () => {
    const filer = await city.as("filer");
    await makeItem(own, "督〔2026〕3号", "2026-06-30", null);
    await makeItem(own, "督〔2026〕4号", "2026-09-30", null);
    await makeItem(own, "督〔2026〕5号", "2026-06-30", "2026-06-29");
    await makeItem({ ...own, unitId: city.otherUnitId }, "督〔2026〕6号", "2026-06-30", null);
    expect(await openSupervised(city.ctx(filer))).toMatchObject([
      { number: "督〔2026〕3号", colour: "red", remainingWorkdays: -14 },
      { number: "督〔2026〕4号", colour: "none" },
    ]);
  });
});

describe("messages", () => {
  it("are read by opening them or all at once, and only by their person", async () => {
    const [filer, other] = await Promise.all([city.as("filer"), city.as("filer", city.otherUnitId)]);
    const rows = ["一", "二", "三"].map((title) => ({
      id: newId(),
      regionId: city.regionId,
      userId: filer.userId,
      title,
      href: `/projects?q=${title}`,
      createdAt: city.ctx(filer).now,
    }));
    await db.insert(messages).values(rows);
    const first = rows[0]?.id ?? "";
    expect((await unreadMessages(db, filer.userId)).total).toBe(3);
    await expect(openMessage(city.ctx(other), first)).rejects.toMatchObject({ kind: "notFound" });
    expect(await openMessage(city.ctx(filer), first)).toBe("/projects?q=一");
    expect(await openMessage(city.ctx(filer, "2026-07-22"), first)).toBe("/projects?q=一");
    const [read] = await db.select().from(messages).where(eq(messages.id, first));
    expect(read?.readAt).toEqual(city.ctx(filer).now);
    await readAllMessages(city.ctx(other));
    expect((await unreadMessages(db, filer.userId)).rows.map(({ title }) => title)).toEqual(["三", "二"]);
    await readAllMessages(city.ctx(filer));
    expect(await unreadMessages(db, filer.userId)).toEqual({ rows: [], total: 0 });
  });
});
