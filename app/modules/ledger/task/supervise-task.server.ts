import { and, eq, ne } from "drizzle-orm";

import { supervisionItems } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { registerItemFor } from "~/modules/supervision/index.server";
import type { Ctx } from "~/platform/transaction.server";

import { taskPayload, type TaskRef } from "./load-task.server";
import { takeTaskStep } from "./take-task-step.server";
import type { TaskStepRefusal } from "./task.lifecycle";
import type { SuperviseInput } from "./task.schema";

/** @unit characters */
const LONGEST_TITLE = 100;

/**
 * The bureau makes an overdue task a supervised item of one of its units; once, as long as the item is open.
 * Refuses with notInThisState, planInForce, overdue, notSupervised, unitNotNamed, dueInPast.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §8
 */
export const superviseTask = (
  ctx: Ctx,
  { unitId, requirement, dueOn, ...ref }: TaskRef & SuperviseInput,
): Promise<Result<null, "unitNotNamed" | "dueInPast" | TaskStepRefusal>> =>
  takeTaskStep<"unitNotNamed" | "dueInPast">(ctx, ref, {
    event: "supervise",
    words: requirement,
    guards: async (tx, { task }) => {
      const open = and(
        eq(supervisionItems.origin, "ledger"),
        eq(supervisionItems.originId, task.id),
        ne(supervisionItems.state, "closed"),
      );
      return (await tx.$count(supervisionItems, open)) === 0 ? ["notSupervised"] : [];
    },
    prepare: async (tx, loaded) => {
      if (!loaded.named.some((each) => each.unitId === unitId))
        return refuse({ code: "unitNotNamed", field: "unitId" });
      if (dueOn !== undefined && dueOn < ctx.today) return refuse({ code: "dueInPast", field: "dueOn" });
      const { id: originId, regionId } = loaded.task;
      const title = taskPayload(loaded).title.slice(0, LONGEST_TITLE);
      const item = {
        unitId,
        regionId,
        origin: "ledger" as const,
        originId,
        title,
        requirement: requirement.trim(),
        dueOn,
      };
      const { id: itemId, number } = await registerItemFor(tx, ctx, item, "supervision:register");
      return accept({ payload: { itemId, itemNumber: number, unitId } });
    },
  });
