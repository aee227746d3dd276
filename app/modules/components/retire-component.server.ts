import type { LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { changeComponent, type ComponentRef } from "./change-component.server";
import type { ComponentRefusal } from "./component.refusals";
import { retirementProblems } from "./component.rules";

/**
 * The bureau retires a component from a day on: filings are no longer asked for it, what was decided before stays.
 * Refuses with alreadyRetired, retiredBeforeToday, retiredBeforeAvailable.
 * @throws DomainError notFound, forbidden; conflict when another edit came first
 */
export const retireComponent = (
  ctx: Ctx,
  { retiredOn, reason, ...ref }: ComponentRef & { readonly retiredOn: LocalDate; readonly reason: string },
): Promise<Result<{ code: string }, ComponentRefusal>> =>
  changeComponent(ctx, {
    ...ref,
    event: "componentRetired",
    reason,
    prepare: (_tx, component) => {
      const problems = retirementProblems(component, retiredOn, ctx.today);
      return Promise.resolve(problems.length > 0 ? refuse(...problems) : accept({ retiredOn }));
    },
  });
