import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { editFiling } from "./edit-filing.server";
import type { SecurityInput } from "./filing.schema";

/**
 * Saves secrecy, level, hosting with its exemption ground, crypto plan and MLPS filing number. Refuses with notEditable.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function saveSecurity(
  ctx: Ctx,
  projectId: string,
  { version, secret, mlpsLevel, hosting, exemption, ...texts }: SecurityInput,
): Promise<Result<{ version: number }, "notEditable">> {
  return editFiling(ctx, { projectId, version }, "security", () =>
    Promise.resolve(
      accept({
        ...texts,
        secret: secret === undefined ? null : secret === "yes",
        mlpsLevel: mlpsLevel ?? null,
        hosting: hosting ?? null,
        hostingReason: exemption ?? "",
      }),
    ),
  );
}
