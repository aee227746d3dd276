import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { SupervisionRefusal } from "./supervision.rules";
import { type ItemRef, takeStep } from "./take-step.server";
import { tellUnit } from "./tell-unit.server";

/**
 * A registered item goes to its unit. Refuses with notInThisState.
 * @throws DomainError notFound, forbidden, conflict
 */
export const assignItem = (ctx: Ctx, ref: ItemRef): Promise<Result<null, SupervisionRefusal>> =>
  takeStep(ctx, ref, { event: "assign", afterwards: (tx, item) => tellUnit(tx, ctx, item, "督办交办") });
