import type { Database } from "@db/client";
import type { LocalDate } from "~/kernel/local-date";
import { confirmationDue, unconfirmedLists } from "~/modules/systems/index.server";
import type { Scope } from "~/policy";

import type { WorkItem } from "./work-item";

const KIND = "系统";

/** The unit's list of systems that its leader has to sign this year, once nothing is missing. */
export async function listsToConfirm(db: Database, scope: Scope, today: LocalDate): Promise<WorkItem[]> {
  const [rows, dueOn] = await Promise.all([unconfirmedLists(db, scope, today), confirmationDue(db, today)]);
  return rows
    .filter(({ incomplete }) => incomplete === 0)
    .map(({ unitId, unitName, total }) => ({
      key: `confirm inventory ${unitId}`,
      kind: KIND,
      what: "确认系统清单",
      title: `${today.slice(0, 4)} 年度，${total} 个系统`,
      unitName,
      href: `/systems/confirmation/${unitId}`,
      dueOn,
    }));
}

/** What the own unit's list still lacks before it can be signed. */
export async function listsToComplete(
  db: Database,
  { unitId }: Pick<Scope, "unitId">,
  today: LocalDate,
): Promise<WorkItem[]> {
  if (unitId === null) return [];
  const own = { regionIds: [], unitId, operatorUnitId: null };
  const [rows, dueOn] = await Promise.all([unconfirmedLists(db, own, today), confirmationDue(db, today)]);
  return rows
    .filter(({ incomplete }) => incomplete > 0)
    .map(({ unitName, incomplete }) => ({
      key: `complete inventory ${unitId}`,
      kind: KIND,
      what: "补全系统信息",
      title: `${incomplete} 个系统信息不完整，补全后由负责人确认清单`,
      unitName,
      href: `/systems/confirmation/${unitId}`,
      dueOn,
    }));
}

/** Units whose list is overdue, as one item for who governs the inventory. */
export async function listsOverdue(db: Database, scope: Scope, today: LocalDate): Promise<WorkItem[]> {
  const dueOn = await confirmationDue(db, today);
  if (today <= dueOn) return [];
  const rows = await unconfirmedLists(db, scope, today);
  if (rows.length === 0) return [];
  return [
    {
      key: "inventories overdue",
      kind: KIND,
      what: "督促确认系统清单",
      title: `${rows.length} 个单位逾期未确认`,
      unitName: null,
      href: "/systems/confirmation?state=open",
      dueOn,
    },
  ];
}
