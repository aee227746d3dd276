import { asc, eq, and, inArray, isNull } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { systems } from "@db/schema";
import { digestOf } from "~/platform/audit/digest";

import { factsOf, type SystemFacts } from "./system-facts";

type System = typeof systems.$inferSelect;

/** An entry as it is signed: number, name and the digest of what it says. Steps to the cloud are no part of it. */
export const entryOf = (system: SystemFacts & Pick<System, "code" | "state">) => ({
  code: system.code,
  name: system.name,
  digest: digestOf({ code: system.code, state: system.state, ...factsOf(system) }),
});

/** What the list as a whole says; a page that shows it and a signature under it agree on this. */
export const listDigest = (list: readonly System[]): string => digestOf(list.map(entryOf));

/** The systems that units have on their lists today: those that were not retired, by number. */
export const listedSystems = (db: DatabaseOrTransaction, unitIds: readonly string[]): Promise<System[]> =>
  unitIds.length === 0
    ? Promise.resolve([])
    : db
        .select()
        .from(systems)
        .where(and(inArray(systems.unitId, [...unitIds]), isNull(systems.retiredOn)))
        .orderBy(asc(systems.code));

/** The same of one unit, locked until it is signed. */
export const holdListedSystems = (tx: DatabaseOrTransaction, unitId: string): Promise<System[]> =>
  tx
    .select()
    .from(systems)
    .where(and(eq(systems.unitId, unitId), isNull(systems.retiredOn)))
    .orderBy(asc(systems.code))
    .for("update");
