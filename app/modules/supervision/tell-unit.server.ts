import { and, eq, inArray, isNull, or } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { userRoles, users } from "@db/schema";
import type { LocalDate } from "~/kernel/local-date";
import { notify } from "~/modules/inbox/index.server";
import type { Ctx } from "~/platform/transaction.server";

interface ToldItem {
  readonly id: string;
  readonly unitId: string;
  readonly regionId: string;
  readonly number: string;
  readonly title: string;
  readonly dueOn: LocalDate;
}

/** Tells the fillers and leaders of the unit what is to be done with its item. */
export async function tellUnit(tx: Transaction, ctx: Ctx, item: ToldItem, what: string): Promise<void> {
  const people = await peopleToTell(tx, item.regionId, [item.unitId]);
  await notify(tx, ctx, {
    userIds: people.unit(item.unitId),
    title: `${what}：${item.title}（${item.number}，${item.dueOn} 前办结）`,
    href: `/supervision/${item.id}`,
  });
}

/** Who hears of a supervised item. */
export interface PeopleToTell {
  /** filers and leaders of a unit */
  readonly unit: (unitId: string) => string[];
  /** leaders of a unit alone */
  readonly leads: (unitId: string) => string[];
  /** those of the bureau who verify */
  readonly bureau: readonly string[];
  /** the leading group of the region */
  readonly leaders: readonly string[];
}

/** The people of several units and of the region who hear of supervised items: one query, however many units. */
export async function peopleToTell(
  tx: Transaction,
  regionId: string,
  unitIds: readonly string[],
): Promise<PeopleToTell> {
  const rows = await tx
    .select({ id: users.id, unitId: users.unitId, role: userRoles.role })
    .from(users)
    .innerJoin(userRoles, eq(userRoles.userId, users.id))
    .where(
      and(
        eq(users.regionId, regionId),
        isNull(users.disabledAt),
        or(
          and(inArray(userRoles.role, ["filer", "unitLead"]), inArray(users.unitId, [...unitIds])),
          inArray(userRoles.role, ["bureauReviewer", "leader"]),
        ),
      ),
    );
  const idsOf = (where: (row: (typeof rows)[number]) => boolean) => rows.filter(where).map(({ id }) => id);
  const ofUnit = (unitId: string) => rows.filter((row) => row.unitId === unitId);
  const byUnit = new Map(
    unitIds.map((unitId) => [unitId, ofUnit(unitId).filter(({ role }) => role === "filer" || role === "unitLead")]),
  );
  return {
    unit: (unitId) => (byUnit.get(unitId) ?? []).map(({ id }) => id),
    leads: (unitId) => (byUnit.get(unitId) ?? []).flatMap(({ id, role }) => (role === "unitLead" ? [id] : [])),
    bureau: idsOf(({ role }) => role === "bureauReviewer"),
    leaders: idsOf(({ role }) => role === "leader"),
  };
}
