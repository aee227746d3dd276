import type { Transaction } from "@db/client";
import { supervisionPapers } from "@db/schema";
import { accept, type Result } from "~/kernel/result";
import type { SupervisionPaper } from "~/kernel/vocabulary";
import { loadFigures } from "~/platform/figures.server";
import { acceptFile, saveFile, type AcceptedFile, type FileRefusalCode, type MadeFile } from "~/platform/files.server";
import { newId } from "~/platform/ids.server";
import type { Ctx } from "~/platform/transaction.server";

/** A paper as the event that brought it names it. */
export interface NamedPaper {
  readonly id: string;
  readonly name: string;
}

type Owner = { readonly regionId: string; readonly unitId: string } & (
  { readonly itemId: string; readonly round: number } | { readonly talkId: string }
);

/**
 * Looks at the files that a form brought; a field left empty brings none.
 * Refuses with fileEmpty, fileTooLarge, fileTypeNotAllowed.
 */
export async function acceptPapers(ctx: Ctx, form: FormData): Promise<Result<AcceptedFile[], FileRefusalCode>> {
  const files = form.getAll("file").filter((value): value is File => value instanceof File && value.name !== "");
  const figures = await loadFigures(ctx.db, ctx.today);
  const accepted: AcceptedFile[] = [];
  for (const file of files) {
    const result = await acceptFile(file, { maxMegabytes: figures.number("attachment.maxMegabytes") });
    if (!result.ok) return result;
    accepted.push(result.value);
  }
  return accept(accepted);
}

/** Keeps the files of a supervised item or talk, inside the caller's transaction. */
export async function storePapers(
  tx: Transaction,
  ctx: Ctx,
  { regionId, unitId, ...owner }: Owner,
  purpose: SupervisionPaper,
  files: readonly (AcceptedFile | MadeFile)[],
): Promise<NamedPaper[]> {
  const papers: NamedPaper[] = [];
  for (const file of files) {
    const stored = await saveFile(tx, ctx, file, { regionId, unitId });
    const id = newId();
    await tx.insert(supervisionPapers).values({
      ...owner,
      id,
      regionId,
      purpose,
      fileId: stored.id,
      addedBy: ctx.actor.userId,
      addedAt: ctx.now,
    });
    papers.push({ id, name: stored.name });
  }
  return papers;
}
