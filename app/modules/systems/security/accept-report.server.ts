import { accept, type Result } from "~/kernel/result";
import { loadFigures } from "~/platform/figures.server";
import { acceptFile, type AcceptedFile, type FileRefusalCode } from "~/platform/files.server";
import type { Ctx } from "~/platform/transaction.server";

/** Looks at the report that a form brought, if it brought one. Refuses with fileEmpty, fileTooLarge, fileTypeNotAllowed. */
export async function acceptReport(
  ctx: Ctx,
  file: File | undefined,
): Promise<Result<AcceptedFile | undefined, FileRefusalCode>> {
  if (!file || file.name === "") return accept(undefined);
  const figures = await loadFigures(ctx.db, ctx.today);
  return acceptFile(file, { maxMegabytes: figures.number("attachment.maxMegabytes") });
}
