import { desc, eq } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { projectSubmissions } from "@db/schema";

/** Who handed in the latest round, when, and under which receipt number; undefined before the first submission. */
export async function latestSubmission(db: DatabaseOrTransaction, projectId: string) {
  const [row] = await db
    .select({
      round: projectSubmissions.round,
      receiptNumber: projectSubmissions.receiptNumber,
      digest: projectSubmissions.digest,
      submittedBy: projectSubmissions.submittedBy,
      submittedAt: projectSubmissions.submittedAt,
    })
    .from(projectSubmissions)
    .where(eq(projectSubmissions.projectId, projectId))
    .orderBy(desc(projectSubmissions.round))
    .limit(1);
  return row;
}
