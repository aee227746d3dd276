import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";

import type { DatabaseOrTransaction } from "@db/client";
import { acceptanceExtensions, acceptances, projects } from "@db/schema";
import { localDateOf, type LocalDate } from "~/kernel/local-date";
import { loadFigures } from "~/platform/figures.server";

import { applyLimit, STAGES_TO_ACCEPT } from "./clock.rules";

/** The limit for applying for the final acceptance, and when it was applied for. */
export interface AcceptanceClock {
  readonly limit: LocalDate;
  readonly appliedOn: LocalDate | null;
}

/** The latest day that an extension was granted to, as a correlated question of a project. */
export const extendedUntil = sql<LocalDate | null>`(
  select max(e.until_on) from ${acceptanceExtensions} e
  where e.project_id = ${projects}.id and e.state = 'granted')`;

/** When the unit's leader first reported an application that was not taken back. */
export const appliedAt = sql<Date | null>`(
  select min(a.signed_at) from ${acceptances} a
  where a.project_id = ${projects}.id and a.kind = 'final' and a.state <> 'withdrawn' and a.signed_at is not null)`.mapWith(
  acceptances.signedAt,
);

/**
 * The limits that run on a day, by project: of those that are built and not accepted, or of one of them.
 * @source domain.md §2; rule figure acceptance.applyMonths
 */
export async function acceptanceClocks(
  db: DatabaseOrTransaction,
  today: LocalDate,
  only: { readonly projectId?: string | undefined } = {},
): Promise<Map<string, AcceptanceClock>> {
  const [figures, rows] = await Promise.all([
    loadFigures(db, today),
    db
      .select({ id: projects.id, completedOn: projects.completedOn, extendedUntil, appliedAt })
      .from(projects)
      .where(
        and(
          inArray(projects.stage, [...STAGES_TO_ACCEPT]),
          isNotNull(projects.completedOn),
          only.projectId ? eq(projects.id, only.projectId) : undefined,
        ),
      ),
  ]);
  const months = figures.number("acceptance.applyMonths");
  return new Map(
    rows.flatMap(({ id, completedOn, extendedUntil: until, appliedAt: at }) =>
      completedOn === null
        ? []
        : [[id, { limit: applyLimit(completedOn, months, until), appliedOn: at && localDateOf(at) }] as const],
    ),
  );
}

/** The limit of one project; undefined where none runs. */
export async function acceptanceClock(
  db: DatabaseOrTransaction,
  today: LocalDate,
  projectId: string,
): Promise<AcceptanceClock | undefined> {
  return (await acceptanceClocks(db, today, { projectId })).get(projectId);
}
