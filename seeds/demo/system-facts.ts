import type { cloudStandings, domainEvents, inventoryConfirmations, systems } from "@db/schema";
import { addDays, localDate } from "~/kernel/local-date";
import { SYSTEM_STATES } from "~/kernel/vocabulary";
import { onOrNextWorkday } from "~/kernel/work-calendar";
import { signedEntryOf } from "~/modules/systems/index.server";
import type { SystemFacts } from "~/modules/systems/index";

import { chance } from "./chance";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow } from "./events";
import type { UnitRow } from "./units";

type SystemRow = typeof systems.$inferInsert;
type System = typeof systems.$inferSelect;
type StandingRow = typeof cloudStandings.$inferInsert;
type EventRow = typeof domainEvents.$inferInsert;

const LATEST_LAUNCH = localDate("2024-09-30");

/** What each system is for, and the words it is found by. */
const PURPOSES: Readonly<Record<string, readonly [string, string]>> = {
  公安综合业务信息系统: ["治安、户政、案件等公安业务办理", "公共安全"],
  出入境管理信息系统: ["出入境证件受理、审批和查询", "公共安全、证照"],
  全国中小学生学籍信息管理系统: ["中小学生学籍注册、转学和毕业管理", "教育"],
  全国婚姻登记管理信息系统: ["婚姻登记办理和登记档案查询", "民政、证照"],
  全国农村集体资产监督管理平台: ["农村集体资产清查和监督管理", "农业农村"],
  国家政务服务投诉与建议平台: ["政务服务投诉与建议的受理和转办", "政务服务"],
  全国统计联网直报平台: ["企业统计数据联网直报", "统计"],
  全国社会保险公共服务平台: ["社会保险权益查询和跨省转移接续", "社保"],
  全国文物综合管理系统: ["文物保护单位和可移动文物登记管理", "文化旅游"],
  全国危险化学品登记信息管理系统: ["危险化学品企业登记和风险监测", "应急管理"],
  国家医疗保障信息平台: ["医保参保、结算和基金监管", "医保"],
  广东政务服务网鹤山分站: ["政务服务事项发布、网上申办和查询", "政务服务"],
  广东省投资项目在线审批监管平台: ["投资项目备案、核准和审批监管", "投资、审批"],
  广东省公共信用信息管理系统: ["公共信用信息归集、查询和修复", "信用"],
  广东省教育综合服务平台: ["教师、学校和教育经费管理", "教育"],
  广东省企业开办平台: ["企业设立登记、刻章、申领发票一次办理", "营商环境"],
  广东省特种设备电子监管系统: ["特种设备使用登记和检验监管", "市场监管"],
  广东省全民健康信息综合平台: ["健康档案、电子病历汇聚和共享", "卫生健康"],
  广东省民政综合业务信息平台: ["低保、特困、残疾人补贴等救助业务办理", "民政、救助"],
  广东省公共法律服务平台: ["法律咨询、法律援助和公证服务", "法律服务"],
  广东省数字财政系统: ["预算编制、指标管理和财务核算", "财政"],
  广东省集中式人力资源和社会保障一体化信息系统: ["就业、社保、人才业务一体化办理", "社保、就业"],
  广东省国土空间基础信息平台: ["国土空间规划、用地审批数据管理", "自然资源"],
  广东省建筑市场监管公共服务平台: ["建筑企业资质和工程项目监管", "住房建设"],
  广东省道路运政管理信息系统: ["道路运输经营许可和从业人员管理", "交通运输"],
  广东省智慧水利平台: ["水雨情监测和水利工程管理", "水利"],
  广东省应急管理综合应用平台: ["应急值守、监测预警和指挥调度", "应急管理"],
  道路运输业务管理系统: ["本市道路运输企业和车辆业务办理", "交通运输"],
  数字档案馆系统: ["馆藏档案数字化管理和查档服务", "档案"],
  农产品质量安全追溯系统: ["农产品生产、检测和流通追溯", "农业农村、食品安全"],
  财政预算绩效管理系统: ["预算绩效目标申报、监控和评价", "财政"],
  一体化政务服务平台鹤山分厅系统: ["大厅综合窗口受理、叫号和办件流转", "政务服务"],
  医疗救助管理系统: ["困难群众医疗救助申请和审核", "医保、救助"],
  协同办公系统: ["公文流转、会议和督办", "办公"],
  政务信息化项目管理系统: ["政务信息化项目申报和过程管理", "项目管理"],
  企业开办一窗通系统: ["企业开办一窗受理和联办", "营商环境"],
  不动产权电子证书查询系统: ["不动产权电子证书线上查询和核验", "自然资源、证照"],
  区域卫生信息平台: ["医疗机构诊疗数据互联互通", "卫生健康"],
  学校阳光招生系统: ["义务教育阶段学校招生报名和录取", "教育"],
  养老服务管理系统: ["养老机构、居家养老服务和补贴管理", "民政、养老"],
  工程建设项目审批系统: ["工程建设项目并联审批和监管", "住房建设、审批"],
  人才服务管理系统: ["人才认定、补贴申领和服务", "人才"],
  河长制管理系统: ["巡河记录、问题上报和整改跟踪", "水利、环保"],
  数字城管系统: ["城市管理问题采集、派遣和处置", "城市管理"],
  数字鹤山地理空间框架系统: ["基础地理信息数据管理和地图服务", "自然资源、地图"],
  企业服务平台系统: ["惠企政策发布、申报和企业诉求办理", "营商环境"],
  园区企业服务系统: ["园区企业入驻、用工和诉求服务", "营商环境"],
  涉密文件流转系统: ["机要文件登记、传阅和清退", "机要"],
  国库集中支付核心系统: ["国库集中支付申请、审核和清算", "财政"],
};

