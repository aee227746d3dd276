import { and, eq, lte } from "drizzle-orm";

import { expertOpinions, expertPanels, projects } from "@db/schema";
import { accept } from "~/kernel/result";
import { ACCEPTANCE_EVENT_FACTS, ACCEPTANCE_EVENTS } from "~/modules/acceptance";
import { PROJECT_EVENT_FACTS, PROJECT_EVENTS } from "~/modules/projects";
import type { Listener, Listeners } from "~/platform/outbox.server";
import { readCause } from "~/platform/read-cause.server";
import { inTransaction } from "~/platform/transaction.server";

import { closeCancelled } from "./cancel-panel.server";

/** What ends a review ends its panel. */
const ENDINGS = ["returnForSupplement", "reject", "withdraw", "passShortcut"] as const;

/** And what takes an application for acceptance off the bureau's desk ends the panel on it. */
const ACCEPTANCE_ENDINGS = ["returnForSupplement", "withdraw"] as const;

/**
 * Cancels the open panel of a project whose review ended without it, in the name of who ended it. A panel that was convened
 * after that moment is another round's and stays, so a delivery that comes late or twice does no harm.
 */
const cancelWith =
  (reason: string, projectOf: (event: Parameters<Listener>[0]) => string): Listener =>
  async (event, db) => {
    const subjectId = projectOf(event);
    const cause = await readCause(db, event);
    if (!cause || subjectId === "") return;
    await inTransaction(cause, async (tx) => {
      const [panel] = await tx
        .select()
        .from(expertPanels)
        .where(
          and(
            eq(expertPanels.projectId, subjectId),
            eq(expertPanels.state, "open"),
            lte(expertPanels.convenedAt, cause.now),
          ),
        )
        .for("update");
      const [project] = await tx
        .select({ id: projects.id, name: projects.name })
        .from(projects)
        .where(eq(projects.id, subjectId));
      if (!panel || !project) return accept(null);
      const seats = await tx.select().from(expertOpinions).where(eq(expertOpinions.panelId, panel.id));
      await closeCancelled(tx, cause, { panel, project, seats, reason });
      return accept(null);
    });
  };

export const expertListeners: Listeners = Object.fromEntries([
  [PROJECT_EVENT_FACTS.terminate, [cancelWith("项目已终止", ({ subjectId }) => subjectId)]],
  ...ENDINGS.map((ending): [string, Listener[]] => [
    PROJECT_EVENT_FACTS[ending],
    [cancelWith(`项目已办理“${PROJECT_EVENTS[ending]}”`, ({ subjectId }) => subjectId)],
  ]),
  ...ACCEPTANCE_ENDINGS.map((ending): [string, Listener[]] => [
    ACCEPTANCE_EVENT_FACTS[ending],
    [
      cancelWith(`验收申请已办理“${ACCEPTANCE_EVENTS[ending]}”`, ({ payload }) =>
        typeof payload.projectId === "string" ? payload.projectId : "",
      ),
    ],
  ]),
]);
