import { desc, eq } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { expertPanels } from "@db/schema";

/** What the experts made of a project: its latest panel, null when none was convened. */
export async function latestPanel(db: DatabaseOrTransaction, projectId: string) {
  const [panel] = await db
    .select({
      state: expertPanels.state,
      dueOn: expertPanels.dueOn,
      verdict: expertPanels.verdict,
      summary: expertPanels.summary,
    })
    .from(expertPanels)
    .where(eq(expertPanels.projectId, projectId))
    .orderBy(desc(expertPanels.convenedAt), desc(expertPanels.id))
    .limit(1);
  return panel ?? null;
}
