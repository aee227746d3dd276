import { eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Result } from "~/kernel/result";
import { registerItemFor } from "~/modules/supervision/index.server";
import type { Ctx } from "~/platform/transaction.server";
import { can } from "~/policy";

import type { ItemiseRefusal } from "./coordination.refusals";
import { type Matter, type MatterChange, type MatterRef, takeStep } from "./take-step.server";
import { tellBureau, tellMatterUnit } from "./tell.server";

export interface ItemiseInput extends MatterRef {
  readonly answer: string;
  /** who has to do it */
  readonly unitId: string;
  readonly requirement: string;
  /** left out: the default limit of the rule table */
  readonly dueOn?: LocalDate | undefined;
}

/**
 * The leading group answers a matter and makes it a supervised item of a unit, in one transaction: there is no answer
 * without its item and no item without its answer. Unit and bureau are told.
 * Refuses with answerGiven, unitUnknown, dueInPast, notInThisState.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §7, §8
 */
export function itemiseMatter(ctx: Ctx, input: ItemiseInput): Promise<Result<null, ItemiseRefusal>> {
  const words = input.answer.trim();
  return takeStep<"unitUnknown" | "dueInPast">(ctx, input, {
    event: "itemise",
    guards: words ? ["answerGiven"] : [],
    prepare: async (tx, matter) => {
      const itemId = await registerFor(tx, ctx, matter, input);
      if (!itemId.ok) return itemId;
      const answered = { answer: words, answeredBy: ctx.actor.userId, answeredAt: ctx.now };
      return accept<MatterChange>({ ...answered, itemId: itemId.value });
    },
    afterwards: async (tx, matter) => {
      await tellMatterUnit(tx, ctx, matter, "需协调事项已答复并转督办");
      await tellBureau(tx, ctx, matter, "需协调事项已答复并转督办");
    },
  });
}

async function registerFor(
  tx: Transaction,
  ctx: Ctx,
  matter: Matter,
  { unitId, requirement, dueOn }: ItemiseInput,
): Promise<Result<string, "unitUnknown" | "dueInPast">> {
  const [unit] = await tx
    .select({ unitId: units.id, regionId: units.regionId, closedOn: units.closedOn })
    .from(units)
    .where(eq(units.id, unitId));
  // a unit elsewhere is not seen, so it is not named as existing either
  if (!unit || unit.closedOn !== null || !can(ctx.actor, "coordination:answer", unit)) {
    return refuse({ code: "unitUnknown", field: "unitId" });
  }
  if (dueOn !== undefined && dueOn < ctx.today) return refuse({ code: "dueInPast", field: "dueOn" });
  const { id } = await registerItemFor(
    tx,
    ctx,
    {
      unitId,
      regionId: unit.regionId,
      origin: "coordination",
      originId: matter.id,
      title: `${matter.projectName}需协调事项`,
      requirement,
      dueOn,
    },
    "coordination:answer",
  );
  return accept(id);
}
