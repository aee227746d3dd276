import { eq } from "drizzle-orm";

import type { Transaction } from "@db/client";
import { type attachments, files } from "@db/schema";
import { ATTACHMENT_KINDS, type AttachmentKind } from "~/kernel/vocabulary";
import { saveFile } from "~/platform/files.server";

import type { City } from "./city";
import { demoId } from "./demo-id";
import type { CityProject } from "./projects";
import { sampleDocument } from "./sample-document";

type FileRow = typeof files.$inferInsert;
type AttachmentRow = typeof attachments.$inferInsert;

/** The attachments of all projects; those of one kind share the bytes of one sample document. */
export async function projectAttachments(tx: Transaction, city: City, projects: readonly CityProject[]) {
  const fileRows: FileRow[] = [];
  const attachmentRows: AttachmentRow[] = [];
  for (const kind of new Set(projects.flatMap(({ attachmentKinds }) => attachmentKinds))) {
    const sample = await storeSample(tx, city, kind);
    for (const { facts, row, attachmentKinds } of projects) {
      if (!attachmentKinds.includes(kind)) continue;
      const words = `${facts.name} ${kind}`;
      const file = {
        ...sample,
        id: demoId("file", words, row.createdAt),
        unitId: row.unitId,
        name: `${facts.name}${ATTACHMENT_KINDS[kind]}.pdf`,
        uploadedBy: row.createdBy,
        uploadedAt: row.createdAt,
      };
      fileRows.push(file);
      attachmentRows.push({
        id: demoId("attachment", words, row.createdAt),
        projectId: row.id,
        regionId: city.regionId,
        kind,
        fileId: file.id,
      });
    }
  }
  return { fileRows, attachmentRows };
}

/** The sample document of a kind of attachment. */
export const storeSample = (tx: Transaction, city: City, kind: AttachmentKind): Promise<FileRow> =>
  storeSampleOf(tx, city, ATTACHMENT_KINDS[kind]);

/** Stores the bytes as any upload is stored. Its row, whose id would be another each time, makes room for the projects'. */
export async function storeSampleOf(tx: Transaction, city: City, title: string): Promise<FileRow> {
  const { regionId } = city;
  const owner = city.person("bureau");
  const actor = {
    userId: owner.id,
    username: owner.username,
    name: owner.name,
    roles: [owner.role],
    unitId: owner.unit.id,
    unitName: owner.unit.name,
    regionId,
    regionIds: [regionId],
  };
  const document = { name: `${title}.pdf`, mediaType: "application/pdf", bytes: sampleDocument(title) };
  const sample = await saveFile(tx, { actor, now: new Date(0) }, document, { regionId, unitId: owner.unit.id });
  await tx.delete(files).where(eq(files.id, sample.id));
  return sample;
}
