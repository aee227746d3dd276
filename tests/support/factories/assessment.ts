import {
  catalogCategories,
  demands,
  domainEvents,
  ledgerTasks,
  ledgerTaskUnits,
  monthlyReports,
  payments,
  projects,
  resources,
  reviews,
  securityTests,
  supervisionItems,
  yearSplits,
} from "@db/schema";
import type { Database } from "@db/client";
import { fen } from "~/kernel/fen";
import { localDate, startOfDay } from "~/kernel/local-date";
import { period } from "~/kernel/period";
import { type ProjectStage } from "~/kernel/vocabulary";
import { newId } from "~/platform/ids.server";

import { makePlan } from "./ledger";

const HOURS = 3_600_000;

/** Ten in the morning of a business day. */
export const at = (day: string): Date => new Date(startOfDay(localDate(day)).getTime() + 10 * HOURS);

export interface Owner {
  readonly db: Database;
  readonly regionId: string;
  readonly unitId: string;
}

type Row<Table extends { $inferInsert: object }> = Partial<Table["$inferInsert"]>;

/** A project that went through stages, each told by an event on a day. */
export async function makeProject(
  { db, ...owner }: Owner,
  name: string,
  stages: readonly (readonly [stage: ProjectStage, day: string])[],
  more: Row<typeof projects> = {},
): Promise<string> {
  const id = newId();
  const created = at(stages[0]?.[1] ?? "2026-01-05");
  const approved = stages.find(([stage]) => stage === "approved");
  await db.insert(projects).values({
    ...owner,
    id,
    code: id.slice(-12),
    name,
    normalizedName: name,
    comparedName: name,
    initials: "",
    searchGrams: [],
    year: 2026,
    class: "softwareSpecial",
    nature: "new",
    stage: stages.at(-1)?.[0] ?? "draft",
    declaredFen: fen(100_000_000),
    reviewedFen: approved ? fen(80_000_000) : null,
    approvedFen: approved ? fen(80_000_000) : null,
    approvedOn: approved ? localDate(approved[1]) : null,
    lightReasons: [],
    createdBy: "filer",
    createdAt: created,
    updatedAt: created,
    ...more,
  });
  for (const [index, [to, day]] of stages.entries()) {
    await db.insert(domainEvents).values({
      id: newId(),
      regionId: owner.regionId,
      type: "projectMoved",
      subjectType: "project",
      subjectId: id,
      at: at(day),
      actorId: "filer",
      actorName: "测试",
      actorRole: "filer",
      unitName: "单位",
      payload: { from: stages[index - 1]?.[0] ?? "draft", to },
    });
  }
  return id;
}

/** Under way since January. */
export const UNDER_WAY = [
  ["submitted", "2026-01-05"],
  ["underReview", "2026-01-06"],
  ["approved", "2026-01-12"],
  ["implementation", "2026-01-20"],
] as const;

export async function makeReview(
  { db, regionId }: Owner,
  projectId: string,
  round: number,
  outcome: "approved" | "returned" | "rejected",
  closedOn: string,
): Promise<void> {
  await db.insert(reviews).values({
    id: newId(),
    projectId,
    regionId,
    kind: "approval",
    round,
    openedAt: at("2026-01-02"),
    dueOn: localDate("2026-01-16"),
    closedAt: at(closedOn),
    outcome,
    reviewerId: "bureau",
  });
}

/** The duty to report a month, answered on a day or not at all. */
export async function makeReport(
  { db, ...owner }: Owner,
  projectId: string,
  month: string,
  dueOn: string,
  submittedOn: string | null,
  more: Row<typeof monthlyReports> = {},
): Promise<string> {
  const id = newId();
  await db.insert(monthlyReports).values({
    ...owner,
    id,
    projectId,
    period: period(month),
    dueOn: localDate(dueOn),
    state: submittedOn ? "signed" : "open",
    firstSubmittedAt: submittedOn ? at(submittedOn) : null,
    submittedAt: submittedOn ? at(submittedOn) : null,
    light: submittedOn ? "green" : null,
    ...more,
  });
  return id;
}

