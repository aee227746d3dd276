import { beforeEach, describe, expect, it } from "vitest";

import { makeProject, makeReport, UNDER_WAY } from "@tests/support/factories/assessment";
import { makeAssessedCity, makeEvents, type AssessedCity } from "@tests/support/factories/bulletins";
import { makeMatter } from "@tests/support/factories/coordination";
import { testDatabase } from "@tests/support/worker-database";
import { projects } from "@db/schema";
import { eq } from "drizzle-orm";
import { localDate } from "~/kernel/local-date";
import { readDashboard } from "~/modules/dashboard/read-dashboard.server";

const db = testDatabase();
let city: AssessedCity;
beforeEach(async () => {
  city = await makeAssessedCity(db);
  await makeEvents(city);
});

const shown = () => readDashboard(city.ctx(city.leader));

describe("readDashboard", () => {
  it("counts projects and money by stage, drafts and ended ones aside", async () => {
    const own = { db, regionId: city.regionId, unitId: city.unitId };
    await makeProject(own, "尚在填报", [["draft", "2026-07-01"]]);
    await makeProject(own, "已终止", [["terminated", "2026-07-01"]]);
    const { stages, paidFen } = await shown();
    expect(
      stages.map(({ stage, projects: n, declaredFen, approvedFen }) => [stage, n, declaredFen, approvedFen]).sort(),
    ).toEqual([
      ["implementation", 2, 200_000_000, 160_000_000],
      ["submitted", 1, 100_000_000, 0],
    ]);
    expect(paidFen).toBe(12_345_600);
  });

  it("sets execution against time, both exact", async () => {
    const { executionShare, timeShare, budgetFen } = await shown();
    // 100,000,000 and 50,000,000 of the year, each reduced to 80 % by the approval
    expect(budgetFen).toBe(120_000_000);
    expect([executionShare, timeShare]).toEqual(["643/6250", "1/2"]);
  });

  it("tells reports of last month on time, late and missing from the clock", async () => {
    const own = { db, regionId: city.regionId, unitId: city.unitId };
    await makeReport(
      own,
      await makeProject(own, "缺报项目", [["implementation", "2026-06-01"]]),
      "2026-06",
      "2026-07-15",
      null,
    );
    expect((await shown()).reports).toEqual({ due: 3, onTime: 1, late: 1, missing: 1 });
    const before = await readDashboard(city.ctx(city.leader, "2026-07-15"));
    expect(before.reports.missing).toBe(0);
  });

  it("shows cloud rate, resources, what is overdue and what is red", async () => {
    await db
      .update(projects)
      .set({ light: "red", lightAsOf: localDate("2026-07-20"), plannedPercent: "60", actualPercent: "35" })
      .where(eq(projects.name, "智慧水务系统"));
    const { cloud, resources, overdue, light, lit } = await shown();
    expect(cloud).toEqual({ done: 1, due: 2, target: 100 });
    expect(resources).toEqual({ published: 1, waiting: 1 });
    expect(overdue).toMatchObject({ total: 1, rows: [{ number: "督〔2026〕3号", colour: "red" }] });
    expect(light.red).toBe(1);
    expect(lit.map(({ name }) => name)).toEqual(["智慧水务系统"]);
  });

  it("lists the matters that wait for the leading group, the figures counting the same rows", async () => {
    const own = { db, regionId: city.regionId, unitId: city.unitId };
    await makeMatter(own, await makeProject(own, "数字档案", UNDER_WAY), { text: "请协调数据接口" });
    await makeMatter(own, await makeProject(own, "数字城管", UNDER_WAY), { state: "answered", text: "请协调机房" });
    await makeMatter(own, await makeProject(own, "数字水利", UNDER_WAY), { state: "settled", text: "已解决" });
    const { matters, coordination } = await shown();
    expect([matters.total, matters.rows.map(({ projectName, text }) => [projectName, text])]).toEqual([
      2,
      [
        ["数字档案", "请协调数据接口"],
        ["数字城管", "请协调机房"],
      ],
    ]);
    expect(coordination).toEqual({ raised: 1, overdue: 0, answered: 1, itemised: 0 });
  });

  it("shows the head and the foot of the last ranking once it is published", async () => {
    expect((await shown()).ranking).toBeNull();
    await city.assess();
    const { ranking } = await shown();
    expect(ranking).toMatchObject({ period: "2026-06" });
    expect(ranking?.rows.map(({ place }) => place)).toEqual(
      [...(ranking?.rows ?? [])].map(({ place }) => place).sort(),
    );
    expect(ranking?.rows.length).toBeGreaterThan(0);
  });

  it("shows another region's leader nothing of this one", async () => {
    const elsewhere = await makeAssessedCity(db);
    const { stages, matters, overdue, reports } = await readDashboard(elsewhere.ctx(elsewhere.leader));
    expect([stages, matters.total, overdue.total, reports.due]).toEqual([[], 0, 0, 0]);
  });
});
