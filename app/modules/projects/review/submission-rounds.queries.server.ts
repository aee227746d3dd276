import { asc, eq, inArray } from "drizzle-orm";

import type { Database } from "@db/client";
import { projectSubmissions, users } from "@db/schema";
import type { Actor } from "~/kernel/actor";
import { digestOf } from "~/platform/audit/digest";

import { filingDifferences } from "../filing-differences";
import { readProject } from "../load-project.server";

/**
 * Every round that was handed in, each with its digest computed anew from what is kept, and what differs between any two of
 * them; without a choice the last two.
 * @throws DomainError notFound
 * @source domain.md §3; product: "answer a return with a list of what changed"
 */
export async function readSubmissionRounds(
  db: Database,
  actor: Actor,
  projectId: string,
  wanted: { readonly from: number | null; readonly to: number | null },
) {
  const project = await readProject(db, actor, projectId);
  const kept = await db
    .select({
      round: projectSubmissions.round,
      receiptNumber: projectSubmissions.receiptNumber,
      digest: projectSubmissions.digest,
      content: projectSubmissions.content,
      submittedBy: projectSubmissions.submittedBy,
      submittedAt: projectSubmissions.submittedAt,
    })
    .from(projectSubmissions)
    .where(eq(projectSubmissions.projectId, projectId))
    .orderBy(asc(projectSubmissions.round));
  const people = await db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(
      inArray(
        users.id,
        kept.map(({ submittedBy }) => submittedBy),
      ),
    );
  const last = kept.at(-1)?.round ?? 0;
  const known = (round: number | null) => kept.find((each) => each.round === round);
  const to = known(wanted.to) ?? kept.at(-1);
  const from = known(wanted.from) ?? known((to?.round ?? last) - 1);
  return {
    project: { id: project.id, name: project.name, code: project.code, stage: project.stage },
    rounds: kept.map(({ content, submittedBy, ...row }) => ({
      ...row,
      submittedByName: people.find(({ id }) => id === submittedBy)?.name ?? "",
      isIntact: digestOf(content) === row.digest,
    })),
    comparison:
      from && to && from !== to
        ? { from: from.round, to: to.round, differences: filingDifferences(from.content, to.content) }
        : null,
  };
}
