import type { Ctx } from "~/platform/transaction.server";

import type { FilingRef } from "./edit-filing.server";
import { takeUnitStep } from "./take-unit-step.server";

/**
 * An accepted project is handed over to operation. Refuses with notInThisStage.
 * @throws DomainError notFound, forbidden; conflict when the project changed after this page was opened
 */
export const startOperation = (ctx: Ctx, ref: FilingRef) => takeUnitStep(ctx, ref, "startOperation");
