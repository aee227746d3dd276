import { accept, type Result } from "~/kernel/result";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { lockOpenFiling } from "./filing-gate.server";
import type { ResourceContent } from "./resource.content";
import type { ResourceRefusalCode } from "./resource.rules";
import { writeDraftResources } from "./write-resources.server";

/**
 * Adds one data resource to a filing, as a draft. Refuses with what the catalog's rules find, or filingClosed.
 * @throws DomainError notFound, forbidden
 */
export async function addResource(
  ctx: Ctx,
  projectId: string,
  input: ResourceContent,
): Promise<Result<{ id: string }, ResourceRefusalCode | "filingClosed">> {
  return inTransaction(ctx, async (tx) => {
    const filing = await lockOpenFiling(tx, ctx, projectId);
    if (!filing.ok) return filing;
    authorize(ctx.actor, "catalog:register", filing.value);
    const written = await writeDraftResources(tx, ctx, { ...filing.value, projectId }, [input]);
    if (!written.ok) return written;
    const [id = ""] = written.value;
    await record(tx, ctx, {
      action: "catalog:register",
      event: "resourceDrafted",
      object: { type: "resource", id, regionId: filing.value.regionId },
      after: input,
      payload: { projectId, name: input.name },
    });
    return accept({ id });
  });
}
