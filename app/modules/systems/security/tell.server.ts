import type { Transaction } from "@db/client";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import type { Ctx } from "~/platform/transaction.server";

import { KIND_NAMES } from "./security-test.words";
import type { LoadedTest } from "./take-test-step.server";

type About = Pick<LoadedTest, "system"> & {
  readonly test: Pick<LoadedTest["test"], "id" | "kind" | "regionId" | "enteredBy">;
};

/** Asks the bureau to confirm what a unit has entered. */
export async function askToConfirm(tx: Transaction, ctx: Ctx, { test, system }: About): Promise<void> {
  const people = await usersWithRole(tx, { role: "bureauReviewer", regionId: test.regionId });
  await notify(tx, ctx, {
    userIds: people.map(({ id }) => id).filter((id) => id !== ctx.actor.userId),
    title: `请确认${KIND_NAMES[test.kind]}：${system.name}`,
    href: `/security/tests/${test.id}`,
  });
}

/** Tells who entered a test what became of it. */
export async function tellEnterer(tx: Transaction, ctx: Ctx, { test, system }: About, outcome: string): Promise<void> {
  if (test.enteredBy === null) return;
  await notify(tx, ctx, {
    userIds: [test.enteredBy],
    title: `${KIND_NAMES[test.kind]}${outcome}：${system.name}`,
    href: `/security/tests/${test.id}`,
  });
}
