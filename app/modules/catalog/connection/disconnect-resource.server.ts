import { accept, refuse, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import type { ResourceRef } from "../load-resource.server";
import type { ConnectionRefusalCode } from "./connection.rules";
import { endConnection, takeConnectionStep } from "./take-connection-step.server";

/**
 * The filer takes the unit's resource off the exchange, with a reason; the connection stays in the history. Refuses with
 * notConnected, reasonGiven.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export function disconnectResource(
  ctx: Ctx,
  ref: ResourceRef,
  { reason }: { readonly reason: string },
): Promise<Result<null, ConnectionRefusalCode>> {
  const said = reason.trim();
  return takeConnectionStep(ctx, ref, {
    action: "catalog:connect",
    event: "resourceDisconnected",
    perform: async (tx, _resource, current) => {
      if (!current) return refuse({ code: "notConnected" });
      if (!said) return refuse({ code: "reasonGiven", field: "reason" });
      await endConnection(tx, ctx, current);
      return accept({ after: null, mirror: { interfaceAttachedOn: null, testSharedOn: null }, reason: said });
    },
    tidings: ({ name }) => ({ roles: ["bureauReviewer"], title: `数据资源已解除挂接：${name}` }),
  });
}
