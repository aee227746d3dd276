import { eq } from "drizzle-orm";

import { commonComponents, projectComponents } from "@db/schema";
import { accept, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { editFiling } from "./edit-filing.server";
import type { ComponentsInput } from "./filing.schema";

/**
 * Saves what a filing says of each common component. A code that the register does not know is left out.
 * Refuses with notEditable.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function saveComponents(
  ctx: Ctx,
  projectId: string,
  input: ComponentsInput,
): Promise<Result<{ version: number }, "notEditable">> {
  return editFiling(ctx, { projectId, version: input.version }, "components", async (tx, { regionId }) => {
    const register = await tx.select({ code: commonComponents.code }).from(commonComponents);
    const known = new Set(register.map(({ code }) => code));
    const decided = new Map(
      input.components.flatMap(({ code, decision, reason }) =>
        decision && known.has(code) ? [[code, { decision, reason }] as const] : [],
      ),
    );
    await tx.delete(projectComponents).where(eq(projectComponents.projectId, projectId));
    if (decided.size > 0) {
      await tx
        .insert(projectComponents)
        .values([...decided].map(([componentCode, choice]) => ({ projectId, regionId, componentCode, ...choice })));
    }
    return accept({});
  });
}
