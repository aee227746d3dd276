import { eq, isNotNull, sql, sum } from "drizzle-orm";
import { describe, expect, it, onTestFinished } from "vitest";

import type { Database } from "@db/client";
import * as schema from "@db/schema";
import { seedDemo } from "@seeds/demo/index";
import { seedReference } from "@seeds/reference/index";
import { cloneDatabase } from "@tests/support/clone-database";
import { testDatabase } from "@tests/support/worker-database";
import { isWorkday } from "~/kernel/work-calendar";
import { digestOf } from "~/platform/audit/digest";
import { loadNationalCalendar } from "~/platform/calendar.server";
import { businessTime } from "~/platform/installation.server";

/** How many rows each table holds, and what they say: a password hash is salted, everything else must come out the same. */
async function contentsOf(db: Database): Promise<Record<string, { rows: number; digest: string }>> {
  const contents: Record<string, { rows: number; digest: string }> = {};
  const tables = await db.execute<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  for (const { name } of tables) {
    const rows = await db.execute<{ line: Record<string, unknown> }>(
      sql`select to_jsonb(t) - 'password_hash' as line from ${sql.identifier(name)} t order by to_jsonb(t)::text collate "C"`,
    );
    contents[name] = { rows: rows.length, digest: digestOf(rows.map(({ line }) => line)) };
  }
  return contents;
}

/** Rows that the real verbs wrote while the finished months were replayed: their ids are new each time. */
const WRITTEN_BY_VERBS = new Set([
  "assessment_periods",
  "audit_entries",
  "bulletins",
  "domain_events",
  "frozen_fact_rows",
  "frozen_facts",
  "messages",
  "outbox",
  "score_sheets",
]);

/** What proves that the replayed months say the same. */
function proofsOf(db: Database): Promise<Record<string, unknown>[]> {
  return db.execute(sql`
    select p.period, p.state, p.facts_hash, p.sheets_hash, b.state as bulletin, b.number, b.content_hash
    from assessment_periods p left join bulletins b on b.period_id = p.id order by p.period`);
}

async function otherDatabase(): Promise<Database> {
  const clone = await cloneDatabase();
  onTestFinished(() => clone.drop());
  return clone.database;
}