const BUILDERS = [
  "数字广东网络建设有限公司",
  "江门市云信软件有限公司",
  "广州市政通科技有限公司",
  "中国电信股份有限公司江门分公司",
  "深圳市政数信息技术有限公司",
] as const;

/** Entries that a visitor should find incomplete: what the unit has not said yet. */
const UNSAID: Readonly<Record<string, Partial<Omit<SystemFacts, "tags">>>> = {
  数字城管系统: { builder: "", contactName: "", contactPhone: "" },
  园区企业服务系统: { location: "", launchedOn: null },
  广东省智慧水利平台: { contactPhone: "" },
  社区网格化管理系统: { purpose: "" },
};

/** An entry with everything that is said of it. */
type Described = SystemRow & Omit<SystemFacts, "tags"> & Pick<System, "state" | "tags">;

/** What the unit said of its system when the inventory was taken. */
export function withFacts(city: City, system: SystemRow, unit: UnitRow, filingNumber: string | null): Described {
  const { between, pick } = chance("system facts", system.name);
  const own = system.ownership === "own";
  const [purpose = "", tags = ""] = PURPOSES[system.name] ?? [];
  const launchedOn = addDays(LATEST_LAUNCH, -between(60, 3_200));
  const { secret = false, backedUp = false, mlpsLevel = null, operatorUnitId = null, projectId = null } = system;
  const classified = own && !secret && (mlpsLevel ?? 0) >= 2;
  return {
    ...system,
    secret,
    backedUp,
    mlpsLevel,
    operatorUnitId,
    projectId,
    state: "inUse",
    purpose,
    tags: tags === "" ? [] : tags.split("、"),
    builder: own ? pick(BUILDERS) : "",
    contactName: contactOf(city, unit),
    contactPhone: `0750-88${between(10_000, 99_999)}`,
    launchedOn,
    location: system.hosting === "ownRoom" ? `${unit.name}机房（办公楼${between(2, 6)}楼）` : "",
    mlpsFilingNumber: classified ? (filingNumber ?? `44078${mlpsLevel}${between(100_000, 999_999)}`) : "",
    mlpsFiledOn: classified ? addDays(launchedOn, between(20, 60)) : null,
    ...UNSAID[system.name],
  };
}

const contactOf = (city: City, unit: UnitRow): string =>
  city.people.find((person) => person.unit === unit)?.name ?? "值班室";

/** What became of some entries since they were counted. All are vertical: they weigh on no rate. */
const SUSPENDED = {
  name: "广东省特种设备电子监管系统",
  on: "2026-06-15",
  reason: "省级系统升级，暂停使用，业务转线下办理",
};
const RETIRED = { name: "广东省民政综合业务信息平台", on: "2026-06-30", reason: "并入省社会救助信息平台，停止使用" };
const TRANSFERRED = {
  name: "广东省公共信用信息管理系统",
  to: "市政务服务数据管理局",
  on: "2026-07-06",
  reason: "社会信用工作职责调整（鹤机编〔2026〕14号）",
};
const EDITED = { name: "财政预算绩效管理系统", on: "2026-05-12", before: "0750-8812345" };

/** Units whose leader has not signed this year's list although nothing is missing. */
const UNSIGNED = ["市自然资源局", "市教育局", "市文化广电旅游体育局"];
const UNSIGNED_LAST_YEAR = ["市城市管理和综合执法局", "共和镇人民政府", "沙坪街道办事处"];

