import type { corrections, resourceItems, resourceRelations, resourceRevisions, resourceUpdates } from "@db/schema";
import { addDays, addMonths, localDate, type LocalDate } from "~/kernel/local-date";
import { foldName, searchGrams } from "~/kernel/names";
import type { CorrectionState } from "~/kernel/vocabulary";
import { addWorkdays } from "~/kernel/work-calendar";
import { updateDueOn, type ResourceContent, type ResourceItem } from "~/modules/catalog/index";
import type { RuleFigures } from "~/platform/figures.server";
import { initialsOf } from "~/platform/initials.server";

import { chance } from "./chance";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow, type EventRow } from "./events";
import type { ResourceRow } from "./resources";
import { DEMO_TODAY } from "./today";

type ItemRow = typeof resourceItems.$inferInsert;
type RevisionRow = typeof resourceRevisions.$inferInsert;
type UpdateRow = typeof resourceUpdates.$inferInsert;
type CorrectionRow = typeof corrections.$inferInsert;

/** How many updates back the record goes. */
const UPDATES_KEPT = 4;

/** Entries outside projects that are still on their way: waiting for the leader, sent back, waiting for the bureau. */
const ON_THEIR_WAY: readonly {
  readonly unit: string;
  readonly name: string;
  readonly category: string;
  readonly items: readonly [string, ...string[]];
  readonly state: "draft" | "registered";
  readonly reason?: string;
}[] = [
  {
    unit: "市自然资源局",
    name: "地质灾害隐患点信息",
    category: "311001",
    items: ["隐患点编号", "位置", "灾害类型", "威胁户数", "监测责任人"],
    state: "draft",
  },
  {
    unit: "市自然资源局",
    name: "古树名木信息",
    category: "311001",
    items: ["古树编号", "树种", "树龄", "位置"],
    state: "draft",
    reason: "摘要没有写明普查年份和覆盖范围，请补充后再报。",
  },
  {
    unit: "市住房城乡建设局",
    name: "老旧小区改造信息",
    category: "312001",
    items: ["小区编号", "小区名称", "改造内容", "完工日期"],
    state: "draft",
  },
  {
    unit: "市水利局",
    name: "节水载体建设信息",
    category: "314002",
    items: ["载体编号", "载体名称", "载体类型", "命名日期"],
    state: "registered",
  },
  {
    unit: "市应急管理局",
    name: "应急演练信息",
    category: "318001",
    items: ["演练编号", "演练名称", "演练日期", "组织单位"],
    state: "registered",
  },
];

/** Changes of published entries: what became of them, and what they change. */
const CHANGES: readonly {
  readonly unit: string;
  readonly name: string;
  readonly state: "published" | "draft" | "registered" | "declined";
  readonly note: string;
  readonly adds?: string;
  readonly cycle?: ResourceContent["updateCycle"];
  readonly reason?: string;
}[] = [
  {
    unit: "市自然资源局",
    name: "标准地址信息",
    state: "published",
    note: "增加楼栋编码，便于网格化管理关联",
    adds: "楼栋编码",
  },
  {
    unit: "市自然资源局",
    name: "国有建设用地使用权出让信息",
    state: "draft",
    note: "按需求单位意见增加宗地用途",
    adds: "宗地用途",
  },
  {
    unit: "市公安局",
    name: "居住证登记信息",
    state: "published",
    note: "按入学核验需要增加居住登记日期",
    adds: "居住登记日期",
  },
  {
    unit: "市民政局",
    name: "婚姻登记信息",
    state: "registered",
    note: "增加登记机关，便于核验出具单位",
    adds: "登记机关",
  },
  {
    unit: "市交通运输局",
    name: "道路运输经营许可信息",
    state: "declined",
    note: "更新周期由每月改为每季度",
    cycle: "quarterly",
    reason: "许可信息变化频繁，有三个单位在用，更新周期不宜放宽。",
  },
  {
    unit: "市卫生健康局",
    name: "预防接种信息",
    state: "published",
    note: "更新周期由每日改为每周，与省平台一致",
    cycle: "weekly",
  },
];

