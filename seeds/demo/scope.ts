import { and, asc, eq, isNull } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { cloudBatches, cloudStandings, domainEvents, files, scopeDecisions, systems, units } from "@db/schema";
import { localDate } from "~/kernel/local-date";
import type { ScopeReason, ScopeResult } from "~/kernel/vocabulary";
import { explainByRule, factsToKeep, type ScopeFacts } from "~/modules/systems/index";
import type { RuleFigures } from "~/platform/figures.server";

import { storeSampleOf } from "./attachments";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow, type EventRow } from "./events";
import { insertAll } from "./insert";
import type { Person } from "./people";

type DecisionRow = typeof scopeDecisions.$inferInsert;

/** What a proposal says of a system. */
interface Proposed {
  readonly scope: ScopeResult;
  readonly reason: ScopeReason | null;
  readonly managed: boolean;
}

/** What the bureau wrote down of each batch. */
const BATCH_NOTES: Readonly<Record<string, string>> = {
  第一批: "已有云资源配额、改造量小的系统，2025年10月底前完成，上云率不低于50%。",
  第二批: "其余应上云的存量系统，2025年底前完成。",
  第三批: "2026年新增系统和因改造延后的系统，9月底前完成。",
};

interface Asked {
  readonly system: string;
  readonly reason: ScopeReason;
  readonly managed: boolean;
  readonly explanation: string;
  readonly on: string;
  /** a colleague of the bureau proposes, otherwise the unit's filer */
  readonly byBureau?: true;
  readonly declined?: { readonly on: string; readonly opinion: string };
}

/** What units asked for: two wait for the second person, one was not taken on. */
const ASKED: readonly Asked[] = [
  {
    system: "河长制管理系统",
    reason: "professional",
    managed: false,
    explanation: "系统接入水位、流量等遥测终端，使用水利行业专用协议，申请暂不迁移。",
    on: "2026-05-12",
    declined: {
      on: "2026-05-19",
      opinion: "遥测终端经前置机接入，应用和数据库均可迁移，不属于专业性强必须留在本地的情形。请按第三批计划上云。",
    },
  },
  {
    system: "数字鹤山地理空间框架系统",
    reason: "largeVolume",
    managed: true,
    explanation:
      "历年影像和三维模型约 62 TB，每年新增约 9 TB，现有云存储配额不足，整体迁移费用高于三年运行费用。接口已按目录对外开放，运行状态接入全市统一监测。",
    on: "2026-07-14",
  },
  {
    system: "数字城管系统",
    reason: "largeVolume",
    managed: false,
    explanation: "视频汇聚部分每日产生约 1.8 TB 数据，专线带宽未到位以前申请留在本地机房；数据接口计划9月开放。",
    on: "2026-07-16",
    byBureau: true,
  },
];

/** How systems stand to the cloud rate by decision: what was settled when the inventory was taken over, and what is asked now. */
export async function writeScope(tx: Transaction, city: City, figures: RuleFigures): Promise<void> {
  const rows = await tx
    .select({ system: systems, standing: cloudStandings, unitExempt: units.cloudExempt })
    .from(systems)
    .innerJoin(cloudStandings, and(eq(cloudStandings.systemId, systems.id), isNull(cloudStandings.toOn)))
    .innerJoin(units, eq(units.id, systems.unitId))
    .where(eq(systems.regionId, city.regionId))
    .orderBy(asc(systems.code));
  const excludedFromLevel = figures.number("cloud.excludedFromLevel");
  const known = rows.map(({ system, standing, unitExempt }) => ({
    system,
    standing,
    facts: {
      ownership: system.ownership,
      unitExempt,
      secret: system.secret,
      mlpsLevel: system.mlpsLevel,
      excludedFromLevel,
    },
  }));
  const settled = known.filter(({ standing }) => standing.scope === "out").map((each) => settledRows(city, each));
  const sample = await storeSampleOf(tx, city, "特殊系统论证报告");
  const asked = ASKED.map((one) => askedRows(city, known, one, sample));
  await insertAll(
    tx,
    files,
    asked.map(({ file }) => file),
  );
  await insertAll(
    tx,
    scopeDecisions,
    [...settled, ...asked].map(({ row }) => row),
  );
  await insertAll(
    tx,
    domainEvents,
    [...settled, ...asked].flatMap(({ events }) => events),
  );
  for (const { row } of settled) {
    await tx.update(cloudStandings).set({ decisionId: row.id }).where(eq(cloudStandings.systemId, row.systemId));
  }
  for (const [name, note] of Object.entries(BATCH_NOTES)) {
    await tx
      .update(cloudBatches)
      .set({ note })
      .where(and(eq(cloudBatches.regionId, city.regionId), eq(cloudBatches.name, name)));
  }
}

