import { eq } from "drizzle-orm";

import { units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Result } from "~/kernel/result";
import type { SupervisionOrigin } from "~/kernel/vocabulary";
import { inTransaction, type Ctx } from "~/platform/transaction.server";
import { authorize, can } from "~/policy";

import { registerItemFor } from "./register-item-for.server";

export interface RegisterInput {
  readonly unitId: string;
  readonly origin: SupervisionOrigin;
  readonly title: string;
  readonly requirement: string;
  readonly dueOn?: LocalDate | undefined;
}

export type RegisterRefusal = "unitUnknown" | "dueInPast";

/**
 * The bureau registers a supervised item by hand and assigns it to a unit.
 * Refuses with unitUnknown, dueInPast.
 * @throws DomainError forbidden
 * @source domain.md §8
 */
export async function registerItem(
  ctx: Ctx,
  input: RegisterInput,
): Promise<Result<{ id: string; number: string }, RegisterRefusal>> {
  return inTransaction<{ id: string; number: string }, RegisterRefusal>(ctx, async (tx) => {
    authorize(ctx.actor, "supervision:register", ctx.actor);
    const [unit] = await tx
      .select({ unitId: units.id, regionId: units.regionId, closedOn: units.closedOn })
      .from(units)
      .where(eq(units.id, input.unitId));
    // a unit elsewhere is not seen, so it is not named as existing either
    if (!unit || unit.closedOn !== null || !can(ctx.actor, "supervision:register", unit)) {
      return refuse({ code: "unitUnknown", field: "unitId" });
    }
    if (input.dueOn !== undefined && input.dueOn < ctx.today) return refuse({ code: "dueInPast", field: "dueOn" });
    // registerItemFor writes audit, event and outbox: record(…)
    return accept(await registerItemFor(tx, ctx, { ...input, regionId: unit.regionId }, "supervision:register"));
  });
}
