import { desc, eq } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { projectChanges } from "@db/schema";

/** The changes of a project, the latest first; `changes` decides on them. */
export async function changesOf(db: DatabaseOrTransaction, projectId: string) {
  return db
    .select({
      id: projectChanges.id,
      number: projectChanges.number,
      reasonKind: projectChanges.reasonKind,
      route: projectChanges.route,
      state: projectChanges.state,
      estimateFen: projectChanges.estimateFen,
      newEstimateFen: projectChanges.newEstimateFen,
      requestedAt: projectChanges.requestedAt,
    })
    .from(projectChanges)
    .where(eq(projectChanges.projectId, projectId))
    .orderBy(desc(projectChanges.number));
}
