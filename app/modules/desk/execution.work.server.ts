import { and, asc, eq, inArray } from "drizzle-orm";

import type { Database } from "@db/client";
import { paymentSheets } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { formatYuan } from "~/kernel/fen";
import { ENTRY_KINDS } from "~/modules/funding";
import { waitingEntries } from "~/modules/funding/index.server";
import type { Scope } from "~/policy";

import type { WorkItem } from "./work-item";

const KIND = "资金";

/** Contracts, changes, arrivals and payments to confirm, not one's own, and returned ones to correct: one statement. */
export async function entriesWaiting(db: Database, actor: Actor): Promise<WorkItem[]> {
  const rows = await waitingEntries(db, actor);
  return rows.map(({ kind, id, state, amountFen, projectName, unitName }) => ({
    key: `${kind} ${id}`,
    kind: KIND,
    what: `${state === "returned" ? "更正被退回的" : "确认"}${ENTRY_KINDS[kind]}`,
    title: `${projectName}（${formatYuan(amountFen)} 元）`,
    unitName,
    href: `/funding/entries/${kind}/${id}`,
    dueOn: null,
  }));
}

/** Payment sheets of the treasury that were read and are neither applied nor discarded. */
export async function paymentSheetsToApply(db: Database, scope: Scope): Promise<WorkItem[]> {
  const rows = await db
    .select({ id: paymentSheets.id, name: paymentSheets.fileName, totalRows: paymentSheets.totalRows })
    .from(paymentSheets)
    .where(and(inArray(paymentSheets.regionId, [...scope.regionIds]), eq(paymentSheets.state, "read")))
    .orderBy(asc(paymentSheets.uploadedAt));
  return rows.map(({ id, name, totalRows }) => ({
    key: `sheet ${id}`,
    kind: KIND,
    what: "核对国库支付明细并入账",
    title: `${name}（${totalRows} 行）`,
    unitName: null,
    href: `/funding/payments/import/${id}`,
    dueOn: null,
  }));
}