describe("the demonstration city", async () => {
  const db = testDatabase();
  const made = await seedDemo(db);
  const first = await contentsOf(db);

  it("is made once and kept the second time", async () => {
    expect(made).toBe(true);
    await seedReference(db);
    expect(await seedDemo(db)).toBe(false);
    expect(await contentsOf(db)).toEqual(first);
  });

  it("comes out the same in another database", async () => {
    const other = await otherDatabase();
    await seedDemo(other);
    const second = await contentsOf(other);
    for (const name of WRITTEN_BY_VERBS)
      second[name] = { rows: second[name]?.rows ?? 0, digest: first[name]?.digest ?? "" };
    expect(second).toEqual(first);
    expect(await proofsOf(other)).toEqual(await proofsOf(db));
  }, 120_000);

  it("has the counts it promises", async () => {
    const stages = await db
      .select({ stage: schema.projects.stage, n: sql<number>`count(*)::int` })
      .from(schema.projects)
      .groupBy(schema.projects.stage);
    expect(Object.fromEntries(stages.map(({ stage, n }) => [stage, n]))).toEqual({
      draft: 2,
      underReview: 2,
      returned: 1,
      underFundingReview: 2,
      approved: 2,
      procurement: 2,
      implementation: 14,
      trialRun: 3,
      accepted: 3,
      operation: 2,
    });
    const ownerships = await db
      .select({ ownership: schema.systems.ownership, n: sql<number>`count(*)::int` })
      .from(schema.systems)
      .groupBy(schema.systems.ownership);
    expect(Object.fromEntries(ownerships.map(({ ownership, n }) => [ownership, n]))).toEqual({
      national: 11,
      provincial: 16,
      own: 23,
    });
    expect(first["ledger_tasks"]?.rows).toBe(50 + 11);
    expect(first["security_incidents"]?.rows).toBe(0);
  });

  it("has two finished months with signed bulletins, and June ready to be frozen", async () => {
    expect(await proofsOf(db)).toMatchObject([
      { period: "2026-04", state: "final", bulletin: "published", number: "鹤数政通〔2026〕1号" },
      { period: "2026-05", state: "final", bulletin: "published", number: "鹤数政通〔2026〕2号" },
    ]);
  });

  it("leaves 智慧管网系统 to the visitor", async () => {
    expect(await db.$count(schema.projects, eq(schema.projects.name, "智慧管网系统"))).toBe(0);
  });

  it.each([
    ["budget lines", schema.budgetLines, schema.budgetLines.declaredFen, schema.projects.declaredFen],
    ["year splits", schema.yearSplits, schema.yearSplits.amountFen, schema.projects.declaredFen],
    ["sources of funds", schema.fundingSources, schema.fundingSources.amountFen, schema.projects.declaredFen],
    ["reviewed lines", schema.budgetLines, schema.budgetLines.reviewedFen, schema.projects.approvedFen],
  ])("adds up: %s", async (_, parts, amount, total) => {
    const rows = await db
      .select({ name: schema.projects.name, total, parts: sum(amount).mapWith(Number) })
      .from(schema.projects)
      .innerJoin(parts, eq(parts.projectId, schema.projects.id))
      .where(isNotNull(total))
      .groupBy(schema.projects.id);
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((row) => row.parts !== row.total)).toEqual([]);
  });

  it("never contracts more than was approved, nor pays more than arrived", async () => {
    const part = (table: string, on: string) =>
      sql.raw(`coalesce((select sum(amount_fen) from ${table} x where x.project_id = p.id${on}), 0)`);
    const wrong = await db.execute(sql`
      select p.name from projects p
      where p.approved_fen is not null
        and (${part("contracts", "")} > p.approved_fen or ${part("payments", "")} > ${part("arrivals", "")})
      union all
      select 'paid before it arrived: ' || p.name from payments y join projects p on p.id = y.project_id
      where ${part("payments", " and x.paid_on <= y.paid_on")} > ${part("arrivals", " and x.arrived_on <= y.paid_on")}`);
    expect(wrong).toEqual([]);
  });

  it("has every report due on a working day, and none handed in or finished in the future", async () => {
    const calendar = await loadNationalCalendar(db);
    const due = await db.selectDistinct({ dueOn: schema.monthlyReports.dueOn }).from(schema.monthlyReports);
    expect(due.length).toBeGreaterThan(12);
    expect(due.filter(({ dueOn }) => !isWorkday(calendar, dueOn))).toEqual([]);
    const { today } = await businessTime(db);
    const ahead = await db.execute(sql`
      select 'report' as what from monthly_reports where submitted_at >= ${today}::date + 1
      union all select 'event' from domain_events where at >= ${today}::date + 1
      union all select 'milestone' from milestones where completed_on > ${today}
      union all select 'payment' from payments where paid_on > ${today}
      union all select 'cloud step' from cloud_steps where completed_on > ${today}
      union all select 'resource' from resources where greatest(published_on, last_updated_on, collected_on, interface_attached_on, test_shared_on) > ${today}
      union all select 'demand' from demands where greatest(applied_at, checked_at, answered_at, delivered_at) >= ${today}::date + 1
      union all select 'supervision' from supervision_items where greatest(replied_at, closed_at) >= ${today}::date + 1`);
    expect(ahead).toEqual([]);
  });

  it("records cloud steps in their order", async () => {
    const wrong = await db.execute(sql`
      select s.name from cloud_steps a join cloud_steps b on b.system_id = a.system_id join systems s on s.id = a.system_id
      where array_position(array['方案编制','资源申请','审核备案','资源开通','系统部署','安全检测','服务开通'], a.step)
          < array_position(array['方案编制','资源申请','审核备案','资源开通','系统部署','安全检测','服务开通'], b.step)
        and a.completed_on > b.completed_on`);
    expect(wrong).toEqual([]);
  });

  it("kept with each submission what the duplicate search found, and a statement where one was due", async () => {
    const due = await db.execute<{ name: string; written: boolean }>(sql`
      select distinct p.name, s.content->>'differenceStatement' <> '' and p.difference_statement <> '' as written
      from project_submissions s join projects p on p.id = s.project_id, jsonb_array_elements(s."similar") hit
      where (hit->>'statementDue')::boolean order by p.name`);
    expect(due.map(({ name }) => name)).toContain("工程建设项目审批管理系统");
    expect(due.filter(({ written }) => !written)).toEqual([]);
  });

  it("shows red, yellow and green projects, late and missing reports, and a recovery", async () => {
    const [seen] = await db.execute<Record<string, number>>(sql`
      select count(*) filter (where light = 'red')::int as red,
             count(*) filter (where light = 'yellow')::int as yellow,
             (select count(*)::int from monthly_reports where first_submitted_at >= (due_on + 1) at time zone 'Asia/Shanghai') as late,
             (select count(*)::int from monthly_reports where first_submitted_at is null and due_on < '2026-07-20') as missing,
             (select count(*)::int from monthly_reports where light_reasons @> '[{"code":"madeUpAfterRed"}]') as recovered
      from projects`);
    expect(seen).toMatchObject({ red: 4, missing: 3 });
    expect(seen?.yellow).toBeGreaterThan(3);
    expect(seen?.late).toBeGreaterThan(10);
    expect(seen?.recovered).toBeGreaterThan(0);
  });
});

describe("a database that belongs to somebody", () => {
  it("is refused and left as it was", async () => {
    const db = await otherDatabase();
    await db.insert(schema.regions).values({
      id: "01890000-0000-7000-8000-000000000001",
      code: "330000",
      name: "某市",
      level: "city",
      path: "/330000/",
      reportingDay: 5,
    });
    const before = await contentsOf(db);
    await expect(seedDemo(db)).rejects.toThrow("未标记为演示环境");
    expect(await contentsOf(db)).toEqual(before);
  });
});
