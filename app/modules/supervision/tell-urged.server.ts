import type { Transaction } from "@db/client";
import type { supervisionItems } from "@db/schema";
import { announceAll } from "~/modules/inbox/index.server";
import type { Ctx } from "~/platform/transaction.server";

import { peopleToTell } from "./tell-unit.server";

type Urged = Pick<typeof supervisionItems.$inferSelect, "id" | "unitId" | "regionId" | "number" | "title" | "dueOn">;

/** Tells filers and leaders of the units that they were urged: inbox, mail and the units' groups. Items of one region. */
export async function tellUrged(tx: Transaction, ctx: Ctx, items: readonly Urged[]): Promise<void> {
  const [first] = items;
  if (!first) return;
  const people = await peopleToTell(tx, first.regionId, [...new Set(items.map(({ unitId }) => unitId))]);
  await announceAll(
    tx,
    ctx,
    items.map(({ id, unitId, number, title, dueOn }) => ({
      userIds: people.unit(unitId),
      title: `催办：请抓紧办理${title}（${number}，期限 ${dueOn}${ctx.today > dueOn ? "，已超期" : ""}）`,
      href: `/supervision/${id}`,
      occasion: `supervision-urge ${id} ${ctx.today}`,
      unitId,
      channels: ["mail", "unitRobots"],
    })),
  );
}
