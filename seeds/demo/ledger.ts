import type { ledgerPlans, ledgerTasks, ledgerTaskUnits } from "@db/schema";
import { addDays, type LocalDate, localDate } from "~/kernel/local-date";
import { parseLedgerRow, type LedgerEntry, type UnitMention } from "~/modules/ledger/index";

import { chance } from "./chance";
import type { City } from "./city";
import { demoId } from "./demo-id";
import { FOUNDED_AT, readSeedCsv } from "./regions";

const ISSUED_ON = localDate("2019-05-06");
const PLAN = "加快推进一体化在线政务服务平台建设工作方案（2019年）";

/** The published ledger of fifty tasks as the import understood it; what left no doubt counts as confirmed. */
export function cityLedger(city: City) {
  const plan: typeof ledgerPlans.$inferInsert = {
    id: demoId("plan", PLAN, FOUNDED_AT),
    regionId: city.regionId,
    title: PLAN,
    issuedOn: ISSUED_ON,
    state: "active",
    importedBy: city.person("assessor").id,
    importedAt: FOUNDED_AT,
  };
  const tasks: (typeof ledgerTasks.$inferInsert)[] = [];
  const units: (typeof ledgerTaskUnits.$inferInsert)[] = [];
  readSeedCsv("zhaoqing-2019-tasks.csv").forEach((record, index) => {
    const entry = parseLedgerRow({
      number: record["序号"] ?? "",
      section: record["所属部分"] ?? "",
      text: record["工作任务"] ?? "",
      leadUnits: record["牵头单位"] ?? "",
      responsibleUnits: record["责任单位"] ?? "",
      deadline: record["完成时限"] ?? "",
    });
    const number = entry.number ?? index + 1;
    const taskId = demoId("task", `${PLAN} ${number}`, new Date(FOUNDED_AT.getTime() + number));
    const closedOn = closingDay(entry, number);
    tasks.push({
      id: taskId,
      regionId: city.regionId,
      planId: plan.id,
      number,
      section: entry.section,
      title: entry.title,
      content: entry.content,
      deadlineKind: entry.deadline.kind,
      deadlineText: entry.deadline.text,
      deadlines: entry.deadline.dates.map(({ on, what, mode }) => ({ on, what, mode })),
      doubts: entry.doubts.map(({ code, facts }) => ({ code, facts: { ...facts } })),
      confirmed: entry.doubts.length === 0,
      state: closedOn ? "closed" : "open",
      closingStatement: closedOn ? "已按期完成，转入常态化管理。" : null,
      closedBy: closedOn ? city.person("bureau").id : null,
      closedOn,
      original: { ...record },
    });
    const mentions = (role: "lead" | "responsible", list: readonly UnitMention[]) =>
      list.map(({ name, kind }, at) => ({
        taskId,
        role,
        position: at + 1,
        regionId: city.regionId,
        mention: name,
        kind,
        unitId: city.units.find((unit) => unit.name === name)?.id ?? null,
      }));
    units.push(...mentions("lead", entry.leadUnits), ...mentions("responsible", entry.responsibleUnits));
  });
  return { plan, tasks, units };
}

/** A dated task of 2019 was done shortly before its last date; what is left of the plan goes on without one. */
function closingDay({ deadline }: LedgerEntry, number: number): LocalDate | null {
  const last = deadline.dates.findLast(({ mode }) => mode === "by");
  if (!last) return null;
  return addDays(localDate(last.on), -chance("ledger", String(number)).between(0, 20));
}
