import { and, eq, inArray } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { acceptanceExtensions, acceptances, projects } from "@db/schema";
import { accept } from "~/kernel/result";
import { PROJECT_EVENT_FACTS } from "~/modules/projects";
import type { Listener, Listeners } from "~/platform/outbox.server";
import { readCause } from "~/platform/read-cause.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";

import { ACCEPTANCE_EVENT_FACTS } from "./acceptance.lifecycle";
import { EXTENSION_EVENT_FACTS } from "./extension.lifecycle";
import { undecidedAcceptance } from "./load-acceptance.server";
import { payloadOf } from "./take-step.server";
import { tell } from "./tell.server";

const REASON = "项目已终止";

interface Ended {
  readonly id: string;
  readonly unitId: string;
  readonly regionId: string;
  readonly name: string;
}

/**
 * Withdraws what a terminated project has open, in the name of who terminated it: its application for acceptance and its
 * request for a later limit. Called twice it finds nothing any more.
 * @source domain.md §2
 */
const endWithProject: Listener = async (event, db) => {
  const cause = await readCause(db, event);
  if (!cause) return;
  await inTransaction(cause, async (tx) => {
    const [project] = await tx.select().from(projects).where(eq(projects.id, event.subjectId)).for("update");
    if (!project) return accept(null);
    const ended = [await endApplication(tx, cause, project), await endExtension(tx, cause, project)];
    if (ended.some(Boolean))
      await tell(tx, cause, project, ["filer", "unitLead"], "项目已终止，未办结的验收和延期申请已撤回");
    return accept(null);
  });
};

async function endApplication(tx: Transaction, cause: Ctx, project: Ended): Promise<boolean> {
  const before = await undecidedAcceptance(tx, project.id);
  if (!before) return false;
  const [after] = await tx
    .update(acceptances)
    .set({ state: "withdrawn", dueOn: null, version: before.version + 1 })
    .where(eq(acceptances.id, before.id))
    .returning();
  await record(tx, cause, {
    action: "acceptance:apply",
    event: ACCEPTANCE_EVENT_FACTS.withdraw,
    object: { type: "acceptance", id: before.id, regionId: before.regionId },
    before,
    after,
    reason: REASON,
    payload: payloadOf(before, project),
  });
  return true;
}

async function endExtension(tx: Transaction, cause: Ctx, project: Ended): Promise<boolean> {
  const [before] = await tx
    .select()
    .from(acceptanceExtensions)
    .where(
      and(eq(acceptanceExtensions.projectId, project.id), inArray(acceptanceExtensions.state, ["signing", "open"])),
    );
  if (!before) return false;
  const [after] = await tx
    .update(acceptanceExtensions)
    .set({ state: "withdrawn", opinion: REASON, version: before.version + 1 })
    .where(eq(acceptanceExtensions.id, before.id))
    .returning();
  const { id, regionId, number, untilOn } = before;
  await record(tx, cause, {
    action: "acceptance:apply",
    event: EXTENSION_EVENT_FACTS.withdraw,
    object: { type: "acceptanceExtension", id, regionId },
    before,
    after,
    reason: REASON,
    payload: { projectId: project.id, projectName: project.name, number, untilOn },
  });
  return true;
}

export const acceptanceListeners: Listeners = { [PROJECT_EVENT_FACTS.terminate]: [endWithProject] };
