import { and, eq, inArray } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { resourceRevisions } from "@db/schema";

import type { ResourceContent } from "../resource.content";

export type Revision = Omit<typeof resourceRevisions.$inferSelect, "content"> & { readonly content: ResourceContent };

/** The change of a resource that is on its way; there is at most one. */
export async function openRevision(db: DatabaseOrTransaction, resourceId: string): Promise<Revision | undefined> {
  const [row] = await db
    .select()
    .from(resourceRevisions)
    .where(
      and(eq(resourceRevisions.resourceId, resourceId), inArray(resourceRevisions.state, ["draft", "registered"])),
    );
  return row && asRevision(row);
}

/** The content column is written by this module alone, always as its one content type. */
export const asRevision = (row: typeof resourceRevisions.$inferSelect): Revision => ({
  ...row,
  content: row.content as ResourceContent,
});
