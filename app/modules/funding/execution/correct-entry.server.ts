import type { Result } from "~/kernel/result";
import { saveFile, type AcceptedFile, type MadeFile } from "~/platform/files.server";
import type { Ctx } from "~/platform/transaction.server";

import type { DraftCode, EntryDraft } from "./draft.server";
import type { EntryStepRefusal } from "./entry.rules";
import { entryProblems } from "./limits.rules";
import type { EntryRef } from "./load-entry.server";
import { takeEntryStep } from "./take-entry-step.server";
import { askToConfirm } from "./tell-about-entry.server";

/**
 * Who entered something corrects it while it waits or after it was returned; it then waits to be confirmed. The person who
 * corrects is the one who entered it from now on: whoever confirms must be another.
 * Refuses with notInThisState, what the draft finds wrong, the limits.
 * @param paper replaces the one that is there
 * @throws DomainError notFound, forbidden; conflict when another step came first
 * @source domain.md §1, §5
 */
export function correctEntry(
  ctx: Ctx,
  ref: Omit<EntryRef, "kind">,
  draft: EntryDraft,
  paper?: AcceptedFile | MadeFile,
): Promise<Result<{ id: string }, DraftCode | EntryStepRefusal>> {
  const { kind, amountFen, contractId } = draft;
  return takeEntryStep<DraftCode>(ctx, {
    ...ref,
    kind,
    event: "correct",
    problems: async (tx, { project, rows, ledger, entry }) => {
      const found = await draft.problems(tx, ctx, { project, rows, entryId: entry.id });
      const limits = entryProblems(ledger, kind, { id: entry.id, amountFen, contractId }, "enter");
      return [...found, ...limits];
    },
    set: async (tx, { project, rows, entry }) => {
      const { regionId, unitId } = project;
      const stored = paper && (await saveFile(tx, ctx, paper, { regionId, unitId }));
      return {
        ...draft.columns({ project, rows, entryId: entry.id }),
        ...(stored && { fileId: stored.id }),
        enteredBy: ctx.actor.userId,
        enteredAt: ctx.now,
      };
    },
    follow: (tx, { project, entry }) => askToConfirm(tx, ctx, project, { kind, id: entry.id, amountFen }),
  });
}
