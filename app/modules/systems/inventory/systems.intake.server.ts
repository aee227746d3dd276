import { sql } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { cloudStandings, systems } from "@db/schema";
import { conflict } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import type { IntakeKind, JudgedRow } from "~/platform/intake/intake.types";
import { recordAll, type Change, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { reconsiderScope } from "../cloud/scope/propose-by-rule.server";
import { touchesScope } from "./inventory.rules";
import { judgeSystemRows, type SystemRow } from "./judge-rows.server";
import { nextSystemCodes } from "./next-system-code.server";
import { changedFields, factsOf } from "./system-facts";
import { factColumns } from "./system-row.server";
import { SYSTEM_COLUMNS } from "./systems.columns";

type System = typeof systems.$inferSelect;
interface Written {
  readonly after: System;
  readonly row: SystemRow;
}

/** Columns that a sheet can change. */
const WRITABLE = [
  "name",
  "comparedName",
  "initials",
  "purpose",
  "ownership",
  "secret",
  "mlpsLevel",
  "mlpsFilingNumber",
  "mlpsFiledOn",
  "hosting",
  "location",
  "backedUp",
  "builder",
  "contactName",
  "contactPhone",
  "launchedOn",
  "tags",
  "operatorUnitId",
] as const satisfies readonly (keyof System)[];

/** Entries that one statement writes. */
const AT_ONCE = 1_000;

/** New entries, numbered in the order of the sheet, each with the standing it begins with. */
async function addRows(tx: Transaction, ctx: Ctx, rows: readonly SystemRow[]): Promise<Written[]> {
  const byRegion = new Map<string, SystemRow[]>();
  for (const row of rows) byRegion.set(row.unit.regionId, [...(byRegion.get(row.unit.regionId) ?? []), row]);
  const written: Written[] = [];
  for (const [regionId, here] of byRegion) {
    const codes = await nextSystemCodes(tx, regionId, here.length);
    const values = here.map(({ unit, facts }, index) => ({
      id: newId(),
      regionId,
      unitId: unit.unitId,
      code: codes[index] ?? "",
      ...factColumns(facts),
      registeredOn: ctx.today,
      updatedAt: ctx.now,
    }));
    const added = await tx.insert(systems).values(values).returning();
    await tx.insert(cloudStandings).values(
      added.map(({ id, unitId, registeredOn }) => ({
        id: newId(),
        systemId: id,
        regionId,
        unitId,
        scope: "in" as const,
        fromOn: registeredOn,
      })),
    );
    const rowOf = new Map(values.map(({ id }, index) => [id, here[index]]));
    written.push(...added.flatMap((after) => pair(after, rowOf.get(after.id))));
  }
  return written;
}

const pair = (after: System, row: SystemRow | undefined): Written[] => (row ? [{ after, row }] : []);

/** Entries that the sheet changes; somebody's edit since they were judged is a conflict. */
async function changeRows(tx: Transaction, ctx: Ctx, rows: readonly SystemRow[]): Promise<Written[]> {
  const values = rows.flatMap(({ before, facts }) =>
    before ? [{ ...before, ...factColumns(facts), updatedAt: ctx.now }] : [],
  );
  if (values.length === 0) return [];
  const excluded = Object.fromEntries(
    [...WRITABLE, "updatedAt" as const].map((column) => [column, sql.raw(`excluded."${systems[column].name}"`)]),
  );
  const changed = await tx
    .insert(systems)
    .values(values)
    .onConflictDoUpdate({
      target: systems.id,
      set: { ...excluded, version: sql`${systems.version} + 1` },
      setWhere: sql`${systems.version} = excluded.version`,
    })
    .returning();
  if (changed.length < values.length) throw conflict("system");
  const rowOf = new Map(rows.map((row) => [row.before?.id, row]));
  return changed.flatMap((after) => pair(after, rowOf.get(after.id)));
}

const changeOf = ({ after, row }: Written): Change => ({
  action: "system:edit",
  event: row.before ? "systemEdited" : "systemRegistered",
  object: { type: "system", id: after.id, regionId: after.regionId },
  ...(row.before && { before: row.before }),
  after,
  payload: {
    name: after.name,
    code: after.code,
    unitId: after.unitId,
    ...(row.before && { changes: row.changes }),
    fromSheet: true,
  },
});

/** Does the rule of scope have to be asked: of what is new, or was changed in what it looks at. */
const asksScope = ({ row: { before, facts } }: Written): boolean =>
  before === undefined || touchesScope(changedFields(factsOf(before), facts));

async function apply(tx: Transaction, ctx: Ctx, judged: readonly JudgedRow<SystemRow>[]): Promise<void> {
  const rows = judged.flatMap(({ data }) => data ?? []);
  for (const { unit } of rows) authorize(ctx.actor, "system:edit", unit);
  const written: Written[] = [];
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = rows.slice(from, from + AT_ONCE);
    const isNew = ({ before }: SystemRow) => before === undefined;
    written.push(...(await addRows(tx, ctx, some.filter(isNew))));
    written.push(
      ...(await changeRows(
        tx,
        ctx,
        some.filter((row) => !isNew(row)),
      )),
    );
  }
  await recordAll(tx, ctx, written.map(changeOf));
  // The rule opens proposals one by one, with their messages: only where it may have something to say.
  for (const each of written.filter(asksScope)) await reconsiderScope(tx, ctx, each.after);
}

/** The inventory from a sheet: what an export gave out, changed, or a list that a unit kept elsewhere. */
export const systemsIntake: IntakeKind<SystemRow> = {
  key: "systems",
  action: "system:edit",
  title: "信息系统清单",
  counter: "个系统",
  listHref: "/systems",
  columns: SYSTEM_COLUMNS,
  judge: judgeSystemRows,
  apply,
};
