import { eq } from "drizzle-orm";

import { securityTests, systems } from "@db/schema";
import { accept, type Result } from "~/kernel/result";
import { saveFile, type AcceptedFile, type MadeFile } from "~/platform/files.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import type { TestDraftCode } from "./security-test.refusals";
import type { TestInput } from "./security-test.schema";
import { testPayload } from "./take-test-step.server";
import { askToConfirm } from "./tell.server";
import { draftColumns } from "./test-draft.server";

/**
 * The unit enters a test of one of its systems with the report; it counts once the bureau has confirmed it. The system is
 * locked, so that of two submits of one report the second is refused.
 * Refuses with what the rules find wrong, reportMissing, alreadyEntered.
 * @throws DomainError notFound, forbidden
 * @source domain.md §6
 */
export async function recordSecurityTest(
  ctx: Ctx,
  systemId: string,
  input: TestInput,
  report?: AcceptedFile | MadeFile,
): Promise<Result<{ id: string }, TestDraftCode>> {
  return inTransaction<{ id: string }, TestDraftCode>(ctx, async (tx) => {
    const [found] = await tx.select().from(systems).where(eq(systems.id, systemId)).for("update");
    const system = visible(ctx.actor, "system:read", found, "system");
    authorize(ctx.actor, "security:record", system);
    const columns = await draftColumns(tx, ctx, system, input, { hasReport: report !== undefined });
    if (!columns.ok) return columns;
    const { regionId, unitId } = system;
    const stored = report && (await saveFile(tx, ctx, report, { regionId, unitId }));
    const [test] = await tx
      .insert(securityTests)
      .values({
        ...columns.value,
        id: newId(),
        regionId,
        systemId,
        fileId: stored?.id ?? null,
        state: "entered",
        enteredBy: ctx.actor.userId,
        enteredAt: ctx.now,
      })
      .returning();
    if (!test) throw new Error("the test was not written");
    await record(tx, ctx, {
      action: "security:record",
      event: "securityTestEntered",
      object: { type: "securityTest", id: test.id, regionId },
      after: test,
      payload: testPayload({ test, system }),
    });
    await askToConfirm(tx, ctx, { test, system });
    return accept({ id: test.id });
  });
}
