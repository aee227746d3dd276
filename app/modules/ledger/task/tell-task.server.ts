import type { Transaction } from "@db/client";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import type { Ctx } from "~/platform/transaction.server";

import { peopleOfUnits } from "../match/people-of-units.queries.server";
import { type LoadedTask, taskPayload } from "./load-task.server";
import { leadsTask } from "./task.rules";

const about = (loaded: LoadedTask) => ({
  title: `${taskPayload(loaded).title}（第 ${loaded.task.number} 项）`,
  href: `/tasks/${loaded.task.id}`,
});

/** Asks the bureau to look at a task. */
export async function tellBureau(tx: Transaction, ctx: Ctx, loaded: LoadedTask, what: string): Promise<void> {
  const people = await usersWithRole(tx, { role: "bureauReviewer", regionId: loaded.task.regionId });
  const { title, href } = about(loaded);
  const others = people.map(({ id }) => id).filter((id) => id !== ctx.actor.userId);
  await notify(tx, ctx, { userIds: others, title: `${what}：${title}`, href });
}

/** Tells the units that lead a task what became of it. */
export async function tellLeads(tx: Transaction, ctx: Ctx, loaded: LoadedTask, what: string): Promise<void> {
  const leads = loaded.named.filter(({ unitId }) => leadsTask(loaded.named, unitId)).map(({ unitId }) => unitId);
  const { title, href } = about(loaded);
  await notify(tx, ctx, { userIds: await peopleOfUnits(tx, leads), title: `${what}：${title}`, href });
}
