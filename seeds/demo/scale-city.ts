import { eq, type SQL, sql } from "drizzle-orm";

import type { Database, Transaction } from "@db/client";
import { installation, regions, schemes, users } from "@db/schema";
import { addPeriods, periodsBetween } from "~/kernel/period";
import { CLOUD_STEPS } from "~/kernel/vocabulary";
import { reportDueOn } from "~/modules/progress/index";
import { loadCalendar } from "~/platform/calendar.server";
import { initialsOf } from "~/platform/initials.server";

import { CITY_CODE } from "./regions";
import { insertScaleGraph } from "./scale-graph";
import { LAST_REPORTED } from "./today";

/** What filings say of their need and content: much of it is said by many. */
const LACKS = [
  "业务依靠手工台账，底数不清、更新不及时",
  "数据散落在各自系统，跨部门办理需要反复提交材料",
  "巡查发现问题靠电话转办，处置情况无法跟踪",
  "现有系统建成较早，不支持移动办理和实时接口",
  "统计报表层层汇总，领导决策缺少及时支撑",
  "设备标准不一，告警信息不能统一掌握",
];
const BUILDS = [
  "实现网上申报、自动核验和进度查询",
  "汇聚各条线数据，建设风险监测和专题分析功能",
  "建设统一采集、分流处置和监督评价功能",
  "升级并联办理、时限监管和移动端应用",
  "建立指标体系和模型，支持预警、会商和调度",
  "整合服务事项，实现一次申请、结果互认",
  "更新普查成果，提供统一的数据接口",
];

/** The size of a large city: what the benches are measured on. */
const SIZE = {
  units: 1_000,
  projectsPerUnit: 10,
  resourcesPerUnit: 40,
  itemsPerResource: 10,
  months: 12,
  measures: 30,
  systemsPerUnit: 5,
} as const;

const MARK = "scaleCity";

const AREAS = [
  ...["东湖", "西江", "南岸", "北新", "云溪", "石桥", "龙潭", "青山", "平原", "海滨"],
  ...["梅岭", "竹园", "松岗", "柳林", "荷塘", "金沙", "银湾", "玉泉", "白鹭", "黄埔"],
];
const TOPICS = [
  ...["政务服务", "城市治理", "公共卫生", "交通运行", "水务监管", "教育资源", "社会救助", "应急指挥", "产业服务"],
  ...["林业巡护", "渔港", "殡葬", "公积金", "消防", "路灯", "停车", "排污许可", "危化品", "工地扬尘", "燃气", "电梯"],
  ...["校车", "食堂", "疫苗", "血库", "慢病随访", "残疾人", "退役军人", "劳动仲裁", "技能培训", "人才引进", "招商"],
  ...["土地储备", "规划许可", "测绘成果", "古树名木", "文物", "图书借阅", "体育场馆", "景区客流", "出租屋", "社区矫正"],
  ...["法律援助", "信访", "档案", "公车", "公务采购", "国库支付", "审计整改", "统计直报", "粮食储备", "价格监测"],
];
const KINDS = [
  "综合管理平台",
  "数据分析系统",
  "业务协同系统",
  "监测预警平台",
  "一体化应用",
  "移动服务端",
  "数据共享平台",
];

/**
 * Fills a demonstration up to city scale, in a few set-based statements and one transaction: 1,000 further units, 10,000
 * projects with plans, 40,000 data resources with 400,000 items, 120,000 monthly reports, 5,000 systems with their
 * standings and steps, and a year of frozen facts. Done once; the second time it changes nothing.
 * @returns whether the rows were made now
 */
export async function seedScaleCity(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    const done = await tx.$count(installation, eq(installation.key, MARK));
    if (done > 0) return false;
    const scope = await scopeOf(tx);
    await insertUnits(tx, scope);
    await insertProjects(tx, scope);
    await insertResources(tx, scope);
    await insertScaleGraph(tx, scope.regionId, {
      unitOf: (number) => scaleId("unit", sql`(1 + ${number} % ${SIZE.units}::int)`),
      projectOf: (number) => scaleId("project", number),
    });
    await insertReports(tx, scope);
    await insertSystems(tx, scope);
    await insertFacts(tx, scope);
    // Queries right after this must not be planned for a small city.
    await tx.execute(sql`analyze`);
    await tx.insert(installation).values({ key: MARK, value: String(SIZE.units) });
    return true;
  });
}

