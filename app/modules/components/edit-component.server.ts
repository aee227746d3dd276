import { accept, refuse, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { changeComponent, type ComponentRef } from "./change-component.server";
import type { ComponentRefusal } from "./component.refusals";
import type { ComponentInput } from "./component.schema";
import { inputProblems } from "./load-component.server";

/**
 * The bureau corrects what the register says of a component.
 * Refuses with nameTaken, providerUnknown.
 * @throws DomainError notFound, forbidden; conflict when another edit came first
 */
export const editComponent = (
  ctx: Ctx,
  ref: ComponentRef,
  input: ComponentInput,
): Promise<Result<{ code: string }, ComponentRefusal>> =>
  changeComponent(ctx, {
    ...ref,
    event: "componentEdited",
    prepare: async (tx, component) => {
      const problems = await inputProblems(tx, ctx, input, component.code);
      if (problems.length > 0) return refuse(...problems);
      const { name, purpose, access, providerUnitId = null, availableFrom = null } = input;
      return accept({ name, purpose, access, providerUnitId, availableFrom });
    },
  });
