import type { Transaction } from "@db/client";
import { accept, refuse, type Result } from "~/kernel/result";
import { ACCEPTANCE_KINDS, type AcceptanceKind } from "~/kernel/vocabulary";
import { deliverAcceptedProject } from "~/modules/delivery/index.server";
import type { ProjectEvent, TransitionRefusal } from "~/modules/projects";
import { applyTransition } from "~/modules/projects/index.server";
import { loadFigures } from "~/platform/figures.server";
import type { Ctx } from "~/platform/transaction.server";

import {
  acceptanceMissing,
  heldByGate,
  isAcceptanceEventPossible,
  type AcceptanceStepRefusal,
  type GateCode,
} from "./acceptance.rules";
import { gateFigures, isPanelOpen, readGateFacts } from "./gate-facts.queries.server";
import type { AcceptanceRef, LoadedAcceptance } from "./load-acceptance.server";
import { takeStep } from "./take-step.server";
import { tell } from "./tell.server";

type Code = GateCode | TransitionRefusal;

const PROJECT_STEP: Readonly<Record<AcceptanceKind, ProjectEvent>> = {
  initial: "passInitialAcceptance",
  final: "passFinalAcceptance",
};

/**
 * The bureau passes an acceptance when nothing stands between it and the project any more. With the final one the project
 * is accepted from today, and its systems and data go to the catalog platform, in the same transaction.
 * Refuses with notInThisState, every missing thing by its code, noPanelOpen, otherPersonThanBefore, notInThisStage.
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §2
 */
export function passAcceptance(
  ctx: Ctx,
  { opinion, ...ref }: AcceptanceRef & { readonly opinion: string },
): Promise<Result<{ id: string }, Code | AcceptanceStepRefusal>> {
  return takeStep<Code>(ctx, {
    ...ref,
    event: "pass",
    reason: opinion,
    prepare: async (tx, { acceptance, project }) => {
      if (!isAcceptanceEventPossible(acceptance.state, "pass")) return accept({});
      const [missing, panelOpen] = await Promise.all([
        missingNow(tx, ctx, { acceptance, project }),
        isPanelOpen(tx, project.id),
      ]);
      if (missing.length > 0) return refuse(...missing);
      return accept({
        guards: ["nothingMissing", ...(panelOpen ? [] : (["noPanelOpen"] as const))],
        set: {
          opinion: opinion.trim() || null,
          decidedBy: ctx.actor.userId,
          decidedAt: ctx.now,
        },
      });
    },
    follow: (tx, loaded) => advance(tx, ctx, loaded, opinion),
  });
}

const missingNow = async (tx: Transaction, ctx: Ctx, { acceptance, project }: LoadedAcceptance) => {
  const [facts, figures] = await Promise.all([readGateFacts(tx, project, acceptance), loadFigures(tx, ctx.today)]);
  return acceptanceMissing(facts, gateFigures(figures), ctx.today);
};

/** What a passed acceptance does to its project. The step above has held every condition that the project's row names. */
async function advance(
  tx: Transaction,
  ctx: Ctx,
  { acceptance, project }: LoadedAcceptance,
  opinion: string,
): Promise<Result<null, TransitionRefusal>> {
  const { kind, number, id } = acceptance;
  const final = kind === "final";
  const advanced = await applyTransition(tx, ctx, {
    project,
    event: PROJECT_STEP[kind],
    guards: [...heldByGate([]), "acceptanceSigned", "noPanelOpen", "otherPersonThanBefore"],
    reason: opinion,
    payload: { acceptanceId: id, number, on: ctx.today },
    ...(final && { set: { acceptedOn: ctx.today } }),
  });
  if (!advanced.ok) return advanced;
  if (final) await deliverAcceptedProject(tx, ctx, advanced.value);
  const word = `${ACCEPTANCE_KINDS[kind]}通过`;
  await tell(
    tx,
    ctx,
    project,
    ["filer", "unitLead", ...(final ? (["financeReviewer", "bureauReviewer"] as const) : [])],
    word,
  );
  return accept(null);
}
