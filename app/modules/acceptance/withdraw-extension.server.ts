import type { Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { ExtensionStepRefusal } from "./acceptance.rules";
import type { ExtensionRef } from "./load-acceptance.server";
import { takeExtensionStep } from "./take-extension-step.server";

/**
 * The unit takes its request for a later limit back before it is decided. Refuses with notInThisState.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 */
export const withdrawExtension = (ctx: Ctx, ref: ExtensionRef): Promise<Result<{ id: string }, ExtensionStepRefusal>> =>
  takeExtensionStep(ctx, { ...ref, event: "withdraw" });
