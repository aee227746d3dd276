import { ledgerMomentsMet } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { type Evidence, keepEvidence } from "./accept-evidence.server";
import type { TaskRef } from "./load-task.server";
import { takeTaskStep } from "./take-task-step.server";
import type { TaskStepRefusal } from "./task.lifecycle";
import type { MomentInput } from "./task.schema";

type MomentRefusal = "momentUnknown" | "momentMetAlready" | "metInFuture";

/**
 * The unit that leads a task proves that one of its dated parts is done; from its day on the part is no longer overdue.
 * Refuses with notInThisState, planInForce, leadUnit, momentUnknown, momentMetAlready, metInFuture.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §7
 */
export const meetMoment = (
  ctx: Ctx,
  { id, version, position, metOn, evidence }: TaskRef & MomentInput,
  files: readonly Evidence[] = [],
): Promise<Result<null, MomentRefusal | TaskStepRefusal>> =>
  takeTaskStep<MomentRefusal>(
    ctx,
    { id, version },
    {
      event: "meetMoment",
      words: evidence,
      prepare: async (tx, { task, met }) => {
        const moment = task.deadlines[position];
        if (!moment) return refuse({ code: "momentUnknown", field: "position" });
        if (met.some((each) => each.position === position))
          return refuse({ code: "momentMetAlready", field: "position" });
        if (metOn > ctx.today) return refuse({ code: "metInFuture", field: "metOn" });
        const { regionId } = task;
        const reportedBy = ctx.actor.userId;
        await tx.insert(ledgerMomentsMet).values({ taskId: id, regionId, position, metOn, evidence, reportedBy });
        const names = await keepEvidence(tx, ctx, { taskId: id, updateId: null, regionId }, files);
        return accept({ payload: { position, due: moment.on, what: moment.what, metOn, files: names } });
      },
    },
  );
