import type { Transaction } from "@db/client";
import { asc, eq } from "drizzle-orm";

import { cloudBlocks, cloudResources, cloudSteps, domainEvents, systems } from "@db/schema";
import { addDays, localDate, type LocalDate } from "~/kernel/local-date";
import { onOrNextWorkday } from "~/kernel/work-calendar";
import type { BlockReason, CloudResourceKind, CloudStep } from "~/kernel/vocabulary";

import { chance } from "./chance";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow, type EventRow } from "./events";
import { insertAll } from "./insert";
import type { Person } from "./people";

type BlockRow = typeof cloudBlocks.$inferInsert;
type StepRow = typeof cloudSteps.$inferInsert;
type FigureRow = typeof cloudResources.$inferInsert;

/** A system with the steps that stand, in their order, and who enters things for it. */
interface Migrating {
  readonly system: typeof systems.$inferSelect;
  readonly steps: readonly (typeof cloudSteps.$inferSelect)[];
  readonly person: Person;
}

/** What keeps a system from its next step today. */
const OPEN_BLOCKS: Readonly<Record<string, readonly [BlockReason, CloudStep, since: string, detail: string]>> = {
  工程建设项目审批系统: [
    "securityTestFailed",
    "安全检测",
    "2026-06-24",
    "渗透测试发现 2 个高危漏洞（越权访问、弱口令），承建单位正在整改，整改后复测。",
  ],
  河长制管理系统: [
    "networkOrPorts",
    "系统部署",
    "2026-07-08",
    "政务外网至水利专网的端口策略未开通，已提交网络变更申请。",
  ],
  数字城管系统: ["fundsMissing", "审核备案", "2026-05-29", "迁移改造经费未列入年初预算，已申请追加，等待财政批复。"],
  企业服务平台系统: [
    "resourcesShort",
    "资源开通",
    "2026-06-30",
    "政务云存储资源池余量不足，等待扩容，预计 8 月上旬到位。",
  ],
};

/** What was overcome on the way: of which step, and how. */
const CLEARED_BLOCKS: Readonly<Record<string, readonly [BlockReason, CloudStep, detail: string]>> = {
  人才服务管理系统: ["vendorDelay", "系统部署", "承建单位驻场人员变动，部署推迟。"],
  区域卫生信息平台: ["rebuildNeeded", "系统部署", "数据库版本与云平台不兼容，须先改造。"],
  养老服务管理系统: ["planUnsettled", "审核备案", "与区域人口库的对接方案待明确。"],
};

/** Steps that the bureau rolled back and that were taken again, the later ones with them. */
const ROLLED_BACK: Readonly<
  Record<string, readonly [from: CloudStep, attempts: readonly CloudStep[], reason: string]>
> = {
  学校阳光招生系统: ["安全检测", ["安全检测"], "抽查发现检测报告未覆盖招生报名模块，须补测后重新登记。"],
  数字档案馆系统: ["系统部署", ["系统部署"], "数据迁移核对表缺少校验记录，须核对后重新登记。"],
};

const FIGURE_DAY = localDate("2026-06-30");

/** What lies beside the seven steps: what blocked them, what was rolled back, what the systems take up on the cloud. */
export async function writeCloudLife(tx: Transaction, city: City): Promise<void> {
  const migrating = await migratingSystems(tx, city);
  const blocks = migrating.flatMap((each) => [...openBlocks(each), ...clearedBlocks(each, city)]);
  const attempts = migrating.flatMap((each) => attemptsOf(each, city));
  await insertAll(
    tx,
    cloudBlocks,
    blocks.map(({ row }) => row),
  );
  await insertAll(
    tx,
    cloudSteps,
    attempts.flatMap(({ rows }) => rows),
  );
  await insertAll(tx, cloudResources, migrating.flatMap(figuresOf));
  await insertAll(
    tx,
    domainEvents,
    [...blocks, ...attempts].flatMap(({ events }) => events),
  );
}

async function migratingSystems(tx: Transaction, city: City): Promise<Migrating[]> {
  const steps = await tx.select().from(cloudSteps).orderBy(asc(cloudSteps.completedOn), asc(cloudSteps.id));
  const rows = await tx.select().from(systems).where(eq(systems.regionId, city.regionId)).orderBy(asc(systems.code));
  return rows.flatMap((system) => {
    const own = steps.filter(({ systemId }) => systemId === system.id);
    const person = city.people.find(({ id }) => id === own[0]?.recordedBy);
    return person ? [{ system, steps: own, person }] : [];
  });
}

/** Something entered about a system on a day, as its event. */
function told(
  { system }: Migrating,
  person: Person,
  type: string,
  on: LocalDate,
  payload: Readonly<Record<string, unknown>>,
  reason?: string,
): EventRow {
  return eventRow(person, {
    type,
    subject: { type: "system", id: system.id },
    at: officeHours(on, system.name, type),
    payload: { name: system.name, ...payload },
    reason,
  });
}

function blockRow(
  { system, person }: Migrating,
  step: CloudStep,
  reason: BlockReason,
  sinceOn: LocalDate,
  detail: string,
): BlockRow {
  const reportedAt = officeHours(sinceOn, system.name, "block");
  return {
    id: demoId("cloudBlock", `${system.name} ${step}`, reportedAt),
    systemId: system.id,
    regionId: system.regionId,
    step,
    reason,
    detail,
    sinceOn,
    reportedBy: person.id,
    reportedAt,
  };
}

