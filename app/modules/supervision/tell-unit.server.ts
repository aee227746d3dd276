import type { Transaction } from "@db/client";
import type { LocalDate } from "~/kernel/local-date";
import { usersWithRole } from "~/modules/identity/index.server";
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
  const { unitId, regionId } = item;
  const people = await Promise.all(
    (["filer", "unitLead"] as const).map((role) => usersWithRole(tx, { role, unitId, regionId })),
  );
  await notify(tx, ctx, {
    userIds: people.flat().map(({ id }) => id),
    title: `${what}：${item.title}（${item.number}，${item.dueOn} 前办结）`,
    href: `/supervision/${item.id}`,
  });
}
