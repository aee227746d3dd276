import { eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { projects } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

/** The filing that data entries belong to, as far as the catalog must know it. */
export interface OpenFiling {
  readonly id: string;
  readonly unitId: string;
  readonly regionId: string;
  readonly name: string;
}

/**
 * Locks the filing whose data entries are about to change: in sight, of the own unit, and still being written. The lock
 * keeps a submission from freezing half an edit.
 * @throws DomainError notFound, forbidden
 */
export async function lockOpenFiling(
  tx: Transaction,
  ctx: Ctx,
  projectId: string,
): Promise<Result<OpenFiling, "filingClosed">> {
  const [row] = await tx
    .select({
      id: projects.id,
      unitId: projects.unitId,
      regionId: projects.regionId,
      name: projects.name,
      stage: projects.stage,
    })
    .from(projects)
    .where(eq(projects.id, projectId))
    .for("update");
  const filing = visible(ctx.actor, "project:read", row, "project");
  authorize(ctx.actor, "catalog:register", filing);
  if (filing.stage !== "draft" && filing.stage !== "returned") return refuse({ code: "filingClosed" });
  return accept(filing);
}
