import { and, asc, eq, inArray, isNull, or } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { materials, matterMaterials, matterSystems, serviceMatters, systems, units } from "@db/schema";
import { foldName } from "~/kernel/names";
import { inScope } from "~/platform/scope.server";
import type { Ctx } from "~/platform/transaction.server";
import type { TableRow } from "~/platform/xlsx/table-reader";
import { scopeFor } from "~/policy";

import { isLinkable } from "../linkable-systems.server";
import type { Matter } from "../load-matter.server";
import { holdNumbering } from "../numbering.server";

/** What a matter asks for, as a sheet says it. */
export interface Paper {
  readonly name: string;
  readonly required: boolean;
}

type System = Pick<typeof systems.$inferSelect, "id" | "name" | "code" | "secret" | "state">;

/** What judging a list of matters needs of the region: read once for all rows. */
export interface MatterGround {
  /** ids of units not closed, by name */
  readonly units: ReadonlyMap<string, string>;
  readonly byCode: ReadonlyMap<string, Matter>;
  /** by `matterKey` */
  readonly byName: ReadonlyMap<string, readonly Matter[]>;
  readonly systems: ReadonlyMap<string, System>;
  /** systems by their code and by their name */
  readonly systemsNamed: ReadonlyMap<string, readonly System[]>;
  /** systems that the actor may link */
  readonly open: ReadonlySet<string>;
  /** ids of systems by matter */
  readonly handled: ReadonlyMap<string, readonly string[]>;
  /** materials by matter */
  readonly asked: ReadonlyMap<string, readonly Paper[]>;
}

/** A unit has a matter of a name once. */
export const matterKey = (unitId: string, name: string): string => `${unitId} ${foldName(name)}`;

/**
 * Locks what rows may change, then the numbering of matters and materials, in the order of the verbs on one matter. What
 * is judged after this is still so when it is written in the same transaction.
 */
async function holdMatters(tx: Transaction, ctx: Ctx, rows: readonly TableRow[], unitIds: readonly string[]) {
  const { regionId } = ctx.actor;
  const codes = [...new Set(rows.flatMap(({ values }) => values.code || []))];
  if (unitIds.length > 0 || codes.length > 0)
    await tx
      .select({ id: serviceMatters.id })
      .from(serviceMatters)
      .where(
        and(
          eq(serviceMatters.regionId, regionId),
          inScope(scopeFor(ctx.actor, "matter:edit"), serviceMatters),
          or(inArray(serviceMatters.unitId, [...unitIds]), inArray(serviceMatters.code, codes)),
        ),
      )
      .orderBy(asc(serviceMatters.id))
      .for("update");
  await holdNumbering(tx, "SX", regionId);
  await holdNumbering(tx, "CL", regionId);
}

/** Holds what the rows may change and reads what they are judged by. */
export async function readMatterGround(tx: Transaction, ctx: Ctx, rows: readonly TableRow[]): Promise<MatterGround> {
  const { regionId, unitId } = ctx.actor;
  const unitRows = await tx
    .select({ id: units.id, name: units.name })
    .from(units)
    .where(and(eq(units.regionId, regionId), isNull(units.closedOn)));
  const unitIds = new Map(unitRows.map(({ id, name }) => [name, id]));
  const named = new Set(rows.flatMap(({ values }) => unitIds.get(values.unit ?? "") ?? []));
  await holdMatters(tx, ctx, rows, [...named]);
  const matters = await tx.select().from(serviceMatters).where(eq(serviceMatters.regionId, regionId));
  const systemRows = await tx
    .select({ id: systems.id, name: systems.name, code: systems.code, secret: systems.secret, state: systems.state })
    .from(systems)
    .where(eq(systems.regionId, regionId));
  const open = await tx.select({ id: systems.id }).from(systems).where(isLinkable(ctx, { unitId, regionId }));
  const handled = await tx.select().from(matterSystems).where(eq(matterSystems.regionId, regionId));
  const asked = await tx
    .select({ matterId: matterMaterials.matterId, name: materials.name, required: matterMaterials.required })
    .from(matterMaterials)
    .innerJoin(materials, eq(materials.id, matterMaterials.materialId))
    .where(eq(matterMaterials.regionId, regionId))
    .orderBy(asc(materials.code));
  return {
    units: unitIds,
    byCode: new Map(matters.map((matter) => [matter.code, matter])),
    byName: valuesBy(matters, (matter) => [matterKey(matter.unitId, matter.name), matter]),
    systems: new Map(systemRows.map((system) => [system.id, system])),
    systemsNamed: namedBy(systemRows),
    open: new Set(open.map(({ id }) => id)),
    handled: valuesBy(handled, ({ matterId, systemId }) => [matterId, systemId]),
    asked: valuesBy(asked, ({ matterId, ...paper }) => [matterId, paper]),
  };
}

function namedBy(rows: readonly System[]): ReadonlyMap<string, System[]> {
  const found = new Map<string, System[]>();
  for (const system of rows)
    for (const name of new Set([system.code, system.name])) found.set(name, [...(found.get(name) ?? []), system]);
  return found;
}

function valuesBy<Row, Value>(
  rows: readonly Row[],
  entry: (row: Row) => readonly [string, Value],
): ReadonlyMap<string, Value[]> {
  const found = new Map<string, Value[]>();
  for (const [key, value] of rows.map(entry)) {
    const known = found.get(key);
    if (known) known.push(value);
    else found.set(key, [value]);
  }
  return found;
}
