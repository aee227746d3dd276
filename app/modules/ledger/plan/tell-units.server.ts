import { eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { ledgerTasks } from "@db/schema";
import { notify } from "~/modules/inbox/index.server";
import type { Ctx } from "~/platform/transaction.server";

import { namedUnits } from "../match/named-units.queries.server";
import { peopleOfUnits } from "../match/people-of-units.queries.server";
import type { Plan } from "./load-plan.server";

/** Tells the people of every unit that a plan names what became of the plan: one message each. */
export async function tellUnitsOfPlan(tx: Transaction, ctx: Ctx, plan: Plan, what: string): Promise<void> {
  const tasks = await tx.select({ id: ledgerTasks.id }).from(ledgerTasks).where(eq(ledgerTasks.planId, plan.id));
  const named = await namedUnits(
    tx,
    tasks.map(({ id }) => id),
  );
  const unitIds = [...new Set(named.map(({ unitId }) => unitId))];
  await notify(tx, ctx, {
    userIds: await peopleOfUnits(tx, unitIds),
    title: `任务台账${what}：${plan.title}`,
    href: `/tasks?plan=${plan.id}`,
  });
}
