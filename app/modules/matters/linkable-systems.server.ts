import { and, eq, inArray, ne, or, sql, type SQL } from "drizzle-orm";

import { systems, userRoles, users } from "@db/schema";
import { can, type Governed } from "~/policy";
import type { Ctx } from "~/platform/transaction.server";

/** The units that govern the region's data: their platforms are everybody's. */
const bureauUnits = sql`(select ${users.unitId} from ${users} join ${userRoles} on ${userRoles.userId} = ${users.id}
  where ${userRoles.role} = 'bureauReviewer' and ${users.regionId} = ${systems.regionId})`;

/** Who may edit matters all over the region links any of its systems; a unit links its own and the bureau's platforms. */
export function isLinkable({ actor }: Pick<Ctx, "actor">, matter: Governed): SQL | undefined {
  const region = { unitId: "", regionId: matter.regionId };
  return and(
    eq(systems.regionId, matter.regionId),
    can(actor, "matter:edit", region)
      ? undefined
      : or(eq(systems.unitId, matter.unitId), inArray(systems.unitId, bureauUnits)),
  );
}

/** Systems that may stand beside what the public reads. */
export const isOfferable: SQL | undefined = and(eq(systems.secret, false), ne(systems.state, "retired"));