interface Scope {
  readonly regionId: string;
  readonly reportingDay: number;
  readonly schemeId: string;
  readonly actorId: string;
}

async function scopeOf(tx: Transaction): Promise<Scope> {
  const [region] = await tx.select().from(regions).where(eq(regions.code, CITY_CODE));
  const [scheme] = await tx.select({ id: schemes.id }).from(schemes).limit(1);
  const [actor] = await tx.select({ id: users.id }).from(users).where(eq(users.username, "assessor"));
  if (!region || !scheme || !actor) throw new Error("city scale needs the demonstration city");
  return { regionId: region.id, reportingDay: region.reportingDay, schemeId: scheme.id, actorId: actor.id };
}

/** A repeatable id of the shape of a uuid v7, from a kind and a number. */
const scaleId = (kind: string, number: SQL): SQL =>
  sql`overlay(overlay(md5(${kind}::text || ' ' || ${number}) placing '7' from 13) placing '8' from 17)::uuid`;

const textArray = (list: readonly string[]): SQL => sql`${JSON.stringify(list)}::jsonb`;
/** The element of a list that a number falls on. */
const nth = (list: readonly string[], number: SQL): SQL =>
  sql`(${textArray(list)}->>((${number}) % ${list.length})::int)`;

/** What `searchGrams` makes of texts that need no folding, in SQL. */
const pairsOf = (...texts: readonly SQL[]): SQL =>
  sql`array(select distinct substr(t, i, 2) from unnest(array[${sql.join([...texts], sql`, `)}]) t, generate_series(1, length(t) - 1) i)`;

/** What `comparedName` makes of these names, in SQL. */
const comparedNameOf = (name: SQL): SQL => sql`(
  select string_agg(substr(word, i, 2), ' ' order by at, i)
  from regexp_split_to_table(
      regexp_replace(${name}, '(系统|平台|项目|工程|建设|改造|升级|信息化|管理|综合|一体化|服务|信息)+$', ''),
      '智慧|数字|综合|一体化'
    ) with ordinality parts(word, at),
    generate_series(1, greatest(length(word) - 1, 1)) i
  where word <> '')`;

async function insertUnits(tx: Transaction, { regionId }: Scope): Promise<void> {
  await tx.execute(sql`
    insert into units (id, region_id, code, name, initials, "group", position)
    select ${scaleId("unit", sql`n`)}, ${regionId}, 'GM' || lpad(n::text, 5, '0'),
      ${nth(AREAS, sql`n`)} || '第' || n || '单位', ${nth(AREAS.map(initialsOf), sql`n`)} || 'd' || n || 'dw',
      (array['municipal', 'county', 'town'])[1 + n % 3], 1000 + n
    from generate_series(1, ${SIZE.units}::int) n`);
  await tx.execute(sql`
    insert into unit_names (unit_id, name, from_on)
    select id, name, '2010-01-01' from units where code like 'GM%'`);
}

