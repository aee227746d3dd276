import type { Transaction } from "@db/client";
import type { files, supervisionPapers } from "@db/schema";
import type { SupervisionPaper } from "~/kernel/vocabulary";

import { storeSampleOf } from "./attachments";
import type { City } from "./city";
import { demoId } from "./demo-id";
import type { Person } from "./people";

/** A file of a supervised item or talk, before its bytes are written. */
export interface DemoPaper {
  readonly id: string;
  readonly owner: { readonly itemId: string } | { readonly talkId: string };
  readonly unitId: string;
  readonly round: number;
  readonly purpose: SupervisionPaper;
  /** without its ending */
  readonly name: string;
  readonly at: Date;
  readonly by: Person;
}

/** Stores a small PDF for each paper that says what it stands for. */
export async function writePapers(tx: Transaction, city: City, papers: readonly DemoPaper[]) {
  const fileRows: (typeof files.$inferInsert)[] = [];
  const paperRows: (typeof supervisionPapers.$inferInsert)[] = [];
  const { regionId } = city;
  for (const { id, owner, unitId, round, purpose, name, at, by } of papers) {
    const sample = await storeSampleOf(tx, city, name);
    const fileId = demoId("file", `supervision ${id}`, at);
    fileRows.push({ ...sample, id: fileId, unitId, name: `${name}.pdf`, uploadedBy: by.id, uploadedAt: at });
    paperRows.push({ ...owner, id, regionId, purpose, round, fileId, addedBy: by.id, addedAt: at });
  }
  return { fileRows, paperRows };
}