export async function makeResource(
  { db, ...owner }: Owner,
  name: string,
  more: Row<typeof resources> = {},
): Promise<string> {
  const [category] = await db.select().from(catalogCategories).limit(1);
  const id = newId();
  await db.insert(resources).values({
    ...owner,
    id,
    categoryCode: category?.code ?? "",
    name,
    normalizedName: `${name}${id}`,
    initials: "",
    searchGrams: [],
    summary: name,
    formatClass: "database",
    sharingType: "unconditional",
    method: "interface",
    updateCycle: "irregular",
    state: more.publishedOn ? "published" : "registered",
    ...more,
  });
  return id;
}

/** A demand of `owner` to a provider, checked on a day. */
export async function makeDemand(
  { db, ...owner }: Owner,
  providerUnitId: string,
  wanted: string,
  more: Row<typeof demands> = {},
): Promise<string> {
  const id = newId();
  await db.insert(demands).values({
    ...owner,
    id,
    providerUnitId,
    wanted,
    legalBasis: "依据",
    scene: "场景",
    method: "interface",
    frequency: "monthly",
    state: "agreed",
    appliedAt: at("2026-04-01"),
    checkedAt: at("2026-04-02"),
    ...more,
  });
  return id;
}

export async function makeTest(
  { db, regionId }: Owner,
  systemId: string,
  kind: "mlps" | "crypto",
  testedOn: string,
  validUntil: string,
  passed: "passed" | "failed" = "passed",
): Promise<void> {
  await db.insert(securityTests).values({
    id: newId(),
    regionId,
    systemId,
    kind,
    level: 2,
    passed,
    testedOn: localDate(testedOn),
    validUntil: localDate(validUntil),
  });
}

export async function makeYearSplit({ db, regionId }: Owner, projectId: string, year: number, amount: number) {
  await db.insert(yearSplits).values({ projectId, regionId, year, amountFen: fen(amount) });
}

export async function makePayment(
  { db, regionId }: Owner,
  projectId: string,
  amount: number,
  paidOn: string,
  confirmedOn: string | null,
): Promise<void> {
  const id = newId();
  await db.insert(payments).values({
    id,
    projectId,
    regionId,
    amountFen: fen(amount),
    paidOn: localDate(paidOn),
    voucher: id,
    state: confirmedOn ? "confirmed" : "entered",
    enteredBy: "filer",
    enteredAt: at(paidOn),
    confirmedBy: confirmedOn ? "finance" : null,
    confirmedAt: confirmedOn ? at(confirmedOn) : null,
  });
}

export async function makeItem(
  { db, ...owner }: Owner,
  number: string,
  dueOn: string,
  closedOn: string | null,
  more: Row<typeof supervisionItems> = {},
): Promise<string> {
  const id = newId();
  await db.insert(supervisionItems).values({
    ...owner,
    id,
    number,
    origin: "manual",
    title: `事项${number}`,
    requirement: "整改",
    state: closedOn ? "closed" : "accepted",
    registeredOn: localDate("2026-03-02"),
    dueOn: localDate(dueOn),
    closedAt: closedOn ? at(closedOn) : null,
    ...more,
  });
  return id;
}

/** A ledger task with one date, of the owner's unit or of none. */
export async function makeTask(
  { db, regionId, unitId }: Owner,
  number: number,
  on: string,
  more: Row<typeof ledgerTasks> & { readonly led?: boolean } = {},
): Promise<string> {
  const { led = true, ...columns } = more;
  const id = newId();
  await db.insert(ledgerTasks).values({
    id,
    regionId,
    planId: await makePlan(db, regionId),
    number,
    section: "一",
    title: `任务${number}`,
    content: "",
    deadlineKind: "byDate",
    deadlineText: on,
    deadlines: [{ on, what: "", mode: "by" }],
    doubts: [],
    ...columns,
  });
  if (led) {
    await db
      .insert(ledgerTaskUnits)
      .values({ taskId: id, role: "lead", position: 1, regionId, mention: "市自然资源局", kind: "unit", unitId });
  }
  return id;
}
