import type { Ctx } from "~/platform/transaction.server";

import type { FilingRef } from "./edit-filing.server";
import { takeUnitStep } from "./take-unit-step.server";

/**
 * Building begins today; monthly reports fall due from now on, which progress learns from projectImplementationStarted.
 * Refuses with notInThisStage.
 * @throws DomainError notFound, forbidden; conflict when the project changed after this page was opened
 */
export const startImplementation = (ctx: Ctx, ref: FilingRef) =>
  takeUnitStep(ctx, ref, "startImplementation", () =>
    Promise.resolve({ set: { startedOn: ctx.today }, payload: { startedOn: ctx.today } }),
  );
