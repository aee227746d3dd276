import type { Transaction } from "@db/client";
import type { Role } from "~/kernel/actor";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import type { Ctx } from "~/platform/transaction.server";

interface About {
  readonly id: string;
  readonly unitId: string;
  readonly regionId: string;
  readonly name: string;
}

/** Roles that a department fills itself; the others are told wherever they sit in the region. */
const OF_THE_UNIT: readonly Role[] = ["filer", "unitLead"];

/** Tells the holders of some roles what became of a project's acceptance, or what is to be done about it. */
export async function tell(
  tx: Transaction,
  ctx: { readonly actor: Pick<Ctx["actor"], "regionId">; readonly now: Date },
  { id, unitId, regionId, name }: About,
  roles: readonly Role[],
  what: string,
  occasion?: string,
): Promise<void> {
  const people = await Promise.all(
    roles.map((role) =>
      usersWithRole(tx, OF_THE_UNIT.includes(role) ? { role, unitId, regionId } : { role, regionId }),
    ),
  );
  await notify(tx, ctx, {
    userIds: people.flat().map((person) => person.id),
    title: `${what}：${name}`,
    href: `/projects/${id}/acceptance`,
    ...(occasion && { occasion }),
  });
}