/** What others found wrong with published data. */
const ERRORS: readonly {
  readonly reporter: string;
  readonly provider: string;
  readonly name: string;
  readonly description: string;
  readonly state: CorrectionState;
  readonly daysAgo: number;
  readonly words?: string;
}[] = [
  {
    reporter: "市住房城乡建设局",
    provider: "市自然资源局",
    name: "标准地址信息",
    description: "沙坪街道中山路 18 号至 26 号的门牌与现场不一致，疑似 2025 年改造后未更新。",
    state: "reported",
    daysAgo: 3,
  },
  {
    reporter: "市教育局",
    provider: "市自然资源局",
    name: "不动产登记信息",
    description: "部分权利人证件号码末位为小写字母，核验返回不一致。",
    state: "confirmed",
    daysAgo: 8,
  },
  {
    reporter: "市民政局",
    provider: "市公安局",
    name: "户籍人口信息",
    description: "三名已迁出人员仍显示为本市户籍。",
    state: "fixed",
    daysAgo: 12,
    words: "已核对迁移记录并修正三条，次日全量同步。",
  },
  {
    reporter: "市自然资源局",
    provider: "市住房城乡建设局",
    name: "房屋建筑信息",
    description: "鹤山碧桂园二期 5 幢的层数为空，影响不动产测绘比对。",
    state: "fixed",
    daysAgo: 9,
    words: "已补录 5 幢层数，同时补齐同批 14 幢。",
  },
  {
    reporter: "市交通运输局",
    provider: "市教育局",
    name: "中小学校基本信息",
    description: "沙坪二小的地址仍为旧校区。",
    state: "closed",
    daysAgo: 40,
    words: "已改为新校区地址。",
  },
  {
    reporter: "市城市管理和综合执法局",
    provider: "市市场监督管理局",
    name: "食品经营许可信息",
    description: "查询不到两家餐饮店的许可。",
    state: "rejected",
    daysAgo: 15,
    words: "两家均已注销许可，数据无误，请以注销公告为准。",
  },
];

/** Entries that are out of force, and why. */
const OUT_OF_FORCE: readonly { unit: string; name: string; state: "suspended" | "withdrawn"; reason: string }[] = [
  {
    unit: "市国有资产管理办公室",
    name: "市属国有企业名录信息",
    state: "suspended",
    reason: "国企改革期间企业名录调整，恢复前请直接向单位核对。",
  },
  {
    unit: "市科工商务局",
    name: "规模以上工业企业名录信息",
    state: "withdrawn",
    reason: "改由统计部门统一提供，避免一数多源。",
  },
];

/** Resources that are used together. */
const TOGETHER: readonly (readonly [string, string])[] = [
  ["不动产登记信息", "不动产权电子证书信息"],
  ["不动产登记信息", "房屋建筑信息"],
  ["户籍人口信息", "居住证登记信息"],
  ["施工许可信息", "施工图审查信息"],
];

/**
 * The life of the catalog after its entries were published: editions, updates of the data, error reports, entries out of
 * force and entries on their way. Rows that change state are changed in place.
 */
