import { asc, eq } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { unitCollectionMembers, unitCollections, unitNames, units } from "@db/schema";

import { byKey } from "../by-key";
import type { UnitDirectory } from "./match-units.rules";

/** The units of a region with all their names, and its named groups with their dated members; four statements. */
export async function loadUnitDirectory(db: DatabaseOrTransaction, regionId: string): Promise<UnitDirectory> {
  const [unitRows, nameRows, groupRows, memberRows] = await Promise.all([
    db
      .select({ id: units.id, name: units.name, closedOn: units.closedOn })
      .from(units)
      .where(eq(units.regionId, regionId))
      .orderBy(asc(units.group), asc(units.position)),
    db
      .select({ unitId: unitNames.unitId, name: unitNames.name, fromOn: unitNames.fromOn, toOn: unitNames.toOn })
      .from(unitNames)
      .innerJoin(units, eq(units.id, unitNames.unitId))
      .where(eq(units.regionId, regionId)),
    db.select().from(unitCollections).where(eq(unitCollections.regionId, regionId)).orderBy(asc(unitCollections.name)),
    db
      .select({
        collectionId: unitCollectionMembers.collectionId,
        unitId: unitCollectionMembers.unitId,
        fromOn: unitCollectionMembers.fromOn,
        toOn: unitCollectionMembers.toOn,
      })
      .from(unitCollectionMembers)
      .innerJoin(unitCollections, eq(unitCollections.id, unitCollectionMembers.collectionId))
      .innerJoin(units, eq(units.id, unitCollectionMembers.unitId))
      .where(eq(unitCollections.regionId, regionId))
      .orderBy(asc(units.group), asc(units.position)),
  ]);
  const namesOf = byKey(nameRows, ({ unitId }) => unitId);
  const membersOf = byKey(memberRows, ({ collectionId }) => collectionId);
  return {
    units: unitRows.map((unit) => ({ ...unit, names: namesOf.get(unit.id) ?? [] })),
    groups: groupRows.map(({ id, name }) => ({ name, members: membersOf.get(id) ?? [] })),
  };
}
