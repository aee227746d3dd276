import { importBatches } from "@db/schema";
import { accept, type Result } from "~/kernel/result";
import { saveFile } from "~/platform/files.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { fileToParse } from "~/platform/xlsx/read-workbook.server";
import type { SheetRefusalCode } from "~/platform/xlsx/workbook";
import { authorize } from "~/policy";

import { lockOpenFiling } from "../filing-gate.server";

/** What an accepted sheet is kept as. */
const MEDIA_TYPES = {
  zip: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ole2: "application/vnd.ms-excel",
  text: "text/csv",
} as const;

const LONGEST_NAME = 200;

/**
 * Takes in a catalog sheet for a filing, or for the unit's own catalog. The file is kept and read off the request; what no
 * parser need look at is refused at once. Nothing enters the catalog. Refuses with filingClosed or a code of the sheet.
 * @param projectId the filing; null for the unit's own catalog
 * @throws DomainError notFound, forbidden
 */
export async function uploadSheet(
  ctx: Ctx,
  projectId: string | null,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Result<{ batchId: string }, SheetRefusalCode | "filingClosed">> {
  const sheet = fileToParse(file.bytes, file.name);
  if (!sheet.ok) return sheet;
  const fileName = file.name.slice(-LONGEST_NAME);
  return inTransaction<{ batchId: string }, SheetRefusalCode | "filingClosed">(ctx, async (tx) => {
    const filing = projectId === null ? undefined : await lockOpenFiling(tx, ctx, projectId);
    if (filing && !filing.ok) return filing;
    const { unitId, regionId } = filing?.value ?? ctx.actor;
    authorize(ctx.actor, "catalog:register", { unitId, regionId });
    const mediaType = MEDIA_TYPES[sheet.value.container];
    const stored = await saveFile(tx, ctx, { name: fileName, mediaType, bytes: file.bytes }, { unitId, regionId });
    const batchId = newId();
    await tx.insert(importBatches).values({
      id: batchId,
      regionId,
      unitId,
      kind: "resources",
      subjectId: projectId,
      fileId: stored.id,
      fileName,
      state: "uploaded",
      createdBy: ctx.actor.userId,
      createdAt: ctx.now,
    });
    await record(tx, ctx, {
      action: "catalog:register",
      event: "catalogSheetUploaded",
      object: { type: "import", id: batchId, regionId },
      after: { fileId: stored.id, sha256: stored.sha256, projectId },
      payload: { fileName },
    });
    return accept({ batchId });
  });
}
