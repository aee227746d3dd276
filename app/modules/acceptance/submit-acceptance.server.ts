import { accept, refuse, type Result } from "~/kernel/result";
import { ACCEPTANCE_KINDS } from "~/kernel/vocabulary";
import { loadFigures } from "~/platform/figures.server";
import type { Ctx } from "~/platform/transaction.server";

import {
  applicationMissing,
  isAcceptanceEventPossible,
  STAGE_OF,
  type AcceptanceStepRefusal,
  type GateCode,
} from "./acceptance.rules";
import { gateFigures, readGateFacts } from "./gate-facts.queries.server";
import type { AcceptanceRef } from "./load-acceptance.server";
import { takeStep } from "./take-step.server";
import { tell } from "./tell.server";

type Code = GateCode | "projectNotAcceptable";

/**
 * Hands an application to the unit's leader, once the statement and every paper is there.
 * Refuses with notInThisState, projectNotAcceptable, constructionOpen, statementMissing, and paperMissing for each paper.
 * @throws DomainError notFound, forbidden; conflict when it was saved by someone else meanwhile
 * @source domain.md §2
 */
export function submitAcceptance(
  ctx: Ctx,
  ref: AcceptanceRef,
): Promise<Result<{ id: string }, Code | AcceptanceStepRefusal>> {
  return takeStep<Code>(ctx, {
    ...ref,
    event: "submit",
    prepare: async (tx, { acceptance, project }) => {
      if (!isAcceptanceEventPossible(acceptance.state, "submit")) return accept({});
      if (project.stage !== STAGE_OF[acceptance.kind])
        return refuse({ code: "projectNotAcceptable", facts: { stage: project.stage } });
      const [facts, figures] = await Promise.all([readGateFacts(tx, project, acceptance), loadFigures(tx, ctx.today)]);
      const missing = applicationMissing(facts, gateFigures(figures));
      if (missing.length > 0) return refuse(...missing);
      return accept({ guards: ["complete"], set: { submittedBy: ctx.actor.userId, submittedAt: ctx.now } });
    },
    follow: async (tx, { acceptance, project }) => {
      await tell(tx, ctx, project, ["unitLead"], `请签批${ACCEPTANCE_KINDS[acceptance.kind]}申请`);
      return accept(null);
    },
  });
}
