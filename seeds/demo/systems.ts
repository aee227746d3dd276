import type { cloudBatches, cloudStandings, cloudSteps, securityTests, systems } from "@db/schema";
import { comparedName } from "~/kernel/names";
import { addDays, addMonths, type LocalDate, localDate } from "~/kernel/local-date";
import { CLOUD_STEPS, keysOf, OWNERSHIPS } from "~/kernel/vocabulary";
import { onOrNextWorkday } from "~/kernel/work-calendar";
import { outOfCloudScope } from "~/modules/systems/index";
import { initialsOf } from "~/platform/initials.server";

import { chance } from "./chance";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow } from "./events";
import type { CityProject } from "./projects";
import { FOUNDED_AT, readSeedCsv } from "./regions";
import { inventoryLife, withFacts } from "./system-facts";
import { DEMO_TODAY } from "./today";

type SystemRow = typeof systems.$inferInsert;
type StandingRow = typeof cloudStandings.$inferInsert;
type StepRow = typeof cloudSteps.$inferInsert;
type TestRow = typeof securityTests.$inferInsert;

/** @source domain.md §6 (targets), §11 (first batch) */
const BATCHES = [
  ["第一批", "2025-10-31"],
  ["第二批", "2025-12-31"],
  ["第三批", "2026-09-30"],
] as const;

/** The inventory as it was first counted. */
const COUNTED_ON = localDate("2025-01-15");

const EVIDENCE: Readonly<Record<(typeof CLOUD_STEPS)[number], string>> = {
  方案编制: "迁移上云方案通过评审",
  资源申请: "政务云资源申请单",
  审核备案: "上云审核备案表",
  资源开通: "云资源开通确认单",
  系统部署: "系统部署与数据迁移报告",
  安全检测: "上线前安全检测报告（合格）",
  服务开通: "服务开通通知书",
};

/** Tests that a visitor should find expired, about to expire, or failed; all others are valid. */
const NOTABLE_TESTS: Readonly<Record<string, { validUntil?: string; failed?: true }>> = {
  工程建设项目审批系统: { validUntil: "2026-05-31" },
  区域卫生信息平台: { validUntil: "2026-08-10" },
  国库集中支付核心系统: { validUntil: "2026-08-05" },
  数字城管系统: { failed: true },
  学校阳光招生系统: { validUntil: "2026-07-10" },
};

/** The inventory in Zhanjiang's proportions, each own-built system with the steps and tests it has behind it. */
export function citySystems(city: City, projects: readonly CityProject[]) {
  const batches: (typeof cloudBatches.$inferInsert)[] = BATCHES.map(([name, targetOn]) => ({
    id: demoId("batch", name, FOUNDED_AT),
    regionId: city.regionId,
    name,
    targetOn: localDate(targetOn),
  }));
  const described: ReturnType<typeof withFacts>[] = [];
  const counted: StandingRow[] = [];
  const steps: StepRow[] = [];
  const tests: TestRow[] = [];
  readSeedCsv("heshan-systems.csv").forEach((record, index) => {
    const project = projects.find(({ facts }) => facts.name === record["来源项目"]);
    const row = systemRow(city, project, record, index);
    const done = cloudStepRows(city, row, record);
    const tested = row.ownership === "own" && !row.secret ? testRows(city, row) : [];
    const filing = tested.find(({ kind }) => kind === "mlps")?.filingNumber ?? null;
    const hosting = row.ownership === "own" && done.length === 7 ? "governmentCloud" : row.hosting;
    described.push(withFacts(city, { ...row, hosting }, city.unit(record["单位"] ?? ""), filing));
    counted.push(standingRow(city, row, batches.find((batch) => batch.name === record["批次"])?.id ?? null));
    steps.push(...done);
    tests.push(...tested);
  });
  const { rows, standings, confirmations, events: told } = inventoryLife(city, described, counted);
  const nameOf = new Map(rows.map(({ id, name }) => [id, name]));
  const events = steps.flatMap(({ systemId, step, completedOn, recordedBy, recordedAt }) => {
    const person = city.people.find(({ id }) => id === recordedBy);
    const subject = { type: "system", id: systemId };
    const payload = { name: nameOf.get(systemId), step, completedOn };
    return person ? [eventRow(person, { type: "cloudStepCompleted", subject, at: recordedAt, payload })] : [];
  });
  return { batches, rows, standings, steps, tests, confirmations, events: [...events, ...told] };
}