async function insertProjects(tx: Transaction, { regionId, actorId }: Scope): Promise<void> {
  const name = (areas: readonly string[], topics: readonly string[], kinds: readonly string[]) =>
    sql`${nth(areas, sql`n`)} || n || ${nth(topics, sql`n / 7`)} || ${nth(kinds, sql`n / 3`)}`;
  const shown = name(AREAS, TOPICS, KINDS);
  const need = sql`${nth(AREAS, sql`n`)} || ${nth(TOPICS, sql`n / 7`)} || ${nth(LACKS, sql`n / 5`)}`;
  const content = sql`'建设' || ${nth(KINDS, sql`n / 3`)} || ${nth(BUILDS, sql`n / 11`)} || '，与' || ${nth(TOPICS, sql`n / 13`)} || '部门共享'`;
  const initials = name(AREAS.map(initialsOf), TOPICS.map(initialsOf), KINDS.map(initialsOf));
  await tx.execute(sql`
    insert into projects (id, region_id, unit_id, code, name, normalized_name, compared_name, compared_content, initials,
      search_grams, year, class, nature, field, stage,
      need, content, planned_start_on, planned_end_on, secret, mlps_level, hosting, declared_fen, reviewed_fen, approved_fen,
      approved_on, started_on, light, light_reasons, light_as_of, planned_percent, actual_percent, demonstration_figures,
      created_by, created_at, updated_at)
    select ${scaleId("project", sql`n`)}, ${regionId}, ${scaleId("unit", sql`1 + n % ${SIZE.units}::int`)},
      'GM2025-' || lpad(n::text, 6, '0'), ${shown}, ${shown}, ${comparedNameOf(shown)},
      regexp_replace(${need} || ${content}, '[、，]', '', 'g'), ${initials}, ${pairsOf(shown, sql`'gm2025' || lpad(n::text, 6, '0')`, initials)}, 2025,
      (array['softwareGeneral', 'softwareSpecial', 'infrastructureSpecial', 'softwarePlatform'])[1 + n % 4],
      (array['new', 'rebuild', 'service'])[1 + n % 3], '政府慧治',
      (array['implementation', 'implementation', 'implementation', 'procurement', 'trialRun'])[1 + n % 5],
      ${need} || '。', ${content} || '。', '2025-07-01', '2026-10-31', false, 2 + n % 2, 'governmentCloud',
      amount, amount, amount, '2025-05-20', '2025-07-01',
      case when n % 23 = 0 then 'red' when n % 7 = 0 then 'yellow' else 'green' end, '[]', '2026-07-20', 75, 75 - n % 23, true,
      ${actorId}, timestamptz '2025-03-01' + n * interval '1 minute', timestamptz '2026-07-01' + n * interval '1 second'
    from generate_series(1, ${SIZE.units * SIZE.projectsPerUnit}::int) n,
      lateral (select (50 + n % 900) * 1000000::bigint as amount) a`);
  await tx.execute(sql`
    insert into milestones (id, project_id, region_id, position, name, planned_on, cumulative_percent, completed_on)
    select ${scaleId("milestone", sql`(n * 10 + step)`)}, ${scaleId("project", sql`n`)}, ${regionId}, step,
      (array['需求确认', '开发完成', '初验', '终验'])[step], date '2025-07-01' + step * 120, step * 25,
      case when step < 3 then date '2025-07-01' + step * 120 + n % 20 end
    from generate_series(1, ${SIZE.units * SIZE.projectsPerUnit}::int) n, generate_series(1, 4) step`);
}

const OBJECTS = ["企业登记", "人口基础", "不动产权", "行政许可", "水务设施", "学籍信息", "公交线路", "环境监测"];
const FORMS = ["基本信息", "变更记录", "年度统计", "办件明细", "空间坐标", "信用记录", "许可目录"];
const ITEMS = ["统一标识", "名称", "地址", "类别", "状态", "登记日期", "有效期至", "负责人", "联系部门", "更新时间"];

async function insertResources(tx: Transaction, { regionId, actorId }: Scope): Promise<void> {
  const shown = sql`${nth(AREAS, sql`n`)} || ${nth(OBJECTS, sql`n / 3`)} || ${nth(FORMS, sql`n / 5`)} || n`;
  const initials = sql`${nth(AREAS.map(initialsOf), sql`n`)} || ${nth(OBJECTS.map(initialsOf), sql`n / 3`)} || ${nth(FORMS.map(initialsOf), sql`n / 5`)} || n`;
  const code = sql`c.code || '/' || lpad((500000 + n)::text, 6, '0')`;
  await tx.execute(sql`
    insert into resources (id, region_id, unit_id, category_code, code, name, normalized_name, initials, search_grams, summary,
      format_class, sharing_type, conditions, method, open_to_public, update_cycle, state, registered_by, published_by,
      published_on, last_updated_on, edition)
    select ${scaleId("resource", sql`n`)}, ${regionId}, ${scaleId("unit", sql`1 + n % ${SIZE.units}::int`)}, c.code, ${code},
      ${shown}, ${shown}, ${initials}, ${pairsOf(shown, sql`replace(${code}, '/', '')`, initials)},
      '履行职责过程中形成的业务数据。', 'database', case when n % 5 = 0 then 'conditional' else 'unconditional' end,
      case when n % 5 = 0 then '限业务协同使用' end, (array['interface', 'database'])[1 + n % 2], n % 9 = 0,
      (array['daily', 'monthly', 'quarterly', 'yearly'])[1 + n % 4],
      (array['published', 'published', 'published', 'published', 'registered', 'draft'])[1 + n % 6],
      ${actorId}, ${actorId}, date '2025-06-01' + n % 300, date '2026-07-01' - n % 60, 1
    from generate_series(1, ${SIZE.units * SIZE.resourcesPerUnit}::int) n
    join lateral (
      select code from (select code, row_number() over (order by code) - 1 as place, count(*) over () as total
        from catalog_categories where level = 3) k where k.place = n % k.total) c on true`);
  await tx.execute(sql`
    insert into resource_items (resource_id, position, region_id, name, data_type, length, required, is_key)
    select ${scaleId("resource", sql`n`)}, i, ${regionId}, ${nth(ITEMS, sql`i - 1`)}, '字符型', 50, i <= 2, i = 1
    from generate_series(1, ${SIZE.units * SIZE.resourcesPerUnit}::int) n, generate_series(1, ${SIZE.itemsPerResource}::int) i`);
}