export function catalogLife(
  city: City,
  figures: RuleFigures,
  catalog: { readonly rows: ResourceRow[]; readonly items: ItemRow[] },
) {
  const way = entriesOnTheirWay(city);
  const itemsOf = new Map<string, ItemRow[]>();
  for (const item of catalog.items) itemsOf.set(item.resourceId, [...(itemsOf.get(item.resourceId) ?? []), item]);
  const named = (unit: string, name: string): ResourceRow | undefined =>
    catalog.rows.find((row) => row.unitId === city.unit(unit).id && row.name === name && row.state === "published");
  const revisions: RevisionRow[] = [];
  const events: EventRow[] = [...way.events];
  for (const row of catalog.rows)
    if (row.publishedOn) revisions.push(firstEdition(city, row, itemsOf.get(row.id) ?? []));
  for (const change of CHANGES) {
    const row = named(change.unit, change.name);
    if (!row) continue;
    const items = itemsOf.get(row.id) ?? [];
    const made = furtherEdition(city, row, items, change);
    revisions.push(made.revision);
    events.push(...made.events);
    if (made.item) catalog.items.push(made.item);
  }
  const updates = catalog.rows.flatMap((row) => updatesOf(city, row));
  for (const { unit, name, state, reason } of OUT_OF_FORCE) {
    const row = named(unit, name);
    if (!row) continue;
    const on = addDays(DEMO_TODAY, -18);
    Object.assign(row, { state, stateReason: reason, stateChangedOn: on, nextUpdateDueOn: null, version: 2 });
    events.push(
      eventRow(city.person("bureau"), {
        type: state === "suspended" ? "resourceSuspended" : "resourceWithdrawn",
        subject: { type: "resource", id: row.id },
        at: officeHours(on, name, state),
        payload: { name, resourceId: row.id, unitId: row.unitId },
        reason,
      }),
    );
  }
  const errors = ERRORS.flatMap((error) => {
    const row = named(error.provider, error.name);
    return row ? [correctionOf(city, figures, row, error)] : [];
  });
  const byName = (name: string) => catalog.rows.find((row) => row.name === name && row.state === "published");
  const relations: (typeof resourceRelations.$inferInsert)[] = TOGETHER.flatMap(([one, other]) => {
    const [a, b] = [byName(one), byName(other)];
    return a && b ? [{ resourceId: a.id, relatedId: b.id, regionId: city.regionId }] : [];
  });
  catalog.rows.push(...way.rows);
  catalog.items.push(...way.items);
  return {
    revisions,
    updates,
    corrections: errors.map(({ row }) => row),
    relations,
    events: [...events, ...errors.flatMap((error) => error.events)],
  };
}

function entriesOnTheirWay(city: City): { rows: ResourceRow[]; items: ItemRow[]; events: EventRow[] } {
  const made = ON_THEIR_WAY.map(({ unit: unitName, name, category, items, state, reason }) => {
    const unit = city.unit(unitName);
    const on = addDays(DEMO_TODAY, -chance("entry on its way", name).between(1, 6));
    const at = officeHours(on, name);
    const initials = initialsOf(name);
    const row: ResourceRow = {
      id: demoId("resource", `${unitName} ${name}`, at),
      regionId: city.regionId,
      unitId: unit.id,
      categoryCode: category,
      name,
      normalizedName: foldName(name),
      initials,
      searchGrams: searchGrams(name, initials),
      summary: `${unitName}在日常管理中形成的${name}，包括${items.join("、")}等内容。`,
      formatClass: "database",
      formatType: "MySQL",
      sharingType: "unconditional",
      method: "interface",
      updateCycle: "monthly",
      draftedBy: city.filerOf(unit).id,
      registeredBy: state === "registered" ? city.leadOf(unit).id : null,
      stateReason: reason ?? null,
      stateChangedOn: on,
      state,
    };
    const subject = { type: "resource", id: row.id };
    const events = [eventRow(city.filerOf(unit), { type: "resourceDrafted", subject, at, payload: { name } })];
    const after = officeHours(addDays(on, 1), name, "lead");
    if (state === "registered" || reason) {
      events.push(
        eventRow(city.leadOf(unit), {
          type: reason ? "resourceSentBack" : "resourceRegistered",
          subject,
          at: after,
          payload: { name },
          reason,
        }),
      );
    }
    return { row, events, items: items.map((item, index) => itemRow(row, item, index)) };
  });
  return {
    rows: made.map(({ row }) => row),
    items: made.flatMap(({ items }) => items),
    events: made.flatMap(({ events }) => events),
  };
}

const itemRow = (row: ResourceRow, name: string, index: number): ItemRow => ({
  resourceId: row.id,
  position: index + 1,
  regionId: row.regionId,
  name,
  dataType: /日期|期至/.test(name) ? "日期型" : "字符型",
  length: /日期|期至/.test(name) ? null : index === 0 ? 64 : 200,
  required: index < 2,
  isKey: index === 0,
});

