import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { SupervisionRefusal } from "./supervision.rules";
import { type ItemRef, takeStep } from "./take-step.server";
import { tellUrged } from "./tell-urged.server";
import { urgedOn } from "./urged.server";

/**
 * The bureau urges the unit to get on with an item (催办), once a day at most. Refuses with notInThisState, notUrgedToday.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §8
 */
export const urgeItem = (ctx: Ctx, ref: ItemRef): Promise<Result<null, SupervisionRefusal>> =>
  takeStep(ctx, ref, {
    event: "urge",
    guards: async (tx, item) => ((await urgedOn(tx, [item.id], ctx.today)).has(item.id) ? [] : ["notUrgedToday"]),
    afterwards: (tx, item) => tellUrged(tx, ctx, [item]),
  });
