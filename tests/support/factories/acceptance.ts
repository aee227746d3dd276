import { eq } from "drizzle-orm";

import { acceptances, domainEvents, type projects } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { fen } from "~/kernel/fen";
import { localDate } from "~/kernel/local-date";
import type { AcceptanceDocument } from "~/kernel/vocabulary";
import { addPaper } from "~/modules/acceptance/add-paper.server";
import { checkArchive } from "~/modules/acceptance/check-archive.server";
import { draftAcceptance } from "~/modules/acceptance/draft-acceptance.server";
import { editAcceptance } from "~/modules/acceptance/edit-acceptance.server";
import { signAcceptance } from "~/modules/acceptance/sign-acceptance.server";
import { submitAcceptance } from "~/modules/acceptance/submit-acceptance.server";
import type { MadeFile } from "~/platform/files.server";
import { newId } from "~/platform/ids.server";

import type { TestCity } from "../factories";
import { at, makeProject, UNDER_WAY } from "./assessment";
import { accepted } from "./projects";

/** One person for each hand that an acceptance passes through. */
export interface AcceptancePeople {
  readonly filer: Actor;
  readonly lead: Actor;
  readonly bureau: Actor;
}

export async function makeAcceptancePeople(city: TestCity): Promise<AcceptancePeople> {
  return { filer: await city.as("filer"), lead: await city.as("unitLead"), bureau: await city.as("bureauReviewer") };
}

const BUILT = {
  approvedFen: fen(100_000_000),
  plannedStartOn: localDate("2026-01-20"),
  startedOn: localDate("2026-01-20"),
  completedOn: localDate("2026-03-10"),
  mlpsLevel: 1,
};

/** A project that is built and waits for its initial acceptance. */
export const makeBuilt = (city: TestCity, more: Partial<typeof projects.$inferInsert> = {}): Promise<string> =>
  makeProject(city, "智慧管网系统", UNDER_WAY, { ...BUILT, ...more });

/** A project that is tried out since a day, long enough by the test's today unless told otherwise. */
export async function makeTriedOut(
  city: TestCity,
  more: Partial<typeof projects.$inferInsert> = {},
  since = "2026-06-01",
): Promise<string> {
  const id = await makeBuilt(city, { stage: "trialRun", ...more });
  await city.db.insert(domainEvents).values({
    id: newId(),
    regionId: city.regionId,
    type: "projectTrialRunStarted",
    subjectType: "project",
    subjectId: id,
    at: at(since),
    actorId: "filer",
    actorName: "填报人",
    actorRole: "filer",
    unitName: "市自然资源局",
    payload: {},
  });
  return id;
}

/** A file that no other is like. */
export const paperFile = (name: string): MadeFile => ({
  name: `${name}.pdf`,
  mediaType: "application/pdf",
  bytes: new TextEncoder().encode(`%PDF-1.4 ${name} ${newId()}`),
});

export const INITIAL_PAPERS = ["constructionSummary", "contractAcceptance"] as const;
export const FINAL_PAPERS = ["constructionSummary", "financialReport", "auditReport", "trialRunReport"] as const;

export async function acceptanceRow(db: TestCity["db"], id: string) {
  const [row] = await db.select().from(acceptances).where(eq(acceptances.id, id));
  if (!row) throw new Error("no such acceptance");
  return row;
}

/** An application with its statement and papers, not submitted. @returns its version is 2 */
export async function makeApplication(
  city: TestCity,
  { filer }: AcceptancePeople,
  projectId: string,
  papers: readonly AcceptanceDocument[],
  today?: string,
) {
  const ctx = city.ctx(filer, today);
  const { id: acceptanceId } = accepted(await draftAcceptance(ctx, projectId));
  accepted(await editAcceptance(ctx, { acceptanceId, version: 1, statement: "建成并投入使用" }));
  for (const kind of papers) accepted(await addPaper(ctx, acceptanceId, { kind, file: paperFile(kind) }));
  return { acceptanceId, version: 2 };
}

/** An application that the bureau has on its desk. */
export async function makeReported(
  city: TestCity,
  people: AcceptancePeople,
  projectId: string,
  papers: readonly AcceptanceDocument[],
  today?: string,
) {
  const { acceptanceId, version } = await makeApplication(city, people, projectId, papers, today);
  accepted(await submitAcceptance(city.ctx(people.filer, today), { acceptanceId, version }));
  accepted(await signAcceptance(city.ctx(people.lead, today), { acceptanceId, version: version + 1 }));
  return { acceptanceId, version: version + 2 };
}

/** A check of the archive that passed. */
export const passArchive = async (city: TestCity, { bureau }: AcceptancePeople, projectId: string, number = 1) =>
  accepted(await checkArchive(city.ctx(bureau), projectId, { result: "passed", remark: "", number }));