interface Known {
  readonly system: typeof systems.$inferSelect;
  readonly standing: typeof cloudStandings.$inferSelect;
  readonly facts: ScopeFacts;
}

/** Left out since it is in the inventory: the rule said so, two colleagues of the bureau settled it that day. */
function settledRows(city: City, { system, standing, facts }: Known) {
  const moments = [1, 2].map((place) => officeHours(standing.fromOn, "scope", system.name, String(place)));
  const [proposedAt = new Date(0), decidedAt = new Date(0)] = moments.sort((a, b) => a.getTime() - b.getTime());
  const [proposer, decider] = [city.person("bureau2"), city.person("bureau")];
  const proposed: Proposed = { scope: standing.scope, reason: standing.reason, managed: false };
  const row: DecisionRow = {
    ...decisionOf(system, proposed, proposer, proposedAt),
    state: "confirmed",
    facts: factsToKeep(facts, "byRule"),
    explanation: explainByRule(facts, proposed),
    decidedBy: decider.id,
    decidedAt,
    opinion: "核对登记情况，同意。",
    version: 2,
  };
  const events = [
    eventOf(proposer, row, system.name, "scopeProposed", proposedAt),
    eventOf(decider, row, system.name, "scopeConfirmed", decidedAt, "核对登记情况，同意。"),
  ];
  return { row, events };
}

function askedRows(city: City, known: readonly Known[], asked: Asked, sample: typeof files.$inferInsert) {
  const found = known.find(({ system }) => system.name === asked.system);
  if (!found) throw new Error(`no system named ${asked.system}`);
  const { system, facts } = found;
  const unit = city.units.find(({ id }) => id === system.unitId);
  if (!unit) throw new Error(`no unit of ${asked.system}`);
  const proposer = asked.byBureau ? city.person("bureau2") : city.filerOf(unit);
  const proposedAt = officeHours(localDate(asked.on), "scope", asked.system);
  const file: typeof files.$inferInsert = {
    ...sample,
    id: demoId("file", `scope ${asked.system}`, proposedAt),
    unitId: system.unitId,
    name: `${asked.system}论证报告.pdf`,
    uploadedBy: proposer.id,
    uploadedAt: proposedAt,
  };
  const { declined } = asked;
  const decider = city.person("bureau");
  const decidedAt = declined ? officeHours(localDate(declined.on), "scope", asked.system, "decide") : null;
  const row: DecisionRow = {
    ...decisionOf(system, { scope: "special", reason: asked.reason, managed: asked.managed }, proposer, proposedAt),
    state: declined ? "declined" : "proposed",
    facts: factsToKeep(facts, "byHand"),
    explanation: asked.explanation,
    fileId: file.id,
    ...(declined && { decidedBy: decider.id, decidedAt, opinion: declined.opinion, version: 2 }),
  };
  const events: EventRow[] = [eventOf(proposer, row, system.name, "scopeProposed", proposedAt)];
  if (declined && decidedAt) {
    events.push(eventOf(decider, row, system.name, "scopeDeclined", decidedAt, declined.opinion));
  }
  return { row, events, file };
}

const decisionOf = (
  system: typeof systems.$inferSelect,
  { scope, reason, managed }: Proposed,
  proposer: Person,
  proposedAt: Date,
) => ({
  id: demoId("scopeDecision", `${system.name} ${scope}`, proposedAt),
  systemId: system.id,
  regionId: system.regionId,
  unitId: system.unitId,
  scope,
  reason,
  managed,
  proposedBy: proposer.id,
  proposedAt,
});

const eventOf = (person: Person, row: DecisionRow, name: string, type: string, at: Date, reason?: string): EventRow =>
  eventRow(person, {
    type,
    subject: { type: "scopeDecision", id: row.id },
    at,
    reason,
    payload: { systemId: row.systemId, unitId: row.unitId, name, scope: row.scope, reason: row.reason },
  });
