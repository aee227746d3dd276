import { and, eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { acceptances } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { WRITABLE_STATES } from "./acceptance.lifecycle";
import { loadAcceptance, type AcceptanceRef, type LoadedAcceptance } from "./load-acceptance.server";
import { payloadOf } from "./take-step.server";

/**
 * An application that its unit may still write at, locked with its project. Refuses with notWritable.
 * @throws DomainError notFound, forbidden
 */
export async function loadWritable(
  tx: Transaction,
  ctx: Ctx,
  acceptanceId: string,
): Promise<Result<LoadedAcceptance, "notWritable">> {
  const loaded = await loadAcceptance(tx, ctx, acceptanceId);
  authorize(ctx.actor, "acceptance:apply", loaded.project);
  const writable = (WRITABLE_STATES as readonly string[]).includes(loaded.acceptance.state);
  return writable ? accept(loaded) : refuse({ code: "notWritable" });
}

/**
 * Writes the statement of an application: what was built, how it is used, what is left. Refuses with notWritable.
 * @throws DomainError notFound, forbidden; conflict when it was saved by someone else meanwhile
 */
export async function editAcceptance(
  ctx: Ctx,
  { acceptanceId, version, statement }: AcceptanceRef & { readonly statement: string },
): Promise<Result<null, "notWritable">> {
  return inTransaction<null, "notWritable">(ctx, async (tx) => {
    const loaded = await loadWritable(tx, ctx, acceptanceId);
    if (!loaded.ok) return loaded;
    const { acceptance, project } = loaded.value;
    authorize(ctx.actor, "acceptance:apply", project);
    if (acceptance.version !== version) throw conflict("acceptance");
    const [after] = await tx
      .update(acceptances)
      .set({ statement: statement.trim(), version: version + 1 })
      .where(and(eq(acceptances.id, acceptanceId), eq(acceptances.version, version)))
      .returning();
    if (!after) throw conflict("acceptance");
    await record(tx, ctx, {
      action: "acceptance:apply",
      event: "acceptanceEdited",
      object: { type: "acceptance", id: acceptanceId, regionId: acceptance.regionId },
      before: acceptance,
      after,
      payload: payloadOf(after, project),
    });
    return accept(null);
  });
}