function contentOf(row: ResourceRow, items: readonly ItemRow[]): ResourceContent {
  return {
    name: row.name,
    categoryCode: row.categoryCode,
    summary: row.summary,
    formatClass: row.formatClass,
    formatType: row.formatType ?? "",
    items: items.map(({ name, dataType, length = null, required = false, isKey = false }): ResourceItem => ({
      name,
      dataType,
      length,
      required,
      isKey,
    })),
    sharingType: row.sharingType,
    legalBasis: row.legalBasis ?? "",
    conditions: row.conditions ?? "",
    method: row.method ?? null,
    openToPublic: row.openToPublic ?? false,
    openConditions: row.openConditions ?? "",
    updateCycle: row.updateCycle,
    systemId: null,
    basicDatabaseCode: row.basicDatabaseCode ?? null,
    matter: row.matter ?? "",
    material: row.material ?? "",
    relatedCodes: [],
  };
}

function firstEdition(city: City, row: ResourceRow, items: readonly ItemRow[]): RevisionRow {
  const at = officeHours(row.publishedOn ?? DEMO_TODAY, row.name, "publish");
  return {
    id: demoId("revision", `${row.id} 1`, at),
    resourceId: row.id,
    regionId: city.regionId,
    state: "published",
    edition: 1,
    content: contentOf(row, items),
    note: "首次发布",
    draftedBy: row.draftedBy ?? "",
    draftedAt: at,
    registeredBy: row.registeredBy ?? null,
    registeredAt: at,
    decidedBy: row.publishedBy ?? null,
    decidedAt: at,
  };
}

/** A change of a published entry, as far as it came; a published one is carried out on the entry itself. */
function furtherEdition(
  city: City,
  row: ResourceRow,
  items: readonly ItemRow[],
  change: (typeof CHANGES)[number],
): { revision: RevisionRow; events: EventRow[]; item: ItemRow | undefined } {
  const { state, note, adds, cycle, reason } = change;
  const unit = city.unit(change.unit);
  const published = state === "published";
  const on = addDays(DEMO_TODAY, published ? -34 : -4);
  const [drafted, registered, decided] = [0, 1, 2].map((days) =>
    officeHours(addDays(on, days), row.name, note, String(days)),
  ) as [Date, Date, Date];
  const item = adds === undefined ? undefined : itemRow(row, adds, items.length);
  const base = contentOf(row, item ? [...items, item] : items);
  const content = cycle ? { ...base, updateCycle: cycle } : base;
  const [filer, lead, bureau] = [city.filerOf(unit), city.leadOf(unit), city.person("bureau")];
  const isRegistered = state !== "draft";
  const isDecided = published || state === "declined";
  const subject = { type: "resource", id: row.id };
  const payload = { name: row.name, note };
  const events = [eventRow(filer, { type: "revisionDrafted", subject, at: drafted, payload })];
  if (isRegistered) events.push(eventRow(lead, { type: "revisionRegistered", subject, at: registered, payload }));
  if (isDecided) {
    const type = published ? "revisionPublished" : "revisionDeclined";
    events.push(eventRow(bureau, { type, subject, at: decided, payload, reason }));
  }
  if (published) {
    row.edition = 2;
    row.version = 2;
    if (cycle) {
      row.updateCycle = cycle;
      if (row.lastUpdatedOn) row.nextUpdateDueOn = updateDueOn(cycle, row.lastUpdatedOn, city.calendar);
    }
  }
  return {
    item: published ? item : undefined,
    events,
    revision: {
      id: demoId("revision", `${row.id} ${note}`, drafted),
      resourceId: row.id,
      regionId: city.regionId,
      state,
      edition: published ? 2 : null,
      content,
      note,
      draftedBy: filer.id,
      draftedAt: drafted,
      ...(isRegistered && { registeredBy: lead.id, registeredAt: registered }),
      ...(isDecided && { decidedBy: bureau.id, decidedAt: decided }),
      declinedReason: reason ?? null,
    },
  };
}

