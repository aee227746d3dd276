import { eq } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { expertOpinions } from "@db/schema";

import { criteriaFor, marksOf, type Criterion } from "./criteria";
import type { Panel } from "./load-panel.server";

/** What the experts of a panel are asked to mark. */
export async function criteriaOfPanel(
  db: DatabaseOrTransaction,
  { id, purpose }: Pick<Panel, "id" | "purpose">,
): Promise<readonly Criterion[]> {
  const seats = await db
    .select({ marks: expertOpinions.marks })
    .from(expertOpinions)
    .where(eq(expertOpinions.panelId, id));
  return criteriaFor(
    purpose,
    seats.map(({ marks }) => marksOf(marks)),
  );
}
