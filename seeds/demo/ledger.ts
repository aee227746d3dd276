import type { Transaction } from "@db/client";
import {
  domainEvents,
  files,
  ledgerFiles,
  ledgerMomentsMet,
  ledgerPlans,
  ledgerTasks,
  ledgerTaskUnits,
  ledgerUpdates,
} from "@db/schema";
import { addDays, type LocalDate, localDate } from "~/kernel/local-date";
import { onOrNextWorkday } from "~/kernel/work-calendar";
import { LEDGER_COLUMNS, planTasks, readLedgerRows, type UnitDirectory } from "~/modules/ledger/index";

import { storeSampleOf } from "./attachments";
import { officeHours, type City } from "./city";
import { demoId } from "./demo-id";
import { eventRow } from "./events";
import { insertAll } from "./insert";
import { CURRENT_PLAN, CURRENT_TASKS } from "./ledger-facts";
import { currentLedgerLife } from "./ledger-life";
import { readSeedCsv } from "./regions";
import { cityCollections, cityUnitNames } from "./units";

type PlanRow = typeof ledgerPlans.$inferInsert;
type TaskRow = typeof ledgerTasks.$inferInsert;

const OLD_PLAN = {
  title: "加快推进一体化在线政务服务平台建设工作方案（2019年）",
  documentNumber: "",
  issuedOn: localDate("2019-05-06"),
} as const;
/** When the old plan was brought in for the record: its import waits to be confirmed. */
const OLD_IMPORTED_ON = localDate("2026-07-13");

/**
 * The ledgers of the city: the published one of fifty tasks, imported of late and being confirmed, with every doubt that
 * the import had about it; and this year's, in force, with what the units told of it.
 */
export async function writeLedger(tx: Transaction, city: City): Promise<void> {
  const directory = directoryOf(city);
  const old = ledgerOf(
    city,
    directory,
    planRow(city, OLD_PLAN, "confirming", OLD_IMPORTED_ON),
    readSeedCsv("zhaoqing-2019-tasks.csv").map((record) =>
      Object.fromEntries(LEDGER_COLUMNS.map(({ key, title }) => [key, record[title] ?? ""])),
    ),
  );
  const { inForceOn, ...facts } = CURRENT_PLAN;
  const current = ledgerOf(
    city,
    directory,
    planRow(city, facts, "active", onOrNextWorkday(city.calendar, addDays(facts.issuedOn, 1))),
    CURRENT_TASKS.map(({ section, text, lead, responsible, deadline }, index) => ({
      ...{ section, text, deadline },
      number: String(index + 1),
      leadUnits: lead,
      responsibleUnits: responsible,
    })),
  );
  const life = currentLedgerLife(city, current.tasks, await storeSampleOf(tx, city, "任务完成证明材料"));
  await insertAll(tx, ledgerPlans, [old.plan, current.plan]);
  await insertAll(tx, ledgerTasks, [
    ...old.tasks.map((task) => ({ ...task, confirmed: task.doubts.length === 0 })),
    ...life.tasks,
  ]);
  await insertAll(tx, ledgerTaskUnits, [...old.units, ...current.units]);
  await insertAll(tx, ledgerUpdates, life.updates);
  await insertAll(tx, ledgerMomentsMet, life.met);
  await insertAll(tx, files, life.files);
  await insertAll(tx, ledgerFiles, life.papers);
  await insertAll(tx, domainEvents, [
    ...planEvents(city, old.plan, null),
    ...planEvents(city, current.plan, inForceOn),
    ...life.events,
  ]);
}

function planRow(
  city: City,
  facts: { readonly title: string; readonly documentNumber: string; readonly issuedOn: LocalDate },
  state: PlanRow["state"],
  importedOn: LocalDate,
): PlanRow & { id: string } {
  const importedAt = officeHours(importedOn, facts.title);
  return {
    ...facts,
    id: demoId("plan", facts.title, importedAt),
    regionId: city.regionId,
    state,
    importedBy: city.person("assessor").id,
    importedAt,
  };
}

/** The rows of a plan as the import understands them. */
function ledgerOf(
  city: City,
  directory: UnitDirectory,
  plan: PlanRow & { id: string },
  values: readonly Readonly<Record<string, string>>[],
) {
  const read = readLedgerRows(
    values.map((row, index) => ({ rowNumber: index + 2, values: row })),
    LEDGER_COLUMNS,
  );
  if (!read.ok) throw new Error(`${plan.title}: ${JSON.stringify(read.refusals)}`);
  const idOf = (number: number) =>
    demoId("task", `${plan.title} ${number}`, new Date(plan.importedAt.getTime() + number));
  const { tasks, units } = planTasks({ ...plan, regionId: city.regionId }, read.value, directory, idOf);
  return { plan, tasks: tasks satisfies TaskRow[], units };
}

/** Whom a plan can name in the city. */
function directoryOf(city: City): UnitDirectory {
  const names = cityUnitNames(city.units);
  const { collections, members } = cityCollections(city.regionId, city.units);
  const dated = <T extends { readonly fromOn: LocalDate; readonly toOn?: LocalDate | null | undefined }>(row: T) => ({
    ...row,
    toOn: row.toOn ?? null,
  });
  return {
    units: city.units.map(({ id = "", name }) => ({
      ...{ id, name },
      closedOn: null,
      names: names.filter(({ unitId }) => unitId === id).map(dated),
    })),
    groups: collections.map(({ id, name }) => ({
      name,
      members: members.filter(({ collectionId }) => collectionId === id).map(dated),
    })),
  };
}

function planEvents(city: City, plan: PlanRow & { id: string }, inForceOn: LocalDate | null) {
  const about = { subject: { type: "taskPlan", id: plan.id }, payload: { title: plan.title } };
  const imported = { ...about, type: "taskPlanImported", at: plan.importedAt };
  const inForce = inForceOn && { ...about, type: "taskPlanPutInForce", at: officeHours(inForceOn, plan.title) };
  return [eventRow(city.person("assessor"), imported), ...(inForce ? [eventRow(city.person("bureau"), inForce)] : [])];
}
