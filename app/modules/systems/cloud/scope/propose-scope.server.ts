import { and, eq } from "drizzle-orm";

import { scopeDecisions, systems } from "@db/schema";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { saveFile, type AcceptedFile, type MadeFile } from "~/platform/files.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, visible } from "~/policy";

import { standingOf } from "../standing.server";
import { readScopeFacts } from "./scope-facts.queries.server";
import { explainByRule, factsToKeep, judgeProposal, type ScopeProposal, type ScopeProposalCode } from "./scope.rules";
import type { ProposeScopeInput } from "./scope.schema";
import { askToConfirm } from "./tell-scope.server";

export type ProposeScopeRefusal = ScopeProposalCode | "alreadyProposed" | "systemRetired";

/**
 * A person proposes how a system stands to the cloud rate: what the rule says, or that it is special and may stay where it
 * is. Nothing changes until another person of the bureau confirms.
 * Refuses with systemRetired, alreadyProposed and the codes of judgeProposal.
 * @throws DomainError notFound, forbidden; conflict when the system was changed meanwhile
 * @source domain.md §6
 */
export async function proposeScope(
  ctx: Ctx,
  input: ProposeScopeInput,
  file?: AcceptedFile | MadeFile,
): Promise<Result<{ id: string }, ProposeScopeRefusal>> {
  return inTransaction<{ id: string }, ProposeScopeRefusal>(ctx, async (tx) => {
    const [row] = await tx.select().from(systems).where(eq(systems.id, input.systemId)).for("update");
    const system = visible(ctx.actor, "system:read", row, "system");
    authorize(ctx.actor, "scope:propose", system);
    if (system.version !== input.version) throw conflict("system");
    if (system.retiredOn !== null) return refuse({ code: "systemRetired" });
    const open = await tx.$count(
      scopeDecisions,
      and(eq(scopeDecisions.systemId, system.id), eq(scopeDecisions.state, "proposed")),
    );
    if (open > 0) return refuse({ code: "alreadyProposed" });
    const facts = await readScopeFacts(tx, system, ctx.today);
    const judged = judgeProposal(facts, await standingOf(tx, system.id), toProposal(input, file !== undefined));
    if (!judged.ok) return judged;

    const stored = file && (await saveFile(tx, ctx, file, { regionId: system.regionId, unitId: system.unitId }));
    const proposal = {
      id: newId(),
      systemId: system.id,
      regionId: system.regionId,
      unitId: system.unitId,
      state: "proposed" as const,
      ...judged.value,
      facts: factsToKeep(facts, "byHand"),
      explanation: input.explanation || explainByRule(facts, judged.value),
      fileId: stored?.id ?? null,
      proposedBy: ctx.actor.userId,
      proposedAt: ctx.now,
    };
    await tx.insert(scopeDecisions).values(proposal);
    await record(tx, ctx, {
      action: "scope:propose",
      event: "scopeProposed",
      object: { type: "scopeDecision", id: proposal.id, regionId: system.regionId },
      after: proposal,
      payload: {
        systemId: system.id,
        unitId: system.unitId,
        name: system.name,
        scope: proposal.scope,
        reason: proposal.reason,
      },
    });
    await askToConfirm(tx, ctx, proposal, system.name);
    return accept({ id: proposal.id });
  });
}

/** The form's answer; a special system without a reason does not pass the schema. */
function toProposal(input: ProposeScopeInput, hasPaper: boolean): ScopeProposal {
  const { kind, reason, managed, interfacesOpen, explanation } = input;
  return kind === "special" && reason
    ? { kind, reason, managed, interfacesOpen, explanation, hasPaper }
    : { kind: "byRule" };
}
