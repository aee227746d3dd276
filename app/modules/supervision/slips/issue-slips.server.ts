import { and, asc, eq, inArray, isNull } from "drizzle-orm";

import type { Database, DatabaseOrTransaction, Transaction } from "@db/client";
import { supervisionItems, supervisionSlips, units } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { accept } from "~/kernel/result";
import type { IssuedColour } from "~/kernel/vocabulary";
import { isWorkday, type WorkCalendar } from "~/kernel/work-calendar";
import { announceAll } from "~/modules/inbox/index.server";
import { loadCalendars } from "~/platform/calendar.server";
import { loadFigures } from "~/platform/figures.server";
import { newId } from "~/platform/ids.server";
import { systemActor } from "~/platform/system-actor";
import { inTransaction, recordAll, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { nextSupervisionNumbers } from "../next-number.server";
import { peopleToTell } from "../tell-unit.server";
import { saySlip, type SlipContent } from "./slip.words";
import { slipDays, slipLimitsOf, slipsDue, WITH_UNIT, type ClockedItem, type SlipLimits } from "./slips.rules";

/** When a job runs, by the business clock. */
export interface Clock {
  readonly now: Date;
  readonly today: LocalDate;
}

type Item = ClockedItem & Omit<typeof supervisionItems.$inferSelect, "state"> & { readonly unitName: string };

interface Scale {
  readonly calendar: WorkCalendar;
  readonly limits: SlipLimits;
}

/** Items whose slips are written in one transaction. */
const AT_ONCE = 200;

/**
 * Issues the slips (督办单) that are due today: every colour that an item has reached and has no slip of. Quiet on days
 * off; what an earlier day missed is made up for. Run twice, at once or after having been killed midway, it issues each
 * slip once, and numbers follow without gaps: the items of a chunk are locked, looked at again and written with their
 * numbers, events and messages in one transaction.
 * @returns how many slips it issued
 * @source domain.md §8
 */
export async function issueSlips(
  db: Database,
  clock: Clock,
  only: { readonly regionId?: string; readonly atOnce?: number } = {},
): Promise<number> {
  const [calendarOf, figures] = await Promise.all([loadCalendars(db), loadFigures(db, clock.today)]);
  const limits = slipLimitsOf(figures);
  const regions = await db
    .selectDistinct({ id: supervisionItems.regionId })
    .from(supervisionItems)
    .where(
      and(isNull(supervisionItems.closedAt), only.regionId ? eq(supervisionItems.regionId, only.regionId) : undefined),
    );
  let issued = 0;
  for (const { id: regionId } of regions) {
    const scale = { calendar: calendarOf(regionId), limits };
    if (!isWorkday(scale.calendar, clock.today)) continue;
    const open = await openItems(db, and(eq(supervisionItems.regionId, regionId)));
    const due = await dueOf(db, open, scale, clock.today);
    const itemIds = [...new Set(due.map(({ item }) => item.id))];
    const size = only.atOnce ?? AT_ONCE;
    for (let at = 0; at < itemIds.length; at += size) {
      issued += await issueChunk(db, clock, regionId, itemIds.slice(at, at + size), scale);
    }
  }
  return issued;
}

/** Items that are with their units, the earliest limit first. */
const openItems = async (db: DatabaseOrTransaction, where: ReturnType<typeof and>): Promise<Item[]> => {
  const rows = await db
    .select({ item: supervisionItems, unitName: units.name })
    .from(supervisionItems)
    .innerJoin(units, eq(units.id, supervisionItems.unitId))
    .where(and(where, isNull(supervisionItems.closedAt), inArray(supervisionItems.state, [...WITH_UNIT])))
    .orderBy(asc(supervisionItems.dueOn), asc(supervisionItems.id));
  return rows.map(({ item, unitName }) => ({ ...item, round: item.reopenedCount, unitName }));
};

async function dueOf(db: DatabaseOrTransaction, items: readonly Item[], { calendar, limits }: Scale, today: LocalDate) {
  if (items.length === 0) return [];
  const known = await db
    .select({ itemId: supervisionSlips.itemId, round: supervisionSlips.round, colour: supervisionSlips.colour })
    .from(supervisionSlips)
    .where(
      inArray(
        supervisionSlips.itemId,
        items.map(({ id }) => id),
      ),
    );
  return slipsDue(items, known, calendar, today, limits);
}

async function issueChunk(
  db: Database,
  { now, today }: Clock,
  regionId: string,
  itemIds: readonly string[],
  scale: Scale,
): Promise<number> {
  const actor = systemActor("bureauReviewer", regionId);
  const ctx: Ctx = { db, actor, now, today, requestId: newId(), address: "" };
  const written = await inTransaction<number, never>(ctx, async (tx) => {
    authorize(actor, "supervision:urge", { unitId: actor.unitId, regionId });
    // Whoever else is at these items waits here, and then finds their slips issued or the items replied to.
    const locked = await tx
      .select({ id: supervisionItems.id })
      .from(supervisionItems)
      .where(inArray(supervisionItems.id, [...itemIds]))
      .orderBy(asc(supervisionItems.id))
      .for("update");
    const ids = locked.map(({ id }) => id);
    const items = await openItems(tx, inArray(supervisionItems.id, ids));
    const due = await dueOf(tx, items, scale, today);
    if (due.length === 0) return accept(0);
    const numbers = await nextSupervisionNumbers(tx, regionId, "slip", today, due.length);
    const slips = due.map(({ item, colour }, index) =>
      slipContent({ id: newId(), number: numbers[index] ?? "" }, item, colour, scale, today),
    );
    await tx.insert(supervisionSlips).values(slips.map((slip) => slipRow(slip, regionId)));
    await recordAll(
      tx,
      ctx,
      slips.map(({ itemId, ...content }) => ({
        action: "supervision:urge",
        event: "supervisionSlipIssued",
        object: { type: "supervisionItem", id: itemId, regionId },
        payload: { ...content },
      })),
    );
    await tell(tx, ctx, slips);
    return accept(slips.length);
  });
  return written.ok ? written.value : 0;
}

type NewSlip = SlipContent & { readonly itemId: string };

/** What a slip of an item says when it is issued on a day. The demonstration writes its slips with it too. */
export function slipContent(
  slip: { readonly id: string; readonly number: string },
  item: Pick<Item, "id" | "round" | "number" | "title" | "requirement" | "unitId" | "unitName" | "dueOn">,
  colour: IssuedColour,
  { calendar, limits }: Scale,
  issuedOn: LocalDate,
): NewSlip {
  const { id: itemId, round, number, title, requirement, unitId, unitName, dueOn } = item;
  return {
    slipId: slip.id,
    slipNumber: slip.number,
    ...{ colour, issuedOn, dueOn, round, number, title, requirement, unitId, unitName, itemId },
    ...slipDays(calendar, colour, dueOn, issuedOn, limits),
  };
}

/** The row of a slip. */
export const slipRow = (
  { slipId, slipNumber, itemId, unitId, round, colour, issuedOn, dueOn }: NewSlip,
  regionId: string,
): typeof supervisionSlips.$inferInsert => ({
  ...{ id: slipId, number: slipNumber, regionId },
  ...{ itemId, unitId, round, colour, issuedOn, dueOn },
});

/**
 * The unit is told once for each item, of its highest slip: a run that makes up for several colours sends no three
 * messages. Of a red slip the leading group hears too.
 */
async function tell(tx: Transaction, ctx: Ctx, slips: readonly NewSlip[]): Promise<void> {
  const { regionId } = ctx.actor;
  const highest = new Map(slips.map((slip) => [slip.itemId, slip]));
  const peopleOf = await peopleToTell(
    tx,
    regionId,
    [...highest.values()].map(({ unitId }) => unitId),
  );
  await announceAll(
    tx,
    ctx,
    [...highest.values()].map((slip) => ({
      userIds: [...peopleOf.unit(slip.unitId), ...(slip.colour === "red" ? peopleOf.leaders : [])],
      title: saySlip(slip),
      href: `/supervision/${slip.itemId}`,
      occasion: `supervision-slip ${slip.itemId} ${slip.round} ${slip.colour}`,
      unitId: slip.unitId,
      channels:
        slip.colour === "red" ? (["mail", "unitRobots", "regionRobots"] as const) : (["mail", "unitRobots"] as const),
    })),
  );
}
