import { desc, eq } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { projectSubmissions } from "@db/schema";

import type { SimilarHit } from "./similar.rules";
import { frozenHitsSchema } from "./similar.schema";

/** What the reviewer is shown of 查重. */
export interface ReviewedHits {
  /** what the applicant was shown at the submission, or today's when nothing was submitted yet */
  readonly similar: readonly SimilarHit[];
  /** what came to light after it: the applicant could not speak about it */
  readonly foundSince: readonly SimilarHit[];
}

/** The hits of the latest submission as they were that day, and those that today's search finds besides. */
export async function reviewedHits(
  db: DatabaseOrTransaction,
  projectId: string,
  today: readonly SimilarHit[],
): Promise<ReviewedHits> {
  const [submission] = await db
    .select({ similar: projectSubmissions.similar })
    .from(projectSubmissions)
    .where(eq(projectSubmissions.projectId, projectId))
    .orderBy(desc(projectSubmissions.round))
    .limit(1);
  if (!submission) return { similar: today, foundSince: [] };
  const similar = frozenHitsSchema.parse(submission.similar);
  const known = new Set(similar.map(({ id }) => id));
  return { similar, foundSince: today.filter(({ id }) => !known.has(id)) };
}
