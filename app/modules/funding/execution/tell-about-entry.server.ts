import type { Transaction } from "@db/client";
import { formatWan, type Fen } from "~/kernel/fen";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import type { Project } from "~/modules/projects/index.server";
import type { Ctx } from "~/platform/transaction.server";

import { ENTRY_KINDS, type EntryKind } from "./entry.lifecycle";

interface About {
  readonly kind: EntryKind;
  readonly id: string;
  readonly amountFen: Fen;
}

const hrefOf = ({ kind, id }: About): string => `/funding/entries/${kind}/${id}`;
const named = ({ kind, amountFen }: About): string => `${ENTRY_KINDS[kind]} ${formatWan(amountFen)} 万元`;

/** Asks those who confirm: finance, and for money that arrived the unit's filers. */
export async function askToConfirm(tx: Transaction, ctx: Ctx, project: Project, about: About): Promise<void> {
  const { regionId, unitId, name } = project;
  const people =
    about.kind === "arrival"
      ? await usersWithRole(tx, { role: "filer", unitId, regionId })
      : await usersWithRole(tx, { role: "financeReviewer", regionId });
  await notify(tx, ctx, {
    userIds: people.map(({ id }) => id).filter((id) => id !== ctx.actor.userId),
    title: `请确认${named(about)}：${name}`,
    href: hrefOf(about),
  });
}

/** Tells who entered it what became of it. */
export async function tellEnterer(
  tx: Transaction,
  ctx: Ctx,
  { name }: Project,
  about: About & { readonly enteredBy: string },
  outcome: string,
): Promise<void> {
  await notify(tx, ctx, {
    userIds: [about.enteredBy],
    title: `${named(about)}${outcome}：${name}`,
    href: hrefOf(about),
  });
}
