import { and, asc, eq, isNull, ne } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { acceptanceDocuments, acceptances, files, projects } from "@db/schema";
import { accept, type Result } from "~/kernel/result";
import type { AcceptanceDocument } from "~/kernel/vocabulary";
import { admitAttachment, type AttachmentCode } from "~/modules/projects";
import type { Project } from "~/modules/projects/index.server";
import { loadFigures } from "~/platform/figures.server";
import { contentOf, saveFile, type AcceptedFile, type MadeFile } from "~/platform/files.server";
import { newId } from "~/platform/ids.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { loadWritable } from "./edit-acceptance.server";
import { papersOf } from "./gate-facts.queries.server";

/** What was attached, and the project of the same unit whose acceptance carries the same content. */
export interface AddedPaper {
  readonly id: string;
  readonly alsoIn: string | null;
}

/**
 * Adds a paper to an application. It overwrites nothing, so it asks for no version; the same content is taken once, by the
 * rules of all attachments.
 * Refuses with notWritable, fileTooLarge, duplicateInProject, quotaExceeded.
 * @throws DomainError notFound, forbidden
 * @source domain.md §2, §3.7
 */
export async function addPaper(
  ctx: Ctx,
  acceptanceId: string,
  { kind, file }: { kind: AcceptanceDocument; file: AcceptedFile | MadeFile },
): Promise<Result<AddedPaper, AttachmentCode | "notWritable">> {
  return inTransaction<AddedPaper, AttachmentCode | "notWritable">(ctx, async (tx) => {
    const loaded = await loadWritable(tx, ctx, acceptanceId);
    if (!loaded.ok) return loaded;
    const { project } = loaded.value;
    authorize(ctx.actor, "acceptance:apply", project);
    const [figures, attached] = await Promise.all([loadFigures(tx, ctx.today), papersOf(tx, acceptanceId)]);
    const content = { name: file.name, ...contentOf(file) };
    const admitted = admitAttachment(content, attached, {
      maxMegabytes: figures.number("attachment.maxMegabytes"),
      quotaMegabytes: figures.number("attachment.projectQuotaMegabytes"),
    });
    if (!admitted.ok) return admitted;

    const alsoIn = await otherHolder(tx, project, content.sha256);
    const { regionId, unitId } = project;
    const stored = await saveFile(tx, ctx, file, { regionId, unitId });
    const paper = { id: newId(), acceptanceId, regionId, kind, fileId: stored.id };
    await tx.insert(acceptanceDocuments).values(paper);
    await record(tx, ctx, {
      action: "acceptance:apply",
      event: "acceptancePaperAdded",
      object: { type: "acceptance", id: acceptanceId, regionId },
      after: { ...paper, sha256: stored.sha256 },
      payload: { projectId: project.id, kind, fileName: file.name },
    });
    return accept({ id: paper.id, alsoIn });
  });
}

/** Another project of the same unit whose acceptance carries the same content: a report of one project fits no other. */
async function otherHolder(tx: Transaction, { id, unitId, regionId }: Project, sha256: string): Promise<string | null> {
  const [holder] = await tx
    .select({ name: projects.name })
    .from(files)
    .innerJoin(acceptanceDocuments, eq(acceptanceDocuments.fileId, files.id))
    .innerJoin(acceptances, eq(acceptances.id, acceptanceDocuments.acceptanceId))
    .innerJoin(projects, eq(projects.id, acceptances.projectId))
    .where(
      and(
        eq(files.regionId, regionId),
        eq(files.sha256, sha256),
        eq(projects.unitId, unitId),
        ne(projects.id, id),
        isNull(acceptanceDocuments.removedAt),
      ),
    )
    .orderBy(asc(projects.code))
    .limit(1);
  return holder?.name ?? null;
}
