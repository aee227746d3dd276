import { and, eq, isNull } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { acceptanceDocuments, acceptances } from "@db/schema";

import { papersOf } from "./gate-facts.queries.server";

/** What the experts of a panel are shown of the application that they judge; null when they judge none. */
export async function acceptanceOfPanel(db: DatabaseOrTransaction, panelId: string) {
  const [row] = await db
    .select({
      id: acceptances.id,
      kind: acceptances.kind,
      number: acceptances.number,
      statement: acceptances.statement,
    })
    .from(acceptances)
    .where(eq(acceptances.panelId, panelId));
  if (!row) return null;
  const papers = await papersOf(db, row.id);
  return { ...row, papers: papers.map(({ id, kind, name }) => ({ id, kind, name })) };
}

/** The file of a paper that a panel judges; undefined when it is no paper of theirs. */
export async function paperOfPanel(
  db: DatabaseOrTransaction,
  panelId: string,
  paperId: string,
): Promise<string | undefined> {
  const [row] = await db
    .select({ fileId: acceptanceDocuments.fileId })
    .from(acceptanceDocuments)
    .innerJoin(acceptances, eq(acceptances.id, acceptanceDocuments.acceptanceId))
    .where(
      and(eq(acceptanceDocuments.id, paperId), eq(acceptances.panelId, panelId), isNull(acceptanceDocuments.removedAt)),
    );
  return row?.fileId;
}