function openBlocks(each: Migrating): { row: BlockRow; events: EventRow[] }[] {
  const found = OPEN_BLOCKS[each.system.name];
  if (!found) return [];
  const [reason, step, since, detail] = found;
  const sinceOn = localDate(since);
  const payload = { step, blockReason: reason, sinceOn };
  const event =
    reason === "securityTestFailed"
      ? told(each, each.person, "cloudTestFailed", sinceOn, { step, completedOn: sinceOn })
      : told(each, each.person, "cloudBlockReported", sinceOn, payload, detail);
  return [{ row: blockRow(each, step, reason, sinceOn, detail), events: [event] }];
}

function clearedBlocks(each: Migrating, { calendar }: City): { row: BlockRow; events: EventRow[] }[] {
  const found = CLEARED_BLOCKS[each.system.name];
  if (!found) return [];
  const [reason, step, detail] = found;
  const at = each.steps.findIndex((row) => row.step === step);
  const [before, done] = [each.steps[at - 1], each.steps[at]];
  if (!before || !done) return [];
  const sinceOn = workdayWithin(calendar, addDays(before.completedOn, 2), done.completedOn);
  const row = {
    ...blockRow(each, step, reason, sinceOn, detail),
    clearedOn: done.completedOn,
    clearedNote: `“${step}”已完成`,
    clearedBy: each.person.id,
  };
  return [
    {
      row,
      events: [told(each, each.person, "cloudBlockReported", sinceOn, { step, blockReason: reason, sinceOn }, detail)],
    },
  ];
}

/** The workday on or after a day, but no later than another. */
const workdayWithin = (calendar: City["calendar"], day: LocalDate, latest: LocalDate): LocalDate => {
  const workday = onOrNextWorkday(calendar, day);
  return workday < latest ? workday : latest;
};

/** A first attempt lies between the step before it and the one that stands. */
function attemptsOf(each: Migrating, city: City): { rows: StepRow[]; events: EventRow[] }[] {
  const found = ROLLED_BACK[each.system.name];
  if (!found) return [];
  const [from, steps, reason] = found;
  const { calendar } = city;
  const bureau = city.person("bureau");
  const at = each.steps.findIndex(({ step }) => step === from);
  const [before, stands] = [each.steps[at - 1], each.steps[at]];
  if (!before || !stands) return [];
  const completedOn = workdayWithin(calendar, addDays(before.completedOn, 3), stands.completedOn);
  const rolledBackOn = workdayWithin(calendar, addDays(completedOn, 2), stands.completedOn);
  const rolledBackAt = officeHours(rolledBackOn, each.system.name, "rollback");
  const rows = steps.map((step): StepRow => {
    const recordedAt = officeHours(completedOn, each.system.name, step);
    return {
      ...stands,
      id: demoId("cloudStep", `${each.system.name} ${step} 1`, recordedAt),
      step,
      completedOn,
      recordedAt,
      rolledBackOn,
      rolledBackBy: bureau.id,
      rolledBackAt,
      rollbackReason: reason,
    };
  });
  const completed = steps.map((step) =>
    told(each, each.person, "cloudStepCompleted", completedOn, { step, completedOn }),
  );
  const back = told(
    each,
    bureau,
    "cloudStepRolledBack",
    rolledBackOn,
    { step: from, steps, unitId: each.system.unitId },
    reason,
  );
  return [{ rows, events: [...completed, back] }];
}

/** What systems of this size ask for. @unit whole cores or GB */
const SIZES: Readonly<Record<CloudResourceKind, readonly [number, ...number[]]>> = {
  vcpu: [16, 24, 32, 48, 64],
  memory: [64, 96, 128, 192, 256],
  storage: [500, 1000, 2000, 4000, 8000],
};

/** Applied with the application, opened with the opening, used as of the last half-year. */
function figuresOf({ system, steps, person }: Migrating): FigureRow[] {
  const dayOf = (step: CloudStep) => steps.find((row) => row.step === step)?.completedOn;
  const [appliedOn, openedOn, deployedOn] = [dayOf("资源申请"), dayOf("资源开通"), dayOf("系统部署")];
  const { pick, between } = chance("cloudResources", system.name);
  return (["vcpu", "memory", "storage"] as const).flatMap((kind) => {
    const applied = pick(SIZES[kind]);
    const opened = Math.round((applied * pick([75, 100, 100])) / 100);
    const used = Math.round((opened * between(20, 85)) / 100);
    const figure = (stage: FigureRow["stage"], amount: number, asOf: LocalDate | undefined): FigureRow[] => {
      if (!asOf) return [];
      const recordedAt = officeHours(asOf, system.name, "resources");
      const id = demoId("cloudResource", `${system.name} ${kind} ${stage}`, recordedAt);
      return [
        {
          id,
          systemId: system.id,
          regionId: system.regionId,
          kind,
          stage,
          amount,
          asOf,
          recordedBy: person.id,
          recordedAt,
        },
      ];
    };
    return [
      ...figure("applied", applied, appliedOn),
      ...figure("opened", opened, openedOn),
      ...figure("used", used, deployedOn && FIGURE_DAY),
    ];
  });
}
