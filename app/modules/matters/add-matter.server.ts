import { eq } from "drizzle-orm";

import { serviceMatters, units } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import { initialsOf } from "~/platform/initials.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import { matterFacts } from "./load-matter.server";
import { splitTags, type NewMatterInput } from "./matter.schema";
import { takenBy } from "./names-taken.server";
import { holdNumbering, nextCodes } from "./numbering.server";

type Code = "codeTaken" | "nameTaken" | "unitUnknown";

/**
 * Enters a service matter of a unit. Without a code it gets the next one of the region.
 * Refuses with codeTaken, nameTaken (a unit has a matter once), unitUnknown (closed).
 * @throws DomainError notFound, forbidden
 * @source domain.md §6
 */
export async function addMatter(ctx: Ctx, input: NewMatterInput): Promise<Result<{ id: string }, Code>> {
  return inTransaction<{ id: string }, Code>(ctx, async (tx) => {
    const [found] = await tx
      .select({ unitId: units.id, regionId: units.regionId, closedOn: units.closedOn })
      .from(units)
      .where(eq(units.id, input.unitId));
    const { closedOn, ...unit } = visible(ctx.actor, "matter:read", found, "unit");
    authorize(ctx.actor, "matter:edit", unit);
    if (closedOn) return refuse({ code: "unitUnknown", field: "unitId" });
    await holdNumbering(tx, "SX", unit.regionId);
    const taken = await takenBy(tx, { ...unit, code: input.code, name: input.name });
    if (taken.length > 0) return refuse(...taken);
    const [code = ""] = input.code ? [input.code] : await nextCodes(tx, "SX", unit.regionId, 1);
    const [matter] = await tx
      .insert(serviceMatters)
      .values({
        id: newId(),
        ...unit,
        code,
        name: input.name,
        initials: initialsOf(input.name),
        type: input.type,
        online: input.online,
        yearlyCases: input.yearlyCases,
        tags: splitTags(input.tags),
        updatedBy: ctx.actor.userId,
        updatedAt: ctx.now,
      })
      .returning();
    if (!matter) throw new Error("the matter was not written");
    await record(tx, ctx, {
      action: "matter:edit",
      event: "matterAdded",
      object: { type: "matter", id: matter.id, regionId: unit.regionId },
      after: matter,
      payload: matterFacts(matter),
    });
    return accept({ id: matter.id });
  });
}
