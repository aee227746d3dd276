import { eq } from "drizzle-orm";

import { projects } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";
import { samePerson } from "~/policy";

import { takeStep, type StepRef } from "../take-step.server";
import { tellRegion, tellUnit } from "../tell.server";
import { SANCTION, standingSanctions, type Sanction } from "./sanction-kind.server";
import type { SanctionStepRefusal, SanctionTransition } from "./sanction.lifecycle";
import { ladderProblems, sanctionName, type LadderCode } from "./sanction.rules";

/**
 * Another person of the bureau imposes what was proposed; it stands from today, if the ladder still allows it. What stops
 * a project is carried out by the projects, which listen to sanctionImposed.
 * Refuses with notInThisState, otherPersonThanBefore and what the ladder asks for.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §1; 国办发〔2019〕57号
 */
export const imposeSanction = (
  ctx: Ctx,
  { opinion, ...ref }: StepRef & { readonly opinion: string },
): Promise<Result<{ id: string }, SanctionStepRefusal | LadderCode>> =>
  takeStep<Sanction, SanctionTransition, LadderCode>(ctx, SANCTION, {
    ...ref,
    event: "impose",
    reason: opinion,
    prepare: async (tx, sanction) => {
      if (sanction.state !== "proposed") return accept({});
      const [project] = sanction.projectId
        ? await tx.select().from(projects).where(eq(projects.id, sanction.projectId)).for("share")
        : [undefined];
      const earlier = await standingSanctions(tx, sanction.unitId);
      const problems = ladderProblems(
        { ...sanction, stage: project?.stage ?? null, skipReason: sanction.skipReason ?? "" },
        earlier,
        ctx.today,
      );
      // The form asks for nothing but an opinion: what the ladder lacks now is told as a whole.
      if (problems.length > 0) return refuse(...problems.map(({ field: _field, ...problem }) => problem));
      return accept({
        guards: samePerson(ctx.actor, sanction.proposedBy) ? [] : (["otherPersonThanBefore"] as const),
        set: {
          fromOn: ctx.today,
          imposedBy: ctx.actor.userId,
          imposedAt: ctx.now,
          decidedBy: ctx.actor.userId,
          opinion: opinion.trim() || null,
        },
      });
    },
    follow: async (tx, sanction) => {
      const message = { title: `作出${sanctionName(sanction)}`, href: `/sanctions/${sanction.id}` };
      await tellUnit(tx, ctx, sanction, ["filer", "unitLead"], { ...message, title: `对本单位${message.title}` });
      await tellRegion(tx, ctx, sanction.regionId, "financeReviewer", message);
    },
  });
