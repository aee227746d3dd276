import { resourceConnections } from "@db/schema";
import { accept, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import type { Ctx } from "~/platform/transaction.server";

import type { ResourceRef } from "../load-resource.server";
import { decideConnect, type ConnectionRefusalCode } from "./connection.rules";
import { endConnection, takeConnectionStep } from "./take-connection-step.server";

/**
 * The filer attaches the unit's resource to the exchange, or replaces its connection, which needs a reason. Whatever was
 * there stays in the history; the new one waits for its test share. Refuses with the codes of decideConnect.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export function connectResource(
  ctx: Ctx,
  ref: ResourceRef,
  input: { readonly address: string; readonly reason: string },
): Promise<Result<null, ConnectionRefusalCode>> {
  const { address } = input;
  const reason = input.reason.trim();
  return takeConnectionStep(ctx, ref, {
    action: "catalog:connect",
    event: "resourceConnected",
    perform: async (tx, resource, current) => {
      const decided = decideConnect(resource, current, { address, reason });
      if (!decided.ok) return decided;
      if (current) await endConnection(tx, ctx, current);
      const [after] = await tx
        .insert(resourceConnections)
        .values({
          id: newId(),
          regionId: resource.regionId,
          resourceId: resource.id,
          method: decided.value,
          address,
          connectedBy: ctx.actor.userId,
          connectedOn: ctx.today,
        })
        .returning();
      const mirror = { interfaceAttachedOn: ctx.today, testSharedOn: null };
      return accept({ after: after ?? null, mirror, ...(current && reason && { reason }) });
    },
    tidings: ({ name }) => ({ roles: ["bureauReviewer"], title: `数据资源已挂接，待测试：${name}` }),
  });
}