/** What the list of a unit said when its leader signed it, each year on a day of February or March. */
function confirmation(city: City, unit: UnitRow, list: readonly Described[], year: number) {
  const day = addDays(localDate(`${year}-02-16`), chance("confirmation", unit.name, String(year)).between(0, 40));
  const on = onOrNextWorkday(city.calendar, day);
  const leader = city.people.find((person) => person.unit === unit && person.role === "unitLead");
  const there = list.filter(({ registeredOn }) => registeredOn <= on);
  if (!leader || there.length === 0) return undefined;
  const confirmedAt = officeHours(on, unit.name, "confirmation");
  const id = demoId("inventoryConfirmation", `${unit.name} ${year}`, confirmedAt);
  const row: typeof inventoryConfirmations.$inferInsert = {
    id,
    regionId: city.regionId,
    unitId: unit.id,
    year,
    systemCount: there.length,
    signedList: there.map(signedEntryOf),
    confirmedBy: leader.id,
    confirmedAt,
  };
  const event = eventRow(leader, {
    type: "inventoryConfirmed",
    subject: { type: "inventoryConfirmation", id },
    at: confirmedAt,
    payload: { unitId: unit.id, unitName: unit.name, year, systemCount: there.length },
  });
  return { row, event };
}

/** What happened to an entry later: the row as it is now, and the event that tells of it. */
function laterOf(city: City, row: Described): { row: Described; event?: EventRow } {
  const unit = city.units.find(({ id }) => id === row.unitId);
  const told = (type: string, on: string, payload: Readonly<Record<string, unknown>>, reason?: string) => {
    const filer = city.people.find((person) => person.unit === unit && person.role === "filer");
    const actor = type === "systemTransferred" || !filer ? city.person("bureau") : filer;
    const subject = { type: "system", id: row.id };
    const at = officeHours(localDate(on), row.name, type);
    return eventRow(actor, { type, subject, at, payload: { name: row.name, code: row.code, ...payload }, reason });
  };
  switch (row.name) {
    case SUSPENDED.name: {
      const changes = [{ title: "使用状态", before: SYSTEM_STATES.inUse, after: SYSTEM_STATES.suspended }];
      const payload = { unitId: row.unitId, changes };
      return {
        row: { ...row, state: "suspended" },
        event: told("systemStateChanged", SUSPENDED.on, payload, SUSPENDED.reason),
      };
    }
    case RETIRED.name: {
      const retiredOn = localDate(RETIRED.on);
      const payload = { unitId: row.unitId, retiredOn };
      return {
        row: { ...row, state: "retired", retiredOn, retireReason: RETIRED.reason },
        event: told("systemRetired", RETIRED.on, payload, RETIRED.reason),
      };
    }
    case TRANSFERRED.name: {
      const to = city.unit(TRANSFERRED.to);
      const changes = [{ title: "主管单位", before: unit?.name ?? "", after: to.name }];
      const payload = { unitId: to.id, fromUnitId: row.unitId, changes };
      return {
        row: { ...row, unitId: to.id },
        event: told("systemTransferred", TRANSFERRED.on, payload, TRANSFERRED.reason),
      };
    }
    case EDITED.name: {
      const changes = [{ title: "联系电话", before: EDITED.before, after: row.contactPhone }];
      return { row, event: told("systemEdited", EDITED.on, { unitId: row.unitId, changes }) };
    }
    default:
      return { row };
  }
}

/** The later fate of entries and the yearly confirmations, with the events that tell of them. */
export function inventoryLife(city: City, rows: readonly Described[], standings: readonly StandingRow[]) {
  const signedThen = rows.map((row) => (row.name === EDITED.name ? { ...row, contactPhone: EDITED.before } : row));
  const incomplete = new Set(rows.filter(({ name }) => name in UNSAID).map(({ unitId }) => unitId));
  const later = rows.map((row) => laterOf(city, row));
  const signed = city.units.flatMap((unit) => {
    const list = signedThen.filter(({ unitId }) => unitId === unit.id);
    const lastYear = UNSIGNED_LAST_YEAR.includes(unit.name) ? undefined : confirmation(city, unit, list, 2025);
    const open = UNSIGNED.includes(unit.name) || incomplete.has(unit.id);
    return [lastYear ?? [], open ? [] : (confirmation(city, unit, list, 2026) ?? [])].flat();
  });
  return {
    rows: later.map(({ row }) => row),
    standings: standings.flatMap((standing) => spansOf(city, rows, standing)),
    confirmations: signed.map(({ row }) => row),
    events: [...later.flatMap(({ event }) => event ?? []), ...signed.map(({ event }) => event)],
  };
}

/** A system that was given away counted for the unit that had it until then. */
function spansOf(city: City, rows: readonly Described[], standing: StandingRow): StandingRow[] {
  const transferred = rows.find(({ name }) => name === TRANSFERRED.name);
  if (standing.systemId !== transferred?.id) return [standing];
  const on = localDate(TRANSFERRED.on);
  const next = demoId("cloudStanding", `${TRANSFERRED.name} ${on}`, officeHours(on, TRANSFERRED.name));
  return [
    { ...standing, toOn: on },
    { ...standing, id: next, unitId: city.unit(TRANSFERRED.to).id, fromOn: on },
  ];
}
