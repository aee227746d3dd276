import type { Transaction } from "@db/client";
import { accept, conflict, refuse, type Result } from "~/kernel/result";
import { latestFundingTurn, loadProject, type Project } from "~/modules/projects/index.server";
import type { Ctx } from "~/platform/transaction.server";

/** Which project is reviewed, and the version the form was filled in from. */
export interface ReviewRef {
  readonly projectId: string;
  readonly version: number;
}

/**
 * The first steps of every verb of the funding review: lock, 404, 403, the version that was read, and finance's turn still
 * open. Refuses with notUnderFundingReview, alreadyConcluded.
 * @throws DomainError notFound, forbidden; conflict when the project changed after the page was opened
 */
export async function loadOpenReview(
  tx: Transaction,
  ctx: Ctx,
  { projectId, version }: ReviewRef,
): Promise<Result<Project, "notUnderFundingReview" | "alreadyConcluded">> {
  const project = await loadProject(tx, ctx, projectId, "funding:review");
  if (project.version !== version) throw conflict("project");
  if (project.stage !== "underFundingReview") return refuse({ code: "notUnderFundingReview" });
  const turn = await latestFundingTurn(tx, projectId);
  return turn?.closedAt === null ? accept(project) : refuse({ code: "alreadyConcluded" });
}
