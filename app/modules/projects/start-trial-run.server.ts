import type { Ctx } from "~/platform/transaction.server";

import type { FilingRef } from "./edit-filing.server";
import { takeUnitStep } from "./take-unit-step.server";

/**
 * A project that passed its initial acceptance is tried out from today; the day counts for the final one.
 * Refuses with notInThisStage.
 * @throws DomainError notFound, forbidden; conflict when the project changed after this page was opened
 */
export const startTrialRun = (ctx: Ctx, ref: FilingRef) =>
  takeUnitStep(ctx, ref, "startTrialRun", () => Promise.resolve({ payload: { on: ctx.today } }));
