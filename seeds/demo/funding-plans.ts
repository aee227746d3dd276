import type { Transaction } from "@db/client";
import { domainEvents, fundingPlanAdjustments, fundingPlans } from "@db/schema";
import { fen, ZERO_FEN, type Fen } from "~/kernel/fen";
import { localDate, type LocalDate } from "~/kernel/local-date";
import { FUNDING_SOURCES, type FundingSource } from "~/kernel/vocabulary";
import { addWorkdays, onOrNextWorkday } from "~/kernel/work-calendar";

import { chance } from "./chance";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow, type EventRow } from "./events";
import { insertAll } from "./insert";
import type { CityProject } from "./projects";
import { DEMO_TODAY } from "./today";
import type { UnitRow } from "./units";

type AdjustmentRow = typeof fundingPlanAdjustments.$inferInsert;

/** The years that finance planned. */
const YEARS = [2025, 2026] as const;
/** Whole 万元, as budgets are written. @unit fen */
const TEN_THOUSAND_YUAN = 1_000_000;

/** What approved projects of a unit need in a year from a source. */
interface Need {
  readonly unit: UnitRow;
  readonly year: number;
  readonly source: FundingSource;
  readonly needed: number;
}

/** A change of a plan as it went: how much it led to, on which day, and what became of it. */
interface Course {
  readonly after: Fen;
  readonly on: LocalDate;
  readonly reason: string;
  readonly outcome: "confirmed" | "declined" | "withdrawn" | "waiting";
  readonly opinion?: string;
}

const wholeWan = (amount: number): Fen => fen(Math.ceil(amount / TEN_THOUSAND_YUAN) * TEN_THOUSAND_YUAN);

/** The needs of all units, each approved project's money divided as it was filed. */
function needsOf(list: readonly CityProject[]): Need[] {
  const needs = new Map<string, Need>();
  for (const { row, unit, years, sources } of list) {
    const [ofYears, ofSources] = [years, sources].map((parts) => parts.reduce((sum, part) => sum + part.amountFen, 0));
    if (!row.approvedFen || !ofYears || !ofSources) continue;
    for (const split of years.filter(({ year }) => YEARS.some((planned) => planned === year))) {
      for (const { source, amountFen } of sources) {
        const key = `${unit.name} ${split.year} ${source}`;
        const share = (split.amountFen / ofYears) * (amountFen / ofSources);
        const needed = (needs.get(key)?.needed ?? 0) + row.approvedFen * share;
        needs.set(key, { unit, year: split.year, source, needed });
      }
    }
  }
  return [...needs.values()];
}

/** The first amount in winter; for some units one that came to nothing, or a later change when projects were approved. */
function courseOf(city: City, { unit, year, source, needed }: Need, isLatest: boolean): Course[] {
  const { between } = chance("plan", unit.name, String(year), source);
  const day = (text: string) => onOrNextWorkday(city.calendar, localDate(text));
  const rolled = between(1, 4);
  const first = wholeWan(rolled === 1 ? needed * 0.9 : needed * 1.03);
  const course: Course[] = [
    {
      after: first,
      on: day(`${year}-01-${between(12, 28)}`),
      reason: "年初部门预算编制，按已批项目分年安排测算。",
      outcome: "confirmed",
    },
  ];
  // Of those planned too low, some were raised since; the others still wait to be.
  if (rolled === 1 && between(1, 2) === 1)
    course.push({
      after: wholeWan(needed),
      on: day(`${year}-06-${between(10, 24)}`),
      reason: "上半年新批项目需要追加，按批复金额和合同付款节点调增。",
      outcome: "confirmed",
    });
  if (rolled === 2 && year === 2026 && source === "superior")
    course.push({
      after: wholeWan(needed * 0.8),
      on: day("2026-05-11"),
      reason: "上级专项资金指标可能调减，先行调减计划。",
      outcome: "declined",
      opinion: "上级指标文件未下达，待文件到后再调整。",
    });
  if (rolled === 3 && year === 2026 && source === "cityBudget" && !isLatest)
    course.push({
      after: wholeWan(needed * 1.2),
      on: day("2026-04-15"),
      reason: "拟为二期项目预留资金。",
      outcome: "withdrawn",
    });
  if (isLatest)
    course.push({
      after: wholeWan(needed * 1.08),
      on: day("2026-07-16"),
      reason: "下半年进入集中付款期，按合同约定追加进度款。",
      outcome: "waiting",
    });
  return course;
}