async function insertReports(tx: Transaction, { regionId, reportingDay, actorId }: Scope): Promise<void> {
  const calendar = await loadCalendar(tx, regionId);
  const months = periodsBetween(addPeriods(LAST_REPORTED, 1 - SIZE.months), LAST_REPORTED).map((period, index) => ({
    period,
    index,
    due_on: reportDueOn(calendar, period, reportingDay),
  }));
  // One in forty is late, one in sixty missing; which ones differs from month to month.
  await tx.execute(sql`
    insert into monthly_reports (id, project_id, unit_id, region_id, period, due_on, state, planned_percent, actual_percent,
      done_this_month, next_month, spent_fen, spent_total_fen, light, light_reasons, filled_by, signed_by,
      first_submitted_at, submitted_at)
    select ${scaleId("report", sql`(n * 100 + m.index)`)}, ${scaleId("project", sql`n`)},
      ${scaleId("unit", sql`1 + n % ${SIZE.units}::int`)}, ${regionId}, m.period, m.due_on,
      case when missing then 'open' else 'signed' end, 6.25 * m.index, greatest(0, 6.25 * m.index - n % 9),
      '按计划推进建设工作。', '继续推进下一阶段工作。', 0, 0,
      case when missing then null when n % 23 = 0 then 'red' when n % 7 = 0 then 'yellow' else 'green' end,
      case when missing then null else '[]'::jsonb end, ${actorId}, ${actorId}, handed_in, handed_in
    from generate_series(1, ${SIZE.units * SIZE.projectsPerUnit}::int) n
    cross join jsonb_to_recordset(${JSON.stringify(months)}::jsonb) as m(period text, index int, due_on date)
    cross join lateral (select (n + m.index * 7) % 60 = 0 as missing, (n + m.index * 11) % 40 = 0 as late) l
    cross join lateral (
      select case when not missing
        then (m.due_on + case when late then 2 else -(n % 5) end + time '10:00') at time zone 'Asia/Shanghai'
        end as handed_in) h`);
}

/**
 * Systems with their standings and steps: three in four are migrated, the others stand somewhere on the way, one in fifty is
 * out of scope, one in a hundred special; one in five moved into its batch later than it was registered.
 */
