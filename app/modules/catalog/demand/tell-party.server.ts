import type { Transaction } from "@db/client";
import type { Role } from "~/kernel/actor";
import { usersWithRole } from "~/modules/identity/index.server";
import { notify } from "~/modules/inbox/index.server";
import type { Ctx } from "~/platform/transaction.server";

import type { DemandParty } from "./demand.rules";
import type { Demand } from "./load-demand.server";

/** Who of each side acts on what. */
export type DemandAudience = readonly [party: DemandParty, role: Role];

/** Tells people of the sides of a demand what happened to it or what they are to do. */
export async function tellParties(
  tx: Transaction,
  ctx: Ctx,
  demand: Demand,
  what: string,
  audiences: readonly DemandAudience[],
): Promise<void> {
  const { regionId } = demand;
  const people = await Promise.all(
    audiences.map(async ([party, role]) => {
      const unitId = party === "provider" ? demand.providerUnitId : party === "requester" ? demand.unitId : undefined;
      return unitId === null ? [] : usersWithRole(tx, { role, regionId, ...(unitId && { unitId }) });
    }),
  );
  await notify(tx, ctx, {
    userIds: people.flat().map(({ id }) => id),
    title: `${what}：${demand.wanted}`,
    href: `/catalog/demands/${demand.id}`,
  });
}
