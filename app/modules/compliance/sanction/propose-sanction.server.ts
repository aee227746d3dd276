import { eq, max } from "drizzle-orm";

import { projects, regions, sanctions, units } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import { tellRegion } from "../tell.server";
import { standingSanctions } from "./sanction-kind.server";
import { ladderProblems, sanctionName, unheededBelow, type LadderCode } from "./sanction.rules";
import type { ProposeSanctionInput } from "./sanction.schema";

type Code = LadderCode | "projectNotOfUnit";

/**
 * A person of the bureau proposes a rung of the ladder against a unit or one of its projects. Nothing follows until
 * another person imposes it. Numbers run through the region, which is locked while one is given.
 * Refuses with projectNotOfUnit and what the ladder asks for.
 * @throws DomainError notFound, forbidden
 * @source 国办发〔2019〕57号
 */
export async function proposeSanction(ctx: Ctx, input: ProposeSanctionInput): Promise<Result<{ id: string }, Code>> {
  return inTransaction<{ id: string }, Code>(ctx, async (tx) => {
    const [found] = await tx
      .select({ unitId: units.id, regionId: units.regionId, name: units.name })
      .from(units)
      .where(eq(units.id, input.unitId));
    const { name, ...unit } = visible(ctx.actor, "gate:read", found, "gate");
    authorize(ctx.actor, "sanction:propose", unit);
    const [project] = input.projectId
      ? await tx.select().from(projects).where(eq(projects.id, input.projectId))
      : [undefined];
    if (input.projectId && project?.unitId !== input.unitId)
      return refuse({ code: "projectNotOfUnit", field: "projectId" });
    const proposed = {
      rung: input.rung,
      projectId: project?.id ?? null,
      stage: project?.stage ?? null,
      dueOn: input.dueOn ?? null,
      basis: input.basis,
      skipReason: input.skipReason,
    };
    const earlier = await standingSanctions(tx, input.unitId);
    const problems = ladderProblems(proposed, earlier, ctx.today);
    if (problems.length > 0) return refuse(...problems);
    const below = unheededBelow(proposed, earlier, ctx.today);

    await tx.select({ id: regions.id }).from(regions).where(eq(regions.id, unit.regionId)).for("update");
    const [last] = await tx
      .select({ number: max(sanctions.number) })
      .from(sanctions)
      .where(eq(sanctions.regionId, unit.regionId));
    const sanction = {
      id: newId(),
      ...unit,
      projectId: proposed.projectId,
      number: (last?.number ?? 0) + 1,
      rung: input.rung,
      reason: input.reason,
      demand: input.demand,
      basis: input.basis,
      state: "proposed" as const,
      previousId: below?.id ?? null,
      skipReason: below ? null : input.skipReason || null,
      fromOn: ctx.today,
      dueOn: proposed.dueOn,
      proposedBy: ctx.actor.userId,
      proposedAt: ctx.now,
    };
    await tx.insert(sanctions).values(sanction);
    await record(tx, ctx, {
      action: "sanction:propose",
      event: "sanctionProposed",
      object: { type: "sanction", id: sanction.id, regionId: unit.regionId },
      after: sanction,
      payload: { unitId: unit.unitId, projectId: proposed.projectId, rung: input.rung, number: sanction.number },
    });
    await tellRegion(tx, ctx, unit.regionId, "bureauReviewer", {
      title: `请复核${sanctionName(sanction)}：${name}`,
      href: `/sanctions/${sanction.id}`,
    });
    return accept({ id: sanction.id });
  });
}
