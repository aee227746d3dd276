import { eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { supervisionItems, units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Result } from "~/kernel/result";
import type { SupervisionOrigin } from "~/kernel/vocabulary";
import { addWorkdays } from "~/kernel/work-calendar";
import { loadCalendar } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, can, type Action } from "~/policy";

import { nextSupervisionNumber } from "./next-number.server";
import { tellUnit } from "./tell-unit.server";

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
    return accept(await registerItemFor(tx, ctx, { ...input, regionId: unit.regionId }, "supervision:register"));
  });
}

export interface NewItem {
  readonly unitId: string;
  readonly regionId: string;
  readonly origin: SupervisionOrigin;
  /** what it came from: the bulletin, the instruction, the task */
  readonly originId?: string | undefined;
  readonly title: string;
  readonly requirement: string;
  /** left out: the default limit of the rule table */
  readonly dueOn?: LocalDate | undefined;
}

/**
 * Registers a supervised item and assigns it to its unit, inside the caller's transaction: numbers it under the lock of
 * the year's sequence, tells the unit, records. The caller has authorized `permittedBy`, under which it is audited; an
 * instruction that becomes an item is the leader's act, not a registration.
 * @source domain.md §8
 */
export async function registerItemFor(
  tx: Transaction,
  ctx: Ctx,
  item: NewItem,
  permittedBy: Action,
): Promise<{ id: string; number: string; dueOn: LocalDate }> {
  const { regionId, unitId, title } = item;
  const row = {
    id: newId(),
    number: await nextSupervisionNumber(tx, regionId, "item", ctx.today),
    ...{ regionId, unitId, title },
    origin: item.origin,
    originId: item.originId ?? null,
    requirement: item.requirement,
    state: "assigned" as const,
    registeredOn: ctx.today,
    dueOn: item.dueOn ?? (await defaultDueOn(tx, regionId, ctx.today)),
  };
  await tx.insert(supervisionItems).values(row);
  await record(tx, ctx, {
    action: permittedBy,
    event: "supervisionRegistered",
    object: { type: "supervisionItem", id: row.id, regionId },
    after: row,
    payload: { number: row.number, title, unitId, dueOn: row.dueOn },
  });
  await tellUnit(tx, ctx, row, "督办交办");
  return { id: row.id, number: row.number, dueOn: row.dueOn };
}

async function defaultDueOn(tx: Transaction, regionId: string, today: LocalDate): Promise<LocalDate> {
  const [figures, calendar] = await Promise.all([loadFigures(tx, today), loadCalendar(tx, regionId)]);
  return addWorkdays(calendar, today, figures.number("supervision.defaultWorkdays"));
}
