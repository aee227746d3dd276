import type { Transaction } from "@db/client";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import type { Ctx } from "~/platform/transaction.server";

import type { Project } from "./load-project.server";

/** Tells the liaisons and the leader of a project's unit what became of it. */
export async function notifyApplicant(
  tx: Transaction,
  ctx: Ctx,
  { id, unitId, regionId, name }: Pick<Project, "id" | "unitId" | "regionId" | "name">,
  what: string,
  /** names what a clock reminds of, so that nobody is told of it twice */
  occasion?: string,
): Promise<void> {
  const [filers, leads] = await Promise.all([
    usersWithRole(tx, { role: "filer", unitId, regionId }),
    usersWithRole(tx, { role: "unitLead", unitId, regionId }),
  ]);
  await notify(tx, ctx, {
    userIds: [...filers, ...leads].map((user) => user.id),
    title: `${what}：${name}`,
    href: `/projects/${id}`,
    ...(occasion && { occasion }),
  });
}