/** Yearly plans of the units with projects, their adjustments with who proposed and who confirmed, one of them waiting. */
export async function writeFundingPlans(tx: Transaction, city: City, list: readonly CityProject[]): Promise<void> {
  const needs = needsOf(list);
  const waitsFor = needs.findLast(({ year, source }) => year === 2026 && source === "cityBudget");
  let paper = 0;
  const made = needs.map((need) => planWith(city, need, courseOf(city, need, need === waitsFor), () => ++paper));
  await insertAll(
    tx,
    fundingPlans,
    made.map(({ plan }) => plan),
  );
  await insertAll(
    tx,
    fundingPlanAdjustments,
    made.flatMap(({ adjustments }) => adjustments),
  );
  await insertAll(
    tx,
    domainEvents,
    made.flatMap(({ events }) => events),
  );
}

function planWith(city: City, { unit, year, source }: Need, course: readonly Course[], nextPaper: () => number) {
  const name = `${unit.name} ${year} ${source}`;
  const [finance, colleague] = [city.person("finance"), city.person("finance2")];
  const firstOn = course[0]?.on ?? localDate(`${year}-01-20`);
  const id = demoId("fundingPlan", name, officeHours(firstOn, "plan", name));
  const { regionId } = unit;
  const subject = { type: "fundingPlan", id };
  const title = `${unit.name} ${year} 年度资金计划（${FUNDING_SOURCES[source]}）`;
  const adjustments: AdjustmentRow[] = [];
  const events: EventRow[] = [];
  let amountFen: Fen = ZERO_FEN;
  let version = 1;
  for (const [index, { after, on, reason, outcome, opinion }] of course.entries()) {
    if (after === amountFen) continue;
    const number = adjustments.length + 1;
    const proposedAt = officeHours(on, "plan", name, String(index));
    const decidedOn = addWorkdays(city.calendar, on, 2);
    const isDecided = outcome !== "waiting" && decidedOn <= DEMO_TODAY;
    const decider = outcome === "withdrawn" ? finance : colleague;
    const decidedAt = officeHours(decidedOn, "plan", name, String(index), "decided");
    const payload = { unitId: unit.id, year, source, name: title, number, beforeFen: amountFen, afterFen: after };
    adjustments.push({
      id: demoId("planAdjustment", `${name} ${number}`, proposedAt),
      regionId,
      planId: id,
      number,
      beforeFen: amountFen,
      afterFen: after,
      reason,
      basis: `鹤财信〔${year}〕${nextPaper()}号`,
      state: isDecided ? outcome : "proposed",
      proposedBy: finance.id,
      proposedAt,
      ...(isDecided && { decidedBy: decider.id, decidedAt, opinion: opinion ?? null, version: 2 }),
    });
    version += 1;
    events.push(eventRow(finance, { type: "planAdjustmentProposed", subject, at: proposedAt, payload, reason }));
    if (!isDecided) continue;
    const type = {
      confirmed: "planAdjustmentConfirmed",
      declined: "planAdjustmentDeclined",
      withdrawn: "planAdjustmentWithdrawn",
      waiting: "",
    }[outcome];
    events.push(eventRow(decider, { type, subject, at: decidedAt, payload, reason: opinion }));
    if (outcome === "confirmed") {
      amountFen = after;
      version += 1;
    }
  }
  return { plan: { id, regionId, unitId: unit.id, year, source, amountFen, version }, adjustments, events };
}
