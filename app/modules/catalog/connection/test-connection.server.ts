import { and, eq } from "drizzle-orm";

import { resourceConnections } from "@db/schema";
import { accept, conflict, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { samePerson } from "~/policy";

import type { ResourceRef } from "../load-resource.server";
import { decideTest, type ConnectionRefusalCode } from "./connection.rules";
import { takeConnectionStep } from "./take-connection-step.server";

/**
 * The bureau makes the test share of a connection and records how it went; never who connected it. A failed test is
 * repeated once the unit has mended what failed. Refuses with the codes of decideTest.
 * @throws DomainError notFound, forbidden, conflict
 * @source domain.md §4
 */
export function testConnection(
  ctx: Ctx,
  ref: ResourceRef,
  { result, remark }: { readonly result: "passed" | "failed"; readonly remark: string },
): Promise<Result<null, ConnectionRefusalCode>> {
  const passed = result === "passed";
  return takeConnectionStep(ctx, ref, {
    action: "catalog:test",
    event: "resourceConnectionTested",
    perform: async (tx, _resource, current) => {
      const byConnector = samePerson(ctx.actor, current?.connectedBy);
      const decided = decideTest(current, { result, remark, byConnector });
      if (!decided.ok || !current) return decided.ok ? accept({ after: null, mirror: {} }) : decided;
      const [after] = await tx
        .update(resourceConnections)
        .set({
          testResult: result,
          testRemark: remark,
          testedBy: ctx.actor.userId,
          testedOn: ctx.today,
          version: current.version + 1,
        })
        .where(and(eq(resourceConnections.id, current.id), eq(resourceConnections.version, current.version)))
        .returning();
      if (!after) throw conflict("connection");
      return accept({
        after,
        mirror: { testSharedOn: passed ? ctx.today : null },
        ...(remark && { reason: remark }),
      });
    },
    tidings: ({ name, unitId }) => ({
      unitId,
      roles: ["filer"],
      title: `数据资源挂接测试${passed ? "通过" : "未通过"}：${name}`,
    }),
  });
}
