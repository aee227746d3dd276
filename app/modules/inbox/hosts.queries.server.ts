import { and, asc, eq, isNull } from "drizzle-orm";

import type { Database, DatabaseOrTransaction } from "@db/client";
import { outgoingHosts, users } from "@db/schema";
import { inScope } from "~/platform/scope.server";
import type { Scope } from "~/policy";

/** May messages of a region leave for this host now? */
export async function isListedHost(db: DatabaseOrTransaction, regionId: string, host: string): Promise<boolean> {
  const listed = and(
    eq(outgoingHosts.regionId, regionId),
    eq(outgoingHosts.host, host),
    isNull(outgoingHosts.removedAt),
  );
  return (await db.$count(outgoingHosts, listed)) > 0;
}

/** The hosts to which messages may leave, with who added them. They are few. */
export async function listHosts(db: Database, scope: Scope) {
  return db
    .select({
      id: outgoingHosts.id,
      host: outgoingHosts.host,
      note: outgoingHosts.note,
      addedAt: outgoingHosts.addedAt,
      addedByName: users.name,
      version: outgoingHosts.version,
    })
    .from(outgoingHosts)
    .leftJoin(users, eq(users.id, outgoingHosts.addedBy))
    .where(and(inScope(scope, ofRegion(outgoingHosts.regionId)), isNull(outgoingHosts.removedAt)))
    .orderBy(asc(outgoingHosts.host));
}

/** What no unit owns is seen by those who act for its region. */
export const ofRegion = <Column>(regionId: Column): { unitId: Column; regionId: Column } => ({
  unitId: regionId,
  regionId,
});
