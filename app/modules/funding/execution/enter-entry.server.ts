import type { arrivals } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { loadProject } from "~/modules/projects/index.server";
import { saveFile, type AcceptedFile, type MadeFile } from "~/platform/files.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize, type Action } from "~/policy";

import type { DraftCode, EntryDraft } from "./draft.server";
import { entryFact, type EntryKind } from "./entry.lifecycle";
import { isEnterable } from "./entry.rules";
import { entryProblems } from "./limits.rules";
import { ENTRY_TABLES } from "./load-entry.server";
import { ledgerOf, readLedgerRows } from "./read-ledger.server";
import { askToConfirm } from "./tell-about-entry.server";

/** The permission to make an entry of a kind. */
const ENTER: Readonly<Record<EntryKind, Action>> = {
  contract: "contract:enter",
  contractChange: "contract:enter",
  arrival: "arrival:enter",
  payment: "payment:enter",
};

/**
 * Enters a contract, a change of one, an arrival or a payment of a project; it counts once a second person confirmed it.
 * The project is locked first, so that of two entries that together exceed a limit the second is refused.
 * Refuses with stageNotSpending, what the draft finds wrong, the limits.
 * @param paper the scan of a contract or the paper of a change
 * @throws DomainError notFound, forbidden
 * @source domain.md §1, §5
 */
export async function enterEntry(
  ctx: Ctx,
  projectId: string,
  draft: EntryDraft,
  paper?: AcceptedFile | MadeFile,
): Promise<Result<{ id: string }, DraftCode>> {
  const { kind, amountFen, contractId } = draft;
  const action = ENTER[kind];
  return inTransaction<{ id: string }, DraftCode>(ctx, async (tx) => {
    const project = await loadProject(tx, ctx, projectId, "project:read");
    authorize(ctx.actor, action, project);
    if (!isEnterable(kind, project.stage)) return refuse({ code: "stageNotSpending", facts: { stage: project.stage } });
    const rows = await readLedgerRows(tx, projectId);
    const ground = { project, rows, entryId: null };
    const limits = entryProblems(ledgerOf(project, rows), kind, { id: null, amountFen, contractId }, "enter");
    const problems = [...(await draft.problems(tx, ctx, ground)), ...limits];
    if (problems.length > 0) return refuse(...problems);

    const { regionId, unitId } = project;
    const stored = paper && (await saveFile(tx, ctx, paper, { regionId, unitId }));
    const entry = {
      id: newId(),
      regionId,
      ...(kind !== "contractChange" && { projectId }),
      ...draft.columns(ground),
      ...(stored && { fileId: stored.id }),
      state: "entered" as const,
      enteredBy: ctx.actor.userId,
      enteredAt: ctx.now,
    };
    // Each draft names the columns of its own table; the statement is the same for all four.
    await tx.insert(ENTRY_TABLES[kind] as typeof arrivals).values(entry as unknown as typeof arrivals.$inferInsert);
    await record(tx, ctx, {
      action,
      event: entryFact(kind, "enter"),
      object: { type: kind, id: entry.id, regionId },
      after: entry,
      payload: { projectId, projectName: project.name, amountFen, ...(contractId && { contractId }) },
    });
    await askToConfirm(tx, ctx, project, { kind, id: entry.id, amountFen });
    return accept({ id: entry.id });
  });
}