/** The last updates of a resource's data, each with the limit that it met or missed. */
function updatesOf(city: City, row: ResourceRow): UpdateRow[] {
  if (row.state !== "published" || !row.publishedOn || !row.lastUpdatedOn) return [];
  const rows: UpdateRow[] = [];
  const { between } = chance("updates", row.id);
  const size = between(200, 90_000);
  let on: LocalDate = row.lastUpdatedOn;
  for (let kept = 0; kept < UPDATES_KEPT && on > row.publishedOn; kept++) {
    const before = cycleBefore(row, on);
    const since = before > row.publishedOn ? before : row.publishedOn;
    rows.push({
      id: demoId("update", `${row.id} ${on}`, officeHours(on, row.name, "update")),
      resourceId: row.id,
      regionId: city.regionId,
      updatedOn: on,
      dueOn: updateDueOn(row.updateCycle, since, city.calendar),
      rows: size - kept * between(1, 60),
      note: kept === 0 ? "按周期更新" : "",
      recordedBy: row.draftedBy ?? "",
      recordedAt: officeHours(on, row.name, "update"),
    });
    on = before;
  }
  return rows;
}

/** The day of the update before this one, when the cycle was kept. */
function cycleBefore({ updateCycle }: ResourceRow, on: LocalDate): LocalDate {
  switch (updateCycle) {
    case "realTime":
    case "daily":
      return addDays(on, -1);
    case "weekly":
      return addDays(on, -7);
    case "monthly":
      return addMonths(on, -1);
    case "quarterly":
      return addMonths(on, -3);
    case "yearly":
    case "irregular":
      return addMonths(on, -12);
  }
}

function correctionOf(
  city: City,
  figures: RuleFigures,
  resource: ResourceRow,
  error: (typeof ERRORS)[number],
): { row: CorrectionRow; events: EventRow[] } {
  const { state, words = "", description } = error;
  const reportedOn = addDays(DEMO_TODAY, -error.daysAgo);
  const [reportedAt, judgedAt, fixedAt, closedAt] = [0, 2, 4, 6].map((days) =>
    officeHours(addDays(reportedOn, days), description, String(days)),
  ) as [Date, Date, Date, Date];
  const [reporter, provider] = [city.unit(error.reporter), city.unit(error.provider)];
  const id = demoId("correction", `${resource.id} ${description}`, reportedAt);
  const isConfirmed = state === "confirmed" || state === "fixed" || state === "closed";
  const isFixed = state === "fixed" || state === "closed";
  const [asking, answering] = [city.filerOf(reporter), city.filerOf(provider)];
  const happened = (type: string, who: typeof asking, at: Date, reason?: string) =>
    eventRow(who, {
      type,
      subject: { type: "correction", id },
      at,
      payload: { resourceId: resource.id, unitId: provider.id, name: resource.name },
      reason,
    });
  return {
    row: {
      id,
      regionId: city.regionId,
      resourceId: resource.id,
      reporterUnitId: reporter.id,
      description,
      state,
      reportedBy: asking.id,
      reportedAt,
      dueOn: addWorkdays(city.calendar, localDate(reportedOn), figures.number("demand.correctionWorkdays")),
      ...(isConfirmed && { confirmedBy: answering.id, confirmedAt: judgedAt }),
      ...(state === "rejected" && { rejectedReason: words }),
      ...(isFixed && { fixedBy: answering.id, fixedAt, fixNote: words }),
      ...(state === "closed" && { closedBy: asking.id, closedAt }),
    },
    events: [
      happened("correctionReported", asking, reportedAt),
      ...(isConfirmed ? [happened("correctionConfirmed", answering, judgedAt)] : []),
      ...(state === "rejected" ? [happened("correctionRejected", answering, judgedAt, words)] : []),
      ...(isFixed ? [happened("correctionFixed", answering, fixedAt, words)] : []),
      ...(state === "closed" ? [happened("correctionClosed", asking, closedAt)] : []),
    ],
  };
}