async function insertSystems(tx: Transaction, { regionId, actorId }: Scope): Promise<void> {
  const count = SIZE.units * SIZE.systemsPerUnit;
  const shown = sql`${nth(AREAS, sql`n`)} || n || ${nth(TOPICS, sql`n / 7`)} || ${nth(KINDS, sql`n / 3`)}`;
  const registered = sql`(case when n % 10 = 0 then date '2026-01-10' + n % 150 else date '2025-01-15' end)`;
  const made = sql`generate_series(1, ${count}::int) n`;
  await tx.execute(sql`
    insert into systems (id, region_id, unit_id, code, name, compared_name, initials, purpose, ownership, mlps_level, hosting,
      backed_up, registered_on, updated_at)
    select ${scaleId("system", sql`n`)}, ${regionId}, ${scaleId("unit", sql`1 + n % ${SIZE.units}::int`)},
      'GX-' || lpad(n::text, 6, '0'), ${shown}, ${comparedNameOf(shown)},
      ${nth(AREAS.map(initialsOf), sql`n`)} || n, '支撑本单位业务办理。', 'own', case when n % 50 = 0 then 4 else 2 + n % 2 end,
      'ownRoom', n % 3 = 0, ${registered}, timestamptz '2026-07-01'
    from ${made}`);
  const batch = sql`(select id from cloud_batches where region_id = ${regionId} order by target_on offset n % 3 limit 1)`;
  const later = sql`n % 5 = 0 and n % 10 <> 0`;
  const scope = sql`case when n % 50 = 0 then 'out' when n % 97 = 0 then 'special' else 'in' end,
    case when n % 50 = 0 then 'highLevel' when n % 97 = 0 then 'largeVolume' end, n % 50 <> 0 and n % 194 = 0`;
  const columns = sql.raw(
    "insert into cloud_standings (id, system_id, region_id, unit_id, batch_id, scope, reason, managed, from_on, to_on)",
  );
  const own = sql`${scaleId("system", sql`n`)}, ${regionId}::uuid, ${scaleId("unit", sql`1 + n % ${SIZE.units}::int`)}`;
  await tx.execute(sql`
    ${columns}
    select ${scaleId("standing", sql`n`)}, ${own}, case when not (${later}) then ${batch} end, ${scope}, ${registered},
      case when ${later} then date '2025-06-01' end
    from ${made}
    union all
    select ${scaleId("later standing", sql`n`)}, ${own}, ${batch}, ${scope}, date '2025-06-01', null
    from ${made} where ${later}`);
  await tx.execute(sql`
    insert into cloud_steps (id, system_id, step, region_id, completed_on, evidence, recorded_by, recorded_at)
    select ${scaleId("cloud step", sql`(n * 10 + step)`)}, ${scaleId("system", sql`n`)}, ${nth(CLOUD_STEPS, sql`step - 1`)},
      ${regionId}, completed_on, '迁移上云材料', ${actorId}, completed_on + time '10:00'
    from ${made}, generate_series(1, 7) step,
      lateral (select greatest(${registered}, date '2025-06-01' + n % 200) + step * 12 as completed_on) c
    where step <= case when n % 4 = 0 then n % 7 else 7 end and completed_on <= date '2026-07-20'`);
  await tx.execute(sql`
    insert into cloud_blocks (id, system_id, region_id, step, reason, detail, since_on, reported_by, reported_at)
    select ${scaleId("cloud block", sql`n`)}, ${scaleId("system", sql`n`)}, ${regionId}, '系统部署',
      (array['fundsMissing', 'resourcesShort', 'vendorDelay'])[1 + n % 3], '等待处理。', date '2026-06-01' + n % 30, ${actorId},
      timestamptz '2026-07-01'
    from ${made} where n % 12 = 0 and n % 7 < 5 and n % 50 <> 0`);
}

/** A year before the demonstration's own assessed months, so that neither disturbs the other. */
async function insertFacts(tx: Transaction, { regionId, schemeId, actorId }: Scope): Promise<void> {
  await tx.execute(sql`
    insert into assessment_periods (id, region_id, period, scheme_id, state, cutoff_at, frozen_by, published_at, confirmed_by, final_at)
    select ${scaleId("period", sql`m`)}, ${regionId}, to_char(month, 'YYYY-MM'), ${schemeId}, 'final', month, ${actorId},
      month, ${actorId}, month
    from generate_series(1, ${SIZE.months}::int) m, lateral (select timestamptz '2024-03-01' + m * interval '1 month' as month) x`);
  await tx.execute(sql`
    insert into frozen_facts (period_id, measure, unit_id, region_id, numerator, denominator, applicable)
    select ${scaleId("period", sql`m`)}, 'scale' || lpad(k::text, 2, '0'), ${scaleId("unit", sql`u`)}, ${regionId},
      (u * k + m) % 20, 20, true
    from generate_series(1, ${SIZE.units}::int) u, generate_series(1, ${SIZE.measures}::int) k,
      generate_series(1, ${SIZE.months}::int) m`);
}
