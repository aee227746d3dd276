import { ledgerFiles } from "@db/schema";
import type { Transaction } from "@db/client";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";
import { loadFigures } from "~/platform/figures.server";
import { acceptFile, saveFile, type AcceptedFile, type FileRefusalCode, type MadeFile } from "~/platform/files.server";
import { newId } from "~/platform/ids.server";
import type { Ctx } from "~/platform/transaction.server";

/** A file that proves something of a task. */
export type Evidence = AcceptedFile | MadeFile;

/**
 * Looks at the files that a form brought; a file input that was left alone brings one without a name.
 * Refuses with fileEmpty, fileTooLarge, fileTypeNotAllowed, of each file, at the field `files`.
 */
export async function acceptEvidence(
  ctx: Ctx,
  files: readonly File[],
): Promise<Result<readonly AcceptedFile[], FileRefusalCode>> {
  const brought = files.filter(({ name }) => name !== "");
  if (brought.length === 0) return accept([]);
  const maxMegabytes = (await loadFigures(ctx.db, ctx.today)).number("attachment.maxMegabytes");
  const accepted: AcceptedFile[] = [];
  const refusals: Refusal<FileRefusalCode>[] = [];
  for (const file of brought) {
    const looked = await acceptFile(file, { maxMegabytes });
    if (looked.ok) accepted.push(looked.value);
    else refusals.push(...looked.refusals.map((refusal) => ({ ...refusal, field: "files" })));
  }
  return refusals.length > 0 ? refuse(...refusals) : accept(accepted);
}

/** Keeps files beside a task, or beside what a unit reported of it. @returns their names */
export async function keepEvidence(
  tx: Transaction,
  ctx: Ctx,
  at: { readonly taskId: string; readonly updateId: string | null; readonly regionId: string },
  files: readonly Evidence[],
): Promise<string[]> {
  for (const file of files) {
    const stored = await saveFile(tx, ctx, file, { regionId: at.regionId, unitId: ctx.actor.unitId });
    await tx
      .insert(ledgerFiles)
      .values({ ...at, id: newId(), fileId: stored.id, addedBy: ctx.actor.userId, addedAt: ctx.now });
  }
  return files.map(({ name }) => name);
}
