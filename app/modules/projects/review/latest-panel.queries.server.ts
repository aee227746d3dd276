import { and, desc, eq } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { expertPanels } from "@db/schema";

/** What the experts made of a filing: its latest panel, null when none was convened; panels on an acceptance are not its own. */
export async function latestPanel(db: DatabaseOrTransaction, projectId: string) {
  const [panel] = await db
    .select({
      state: expertPanels.state,
      dueOn: expertPanels.dueOn,
      verdict: expertPanels.verdict,
      summary: expertPanels.summary,
    })
    .from(expertPanels)
    .where(and(eq(expertPanels.projectId, projectId), eq(expertPanels.purpose, "approval")))
    .orderBy(desc(expertPanels.convenedAt), desc(expertPanels.id))
    .limit(1);
  return panel ?? null;
}
