import { and, asc, desc, eq, inArray, isNull } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { acceptanceDocuments, archiveChecks, domainEvents, expertPanels, files, resources } from "@db/schema";
import { localDateOf, type LocalDate } from "~/kernel/local-date";
import { ACCEPTANCE_DOCUMENTS, keysOf } from "~/kernel/vocabulary";
import { PROJECT_EVENT_FACTS } from "~/modules/projects";
import type { Project } from "~/modules/projects/index.server";
import type { RuleFigures } from "~/platform/figures.server";

import type { EntryFacts, GateFacts, GateFigures } from "./acceptance.rules";
import type { Acceptance } from "./load-acceptance.server";

export const gateFigures = (figures: RuleFigures): GateFigures => ({
  mlpsReportFromLevel: figures.number("acceptance.mlpsReportFromLevel"),
  cryptoReportFromLevel: figures.number("acceptance.cryptoReportFromLevel"),
  trialRunMonths: figures.number("acceptance.trialRunMonths"),
});

/** What the gate looks at for an application as it stands now; the same for the page, the submission and the decision. */
export async function readGateFacts(
  db: DatabaseOrTransaction,
  project: Pick<Project, "id" | "completedOn" | "mlpsLevel">,
  { id, kind, statement }: Pick<Acceptance, "id" | "kind" | "statement">,
): Promise<GateFacts> {
  const [papers, checks, entries, trialRunSince] = await Promise.all([
    papersOf(db, id),
    archiveChecksOf(db, project.id),
    entriesOf(db, project.id),
    trialRunSinceOf(db, project.id),
  ]);
  return {
    kind,
    statement,
    completedOn: project.completedOn,
    mlpsLevel: project.mlpsLevel,
    trialRunSince,
    papers: papers.map((paper) => paper.kind),
    archive: checks[0]?.result ?? null,
    entries,
  };
}

/** The papers of an application, in the order of their kinds. */
export async function papersOf(db: DatabaseOrTransaction, acceptanceId: string) {
  return papersOfAll(db, [acceptanceId]);
}

/** The papers of several applications, each naming its own. */
export async function papersOfAll(db: DatabaseOrTransaction, acceptanceIds: readonly string[]) {
  if (acceptanceIds.length === 0) return [];
  const rows = await db
    .select({
      id: acceptanceDocuments.id,
      acceptanceId: acceptanceDocuments.acceptanceId,
      kind: acceptanceDocuments.kind,
      name: files.name,
      sha256: files.sha256,
      sizeBytes: files.sizeBytes,
    })
    .from(acceptanceDocuments)
    .innerJoin(files, eq(files.id, acceptanceDocuments.fileId))
    .where(and(inArray(acceptanceDocuments.acceptanceId, [...acceptanceIds]), isNull(acceptanceDocuments.removedAt)))
    .orderBy(asc(acceptanceDocuments.id));
  const order = keysOf(ACCEPTANCE_DOCUMENTS);
  return rows.sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
}

/** Every check of a project's archive, the latest first. */
export async function archiveChecksOf(db: DatabaseOrTransaction, projectId: string) {
  return db
    .select({
      id: archiveChecks.id,
      number: archiveChecks.number,
      result: archiveChecks.result,
      remark: archiveChecks.remark,
      checkedOn: archiveChecks.checkedOn,
      checkedBy: archiveChecks.checkedBy,
    })
    .from(archiveChecks)
    .where(eq(archiveChecks.projectId, projectId))
    .orderBy(desc(archiveChecks.number));
}

/** The entries of the data catalog that a project made. */
export async function entriesOf(db: DatabaseOrTransaction, projectId: string): Promise<EntryFacts[]> {
  return db
    .select({
      id: resources.id,
      name: resources.name,
      state: resources.state,
      sharingType: resources.sharingType,
      connectedOn: resources.interfaceAttachedOn,
      testSharedOn: resources.testSharedOn,
    })
    .from(resources)
    .where(eq(resources.projectId, projectId))
    .orderBy(asc(resources.code), asc(resources.id));
}

/** Since when a project has been tried out. */
export async function trialRunSinceOf(db: DatabaseOrTransaction, projectId: string): Promise<LocalDate | null> {
  const [event] = await db
    .select({ at: domainEvents.at })
    .from(domainEvents)
    .where(
      and(
        eq(domainEvents.subjectType, "project"),
        eq(domainEvents.subjectId, projectId),
        eq(domainEvents.type, PROJECT_EVENT_FACTS.startTrialRun),
      ),
    )
    .orderBy(desc(domainEvents.at))
    .limit(1);
  return event ? localDateOf(event.at) : null;
}

/** Are experts still judging this project's acceptance? */
export async function isPanelOpen(db: DatabaseOrTransaction, projectId: string): Promise<boolean> {
  return (
    (await db.$count(expertPanels, and(eq(expertPanels.projectId, projectId), eq(expertPanels.state, "open")))) > 0
  );
}