function systemRow(
  city: City,
  project: CityProject | undefined,
  record: Readonly<Record<string, string>>,
  index: number,
): SystemRow {
  const name = record["名称"] ?? "";
  const unit = city.unit(record["单位"] ?? "");
  const ownership = keysOf(OWNERSHIPS).find((each) => each === record["建设方式"]) ?? "own";
  const [secret, mlpsLevel] = [record["涉密"] === "是", Number(record["等级"])];
  return {
    id: demoId("system", name, FOUNDED_AT),
    regionId: city.regionId,
    unitId: unit.id,
    operatorUnitId: record["运营"] === "是" ? city.unit("市数字政府运营中心").id : null,
    projectId: project?.row.id ?? null,
    code: `XT-${String(index + 1).padStart(4, "0")}`,
    name,
    comparedName: comparedName(name),
    initials: initialsOf(name),
    ownership,
    mlpsLevel,
    secret,
    hosting: ownership === "own" ? "ownRoom" : "superiorCloud",
    backedUp: record["备份"] === "是",
    registeredOn: project?.row.acceptedOn ?? COUNTED_ON,
  };
}

/** As the inventory was taken over: the rule decides, and it stands since the system is registered. */
function standingRow(city: City, system: SystemRow, batchId: string | null): StandingRow {
  const { id, unitId, ownership, secret = false, mlpsLevel = null, registeredOn } = system;
  const unitExempt = city.units.find((unit) => unit.id === unitId)?.cloudExempt ?? false;
  const excludedFromLevel = 4;
  const reason = outOfCloudScope({ ownership, secret, mlpsLevel, unitExempt, excludedFromLevel }) ?? null;
  return {
    id: demoId("cloudStanding", system.name, FOUNDED_AT),
    systemId: id,
    regionId: city.regionId,
    unitId,
    batchId,
    scope: reason ? "out" : "in",
    reason,
    fromOn: registeredOn,
  };
}

function cloudStepRows(city: City, system: SystemRow, record: Readonly<Record<string, string>>): StepRow[] {
  const { between } = chance("cloud", system.name);
  const recorder = city.filerOf(city.unit(record["单位"] ?? ""));
  const recordedBy = record["运营"] === "是" ? city.person("operator").id : recorder.id;
  let day: LocalDate | undefined;
  return CLOUD_STEPS.slice(0, Number(record["完成步骤"])).map((step) => {
    const next: LocalDate = day ? addDays(day, between(7, 15)) : localDate(record["首步日期"] ?? "");
    day = onOrNextWorkday(city.calendar, next);
    return {
      id: demoId("cloudStep", `${system.name} ${step}`, officeHours(day, system.name, step)),
      systemId: system.id,
      step,
      regionId: city.regionId,
      completedOn: day,
      evidence: EVIDENCE[step],
      recordedBy,
      recordedAt: officeHours(day, system.name, step),
    };
  });
}

/** A level-3 system is tested every year, a level-2 one every second year; crypto assessments are yearly. */
function testRows(city: City, system: SystemRow): TestRow[] {
  const level = system.mlpsLevel ?? 0;
  const { between } = chance("tests", system.name);
  const notable = NOTABLE_TESTS[system.name] ?? {};
  const test = (kind: "mlps" | "crypto"): TestRow => {
    const months = kind === "crypto" || level >= 3 ? 12 : 24;
    const end = kind === "mlps" && notable.validUntil ? localDate(notable.validUntil) : undefined;
    const testedOn = end ? addMonths(end, -months) : addDays(DEMO_TODAY, -between(100, 290));
    return {
      id: demoId("test", `${system.name} ${kind}`, officeHours(testedOn, system.name)),
      regionId: city.regionId,
      systemId: system.id,
      kind,
      level: kind === "mlps" ? level : null,
      filingNumber: kind === "mlps" ? `44078${level}${between(100_000, 999_999)}` : null,
      passed: kind === "mlps" && notable.failed ? "failed" : "passed",
      testedOn,
      validUntil: addMonths(testedOn, months),
    };
  };
  return level >= 3 ? [test("mlps"), test("crypto")] : [test("mlps")];
}
